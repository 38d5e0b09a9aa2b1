import { describe, expect, it } from 'vitest';
import { wipe } from '../bytes';
import { createKey, expand, keyId, keyVector } from './key';
import { describeKey, writeKey, writeKeyWithPassphrase } from './key-file';
import { keyText } from './qr';
import { failure, flip } from './testing';

describe('key', () => {
  it('is never the same twice', () => {
    expect(createKey()).toHaveLength(32);
    expect(createKey()).not.toEqual(createKey());
  });

  it('expands to values that look drawn from N(0, I)', async () => {
    const values = (await Promise.all(Array.from({ length: 40 }, () => keyVector(createKey())))).flatMap(
      (v) => [...v],
    );
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    const beyondTwo = values.filter((value) => Math.abs(value) > 2).length / values.length;
    // Five standard errors of 20,480 values.
    expect(Math.abs(mean)).toBeLessThan(0.035);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
    expect(Math.abs(beyondTwo - 0.0455)).toBeLessThan(0.0073);
  });

  it('has nothing in common with its neighbours', async () => {
    const key = createKey();
    const neighbour = flip(key, 17, 4);
    expect(await keyId(neighbour)).not.toBe(await keyId(key));
    const [a, b] = [await keyVector(key), await keyVector(neighbour)];
    const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
    // Five standard deviations of the cosine of independent vectors.
    expect(Math.abs(dot(a, b)) / Math.sqrt(dot(a, a) * dot(b, b))).toBeLessThan(5 / Math.sqrt(512));
  });

  it('has 32 bytes', async () => {
    expect(await failure(() => keyId(new Uint8Array(31)))).toBe('not-a-key');
    expect(await failure(() => keyVector(new Uint8Array(33)))).toBe('not-a-key');
  });

  it('is not what is left of one that was wiped', async () => {
    const wiped = createKey();
    wipe(wiped);
    for (const use of [
      () => keyId(wiped),
      () => keyVector(wiped),
      () => expand(wiped, new Uint8Array(32), 'rofi/seal/v1', 32),
      () => describeKey(wiped, '', new Date()),
      () => writeKey({ id: '0'.repeat(16), created: '', label: '', key: wiped }),
      () => writeKeyWithPassphrase({ id: '0'.repeat(16), created: '', label: '', key: wiped }, 'x', 2),
      () => keyText(wiped),
    ]) {
      expect(await failure(use)).toBe('not-a-key');
    }
  });

  it('can be wiped', () => {
    const key = createKey();
    wipe(key);
    expect(key).toEqual(new Uint8Array(32));
  });
});
