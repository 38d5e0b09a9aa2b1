import { afterEach, describe, expect, it } from 'vitest';
import { createKey, keyId } from '../record/key';
import type { PrivacyKey } from '../record/types';
import { useVisitKey } from './visit-key';

async function newKey(): Promise<PrivacyKey> {
  const key = createKey();
  return { key, id: await keyId(key), label: '', created: new Date(0).toISOString() };
}

const isCleared = ({ key }: PrivacyKey): boolean => key.every((byte) => byte === 0);

afterEach(() => useVisitKey.getState().forget());

describe('useVisitKey', () => {
  it('overwrites the key when it is forgotten', async () => {
    const key = await newKey();
    useVisitKey.getState().adopt(key, true);
    expect(isCleared(key)).toBe(false);
    useVisitKey.getState().forget();
    expect(isCleared(key)).toBe(true);
    expect(useVisitKey.getState()).toMatchObject({ key: null, saved: false });
  });

  it('overwrites a key when another one takes its place, and keeps the same one for the next photo', async () => {
    const [first, second] = [await newKey(), await newKey()];
    useVisitKey.getState().adopt(first, true);
    useVisitKey.getState().adopt({ ...first }, true);
    expect(isCleared(first)).toBe(false);
    useVisitKey.getState().adopt(second, false);
    expect(isCleared(first)).toBe(true);
    expect(isCleared(second)).toBe(false);
  });
});
