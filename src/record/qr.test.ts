import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIdentity, parseRecipient, recipientOf } from './identity';
import { createKey } from './key';
import { keyText, parseKeyText, qrModules, readQr } from './qr';
import { failure, keys } from './testing';
import type { DecodedPixels } from './types';

describe('key as text', () => {
  it('gives the key back, typed in any case with spaces', async () => {
    await fc.assert(
      fc.asyncProperty(keys, async (key) => {
        const text = await keyText(key);
        expect(await parseKeyText(text)).toEqual(key);
        expect(await parseKeyText(` ${text.toLowerCase().replaceAll(/.{8}/g, '$& ')}\n`)).toEqual(key);
      }),
    );
  });

  it('notices any changed or missing character', async () => {
    const text = await keyText(createKey());
    for (let i = 0; i < text.length; i += 1) {
      const other = text[i] === '2' ? '3' : '2';
      const changed = text.slice(0, i) + other + text.slice(i + 1);
      const expected = i < 7 || i === 8 ? 'not-a-key' : i === 7 ? 'unsupported-version' : 'damaged-key';
      expect(await failure(() => parseKeyText(changed))).toBe(expected);
      expect(await failure(() => parseKeyText(text.slice(0, i)))).toBe(i < 9 ? 'not-a-key' : 'damaged-key');
    }
  });
});

describe('QR code', () => {
  it('reads a drawn key and a drawn recipient', async () => {
    const key = createKey();
    const recipient = await recipientOf(await createIdentity());
    expect(await parseKeyText(readQr(draw(await keyText(key)))!)).toEqual(key);
    expect(await parseRecipient(readQr(draw(recipient))!)).toBe(recipient);
  });

  it('reads nothing where there is none', () => {
    const data = new Uint8ClampedArray(100 * 100 * 4).fill(255);
    expect(readQr({ width: 100, height: 100, data })).toBeNull();
  });
});

/** Black on white, six pixels a module. */
function draw(text: string): DecodedPixels {
  const modules = qrModules(text);
  const size = modules.length * 6;
  const data = new Uint8ClampedArray(size * size * 4).fill(255);
  for (let pixel = 0; pixel < size * size; pixel += 1) {
    const dark = modules[Math.floor(pixel / size / 6)]![Math.floor((pixel % size) / 6)];
    if (dark) data.fill(0, pixel * 4, pixel * 4 + 3);
  }
  return { width: size, height: size, data };
}
