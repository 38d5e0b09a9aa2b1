import { describe, expect, it } from 'vitest';
import { createIdentity, recipientOf } from '../record/identity';
import { readKey } from '../record/key-file';
import { writeKeyFile } from './key-writer';
import { newKey } from './testing';

describe('writeKeyFile', () => {
  it('writes the key as it was given, though its owner overwrites it meanwhile', async () => {
    const key = await newKey();
    const { id } = key;
    const identity = await createIdentity();
    const [plain, locked] = [
      writeKeyFile(key, { kind: 'none' }),
      writeKeyFile(key, { kind: 'clinic', recipients: [await recipientOf(identity)] }),
    ];
    key.key.fill(0);
    expect(await readKey(await plain)).toMatchObject({ id });
    expect(await readKey(await locked, { identities: [identity] })).toMatchObject({ id });
  });

  it('writes no key that was overwritten before', async () => {
    const key = await newKey();
    key.key.fill(0);
    await expect(writeKeyFile(key, { kind: 'none' })).rejects.toMatchObject({ code: 'not-a-key' });
  });
});
