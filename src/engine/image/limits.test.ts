import { beforeAll, describe, expect, it } from 'vitest';
import { readSize } from '../../formats/readers';
import { readCodec } from '../testing/codecs';
import { drawPixels, samplePhoto } from '../testing/photos';
import { encodeJpeg, encodePng, useCodecs } from './codecs';
import { decodePhoto } from './decode';
import { MAX_PROTECTED_MEGABYTES, refuseTooLarge } from './limits';

beforeAll(() => {
  useCodecs(readCodec);
});

/** A JPEG whose first segments a lax walk reads as a frame of 16×16. */
function disguised(jpeg: Uint8Array): Uint8Array {
  const frame = [0x00, 0xc0, 0, 11, 8, 0, 16, 0, 16, 1, 0, 0, 0];
  return Uint8Array.from([...jpeg.subarray(0, 2), ...frame, ...jpeg.subarray(2)]);
}

describe('the size of a picture', () => {
  it('is read only from where the decoder finds it', async () => {
    const { bytes } = await samplePhoto(1);
    expect(readSize(bytes, 'jpeg')).toMatchObject({ width: 1920, height: 1280 });
    expect(readSize(disguised(bytes), 'jpeg')).toMatchObject({ width: 1920, height: 1280 });
  });

  it('is judged again once the pixels are there', async () => {
    const bytes = await encodeJpeg(drawPixels(64, 64, () => [90, 90, 90]));
    // 65,500 pixels a side to the header's first reader, and what there is to the decoder.
    const frame = bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0xc0);
    const claimed = bytes.slice();
    claimed.set([0xff, 0xdc, 0xff, 0xdc], frame + 5);
    await expect(decodePhoto({ name: 'x.jpg', bytes: claimed })).rejects.toMatchObject({ code: 'too-large' });
  });
});

describe('the size of a file', () => {
  it('may be larger for a protected photo, which holds its original', async () => {
    const png = await encodePng(drawPixels(8, 8, () => [1, 2, 3]));
    const large = new Uint8Array(65 * 2 ** 20);
    large.set(png);
    await expect(decodePhoto({ name: 'x.png', bytes: large })).rejects.toMatchObject({
      code: 'too-large',
      values: { maxMegabytes: 64, megabytes: 65 },
    });
    expect(() => refuseTooLarge(large, 'png', MAX_PROTECTED_MEGABYTES)).not.toThrow();
    const source = { name: 'x.png', bytes: large.slice(0, 2 ** 20) };
    await expect(decodePhoto(source, 0.9)).rejects.toMatchObject({ code: 'too-large' });
    await expect(decodePhoto(source, 1)).resolves.toMatchObject({ pixels: { width: 8, height: 8 } });
  });
});
