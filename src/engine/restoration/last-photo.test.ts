import { expect, it, vi } from 'vitest';
import { drawPixels } from '../testing/photos';
import type { Photo, SourceFile } from '../types';
import { LastPhoto } from './last-photo';

const file = (value: number): SourceFile => ({ name: 'photo.png', bytes: new Uint8Array(9).fill(value) });
const photo = { pixels: drawPixels(1, 1, () => [0, 0, 0]) } as unknown as Photo;

it('decodes a file once as long as no other comes between', async () => {
  const decode = vi.fn(() => Promise.resolve(photo));
  const last = new LastPhoto(decode);
  expect(await last.decode(file(1))).toBe(photo);
  await last.decode(file(1));
  expect(decode).toHaveBeenCalledTimes(1);
  await last.decode(file(2));
  await last.decode(file(1));
  expect(decode).toHaveBeenCalledTimes(3);
  last.forget();
  await last.decode(file(1));
  expect(decode).toHaveBeenCalledTimes(4);
});

it('tries again what could not be decoded', async () => {
  const decode = vi
    .fn<() => Promise<Photo>>()
    .mockRejectedValueOnce(new TypeError('no'))
    .mockResolvedValue(photo);
  const last = new LastPhoto(decode);
  await expect(last.decode(file(1))).rejects.toThrow('no');
  expect(await last.decode(file(1))).toBe(photo);
});
