/** The formulas of training/rofi/sealed/vectors.py. */
import { crc32 } from '../../crc32';
import { CROP_SIZE } from '../geometry/alignment';
import { codeOf, type Code } from './carriers';
import { CODE_CELLS } from './cells';
import { CODE_BITS } from './layout';
import { shuffled } from './permutation';
import { LAYERS, frameBytes } from './seal';
import { encode } from './turbo';

/** CRC-32 of values as little-endian unsigned 32-bit numbers. */
export function digest(values: ArrayLike<number>): number {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  for (let i = 0; i < values.length; i++) view.setUint32(4 * i, values[i]!, true);
  return crc32(new Uint8Array(view.buffer));
}

/** Bits that look random. */
export function bits(count: number, seed: number): Uint8Array {
  return Uint8Array.from(shuffled(count, seed), (value) => value % 2);
}

/** A crop of whole levels. */
export function formulaCrop(): Float32Array<ArrayBuffer> {
  const area = CROP_SIZE * CROP_SIZE;
  return Float32Array.from({ length: 3 * area }, (_, i) => {
    const [channel, y, x] = [Math.floor(i / area), Math.floor(i / CROP_SIZE) % CROP_SIZE, i % CROP_SIZE];
    return (70 + 25 * channel + Math.abs(((2 * x + y) % 128) - 64)) / 127.5 - 1;
  });
}

/** Frames of any bytes, and their code. */
export function formulaCode(nonce: Uint8Array): Code {
  const header = { shares: [36, 34], nonce } as const;
  const frames = LAYERS.map((layer) =>
    Uint8Array.from(shuffled(frameBytes(header, layer), 20 + layer), (value) => value % 256),
  );
  return codeOf(header, frames, new Uint8Array(CODE_BITS));
}

/** Eight of nine cells. */
export const WRITABLE = Uint8Array.from(CODE_CELLS, (_, i) => (i % 9 === 4 ? 0 : 1));

/** What an 8-bit photo keeps of a crop. */
export function rounded(image: Float32Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(image, (value) => {
    const level = Math.min(Math.max(Math.round((value + 1) * 127.5), 0), 255);
    return level / 127.5 - 1;
  });
}

/** Likelihoods of a code word, in quarters, the sign of one in `wrong` turned. */
export function received(information: number, length: number, wrong: number): Float32Array<ArrayBuffer> {
  const [strength, turned] = [shuffled(length, 31), shuffled(length, 32)];
  const word = encode(bits(information, 30), length);
  return Float32Array.from(word, (bit, i) => {
    const sign = turned[i]! % wrong === 0 ? -1 : 1;
    return (1 + (strength[i]! % 4) / 4) * sign * (1 - 2 * bit);
  });
}
