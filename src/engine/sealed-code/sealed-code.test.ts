import { describe, expect, it } from 'vitest';
import { createKey } from '../../record/key';
import { CROP_SIZE, shiftBetween } from '../geometry/alignment';
import { compose, invert, transformPoint } from '../geometry/similarity';
import type { Similarity } from '../types';
import { codeOf, writeCode } from './carriers';
import { COEFFICIENTS } from '../geometry/cosine-transform';
import { CODE_CELLS, coefficients, lumaOf, picture } from './cells';
import { likeliest } from './displacements';
import { CHROMA, CHROMA_LEVELS, CODE_BITS, LUMA, LUMA_LEVELS, type Band } from './layout';
import { shuffled } from './permutation';
import { readCode } from './reading';
import { register, startsRound } from './registration';
import {
  LAYERS,
  isIntact,
  newHeader,
  packHeader,
  room,
  sealFrame,
  unpackHeader,
  unsealFrame,
  type CodeHeader,
} from './seal';
import { WRITABLE, bits, formulaCode, formulaCrop, received, rounded } from './testing';
import { decode } from './turbo';

const EVERYWHERE = new Uint8Array(CODE_CELLS.length).fill(1);

async function sealAll(key: Uint8Array, header: CodeHeader, byte: (i: number) => number) {
  const seal = (layer: (typeof LAYERS)[number]) =>
    sealFrame(
      key,
      header,
      layer,
      Uint8Array.from({ length: room(header, layer) }, (_, i) => byte(i)),
    );
  const frames = await Promise.all(LAYERS.map(seal));
  return { header, frames, code: codeOf(header, frames, new Uint8Array(CODE_BITS)) };
}

describe('the code in a crop', () => {
  it.each([
    ['everywhere', EVERYWHERE, [60, 44]],
    ['where it may be', WRITABLE, [50, 36]],
  ] as const)('comes back from 8-bit pixels, written %s', async (_, writable, shares) => {
    const key = createKey();
    const { header, frames, code } = await sealAll(key, newHeader(shares), (i) => i % 251);
    const reading = readCode(rounded(writeCode(formulaCrop(), code, writable)));
    expect(reading.header).toEqual(header);
    for (const layer of LAYERS) {
      const frame = reading.frame(layer);
      expect(isIntact(frame)).toBe(true);
      expect(frame).toEqual(frames[layer]);
      expect(await unsealFrame(key, header, layer, frame)).toHaveLength(room(header, layer));
      expect(await unsealFrame(createKey(), header, layer, frame)).toBeNull();
    }
  });

  it('has its header read where half of the cells hold hair', () => {
    const writable = Uint8Array.from(shuffled(CODE_CELLS.length, 40), (value) => value % 2);
    const hair = bits(3 * CROP_SIZE ** 2, 41);
    const plain = formulaCrop().map((value, i) => value + 0.2 * (hair[i]! - 0.5));
    const header = newHeader([20, 10]);
    const code = codeOf(header, [new Uint8Array(0), new Uint8Array(0)], bits(CODE_BITS, 42));
    expect(readCode(rounded(writeCode(plain, code, writable))).header).toEqual(header);
  });

  it('is not in a crop without any', () => {
    const reading = readCode(formulaCrop());
    expect(reading.header).toBeNull();
    expect(() => reading.frame(0)).toThrow('no header');
  });

  it('leaves the pixels of other cells as they were', () => {
    const plain = formulaCrop();
    const coded = writeCode(plain, formulaCode(new Uint8Array(12)), WRITABLE);
    const changed = new Set(CODE_CELLS.filter((_, i) => WRITABLE[i]));
    coded.forEach((value, i) => {
      const [y, x] = [(i >> 8) & 255, i & 255];
      if (!changed.has((y >> 3) * 32 + (x >> 3)) && Math.abs(value - plain[i]!) > 1e-5) {
        expect.fail(`pixel ${x}, ${y} changed by ${value - plain[i]!}`);
      }
    });
  });

  it('is a transform that loses nothing', () => {
    const plain = formulaCrop();
    const back = picture(coefficients(plain));
    const worst = plain.reduce((most, value, i) => Math.max(most, Math.abs(back[i]! - value)), 0);
    expect(worst).toBeLessThan(1e-5);
  });
});

describe('the turbo code', () => {
  it('corrects what was received wrongly or hardly at all', () => {
    const [count, length] = [5920, 14145];
    // One in twenty received with the wrong sign, and one in five with next to none.
    const told = received(count, length, 20).map((value, i) => (i % 5 ? value : value / 100));
    expect(decode(told, count)).toEqual(bits(count, 30));
  });
});

describe('a frame', () => {
  it('opens with its own key, layer and header only', async () => {
    const [key, header] = [createKey(), newHeader([3, 3])];
    const frame = await sealFrame(key, header, 1, Uint8Array.of(1, 2, 3));
    expect(await unsealFrame(key, header, 1, frame)).toEqual(Uint8Array.of(1, 2, 3));
    expect(await unsealFrame(key, header, 0, frame)).toBeNull();
    expect(await unsealFrame(key, newHeader([3, 3]), 1, frame)).toBeNull();
    expect(await unsealFrame(key, { ...header, shares: [4, 3] }, 1, frame)).toBeNull();
    const damaged = frame.map((byte, i) => (i === 9 ? byte ^ 1 : byte));
    expect([isIntact(frame), isIntact(damaged)]).toEqual([true, false]);
    expect(await unsealFrame(key, header, 1, damaged)).toBeNull();
    expect(await unsealFrame(key, header, 1, new Uint8Array(0))).toBeNull();
  });

  it('refuses a picture that does not fit', async () => {
    const header = newHeader([8, 2]);
    const tooLarge = new Uint8Array(room(header, 0) + 1);
    await expect(sealFrame(createKey(), header, 0, tooLarge)).rejects.toMatchObject({ code: 'internal' });
  });

  it('has a header that no other bytes are taken for', () => {
    const packed = packHeader(newHeader([8, 8]));
    for (let bit = 0; bit < 8 * packed.length; bit++) {
      expect(
        unpackHeader(packed.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))),
      ).toBeNull();
    }
    expect(unpackHeader(packed.subarray(1))).toBeNull();
    expect(unpackHeader(packHeader({ shares: [0, 3], nonce: new Uint8Array(12) }))).toBeNull();
  });
});

describe('registration', () => {
  const photo = rounded(writeCode(formulaCrop(), formulaCode(new Uint8Array(12)), WRITABLE));
  const cut = (transform: Similarity) => sample(photo, invert(transform));
  const nowhere: Similarity = { a: 1, b: 0, tx: 0, ty: 0 };

  it.each([
    [2.3, -1.7, 0.8, 1.01],
    [-3.1, 2.2, -0.5, 0.99],
    [0, 0, 0, 1],
    [8.2, -6.4, 2.5, 1.045, 12],
  ])(
    'finds a shift of %d, %d, a turn of %d° and a growth of %d',
    (right, down, degrees, growth, reach = 6) => {
      const start = aboutMiddle(right, down, (degrees * Math.PI) / 180, growth);
      const transform = register(cut, reach > 6 ? startsRound(start) : [start], reach);
      expect(shiftBetween(nowhere, transform)).toBeLessThan(0.12);
    },
  );

  it('is sure where there is code, be it in few of the cells, and unsure where there is none', () => {
    const few = CODE_CELLS.map((_, i) => Number(i % 5 === 0));
    const sparse = rounded(writeCode(formulaCrop(), formulaCode(new Uint8Array(12)), Uint8Array.from(few)));
    const sureness = (crop: Float32Array) => likeliest(lumaOf(crop), 6).sureness;
    expect(sureness(photo)).toBeGreaterThan(20);
    expect(sureness(sparse)).toBeGreaterThan(8);
    expect(sureness(formulaCrop())).toBeLessThan(6);
    expect(register(() => new Float32Array(photo.length), [nowhere], 6)).toEqual(nowhere);
  });
});

describe('the written coefficients', () => {
  const [plain, rounds] = [formulaCrop(), 8];
  const bands = [
    { plane: 0, band: LUMA, levels: LUMA_LEVELS },
    { plane: 1, band: CHROMA, levels: CHROMA_LEVELS },
    { plane: 2, band: CHROMA, levels: CHROMA_LEVELS },
  ] as const;

  it.each([
    ['zeros', () => 0],
    ['stripes', (i: number) => (i * 37) & 255],
  ])('are evenly spread and tell nothing of the picture (%s)', async (_, byte) => {
    const key = createKey();
    const before = bands.map(({ plane, band }) => bandOf(coefficients(plain)[plane], band));
    const counts = bands.map(() => [0, 0, 0, 0]);
    const means = before.map(({ length }) => new Float64Array(length));
    for (let round = 0; round < rounds; round++) {
      const { code } = await sealAll(key, newHeader([32, 32]), byte);
      const after = coefficients(writeCode(plain, code, EVERYWHERE));
      bands.forEach(({ plane, band, levels: [inner, outer] }, k) => {
        const power = (inner ** 2 + outer ** 2) / 2;
        bandOf(after[plane], band).forEach((value, i) => {
          const far = Math.abs(value) > (inner + outer) / 2;
          counts[k]![2 * Number(value > 0) + Number(far)]! += 1;
          means[k]![i]! += value / Math.sqrt(power * rounds);
        });
      });
    }
    means.forEach((mean, k) => {
      const expected = (mean.length * rounds) / 4;
      const chiSquare = counts[k]!.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
      // Three degrees of freedom: more than this once in a million.
      expect(chiSquare).toBeLessThan(30.7);
      // Each mean has a variance of 1, and nothing to do with what was there before.
      const variance = mean.reduce((sum, value) => sum + value ** 2, 0) / mean.length;
      expect(Math.abs(variance - 1) * Math.sqrt(mean.length / 2)).toBeLessThan(6);
      expect(Math.abs(correlation(mean, before[k]!)) * Math.sqrt(mean.length)).toBeLessThan(5.5);
    });
  });
});

function bandOf(plane: Float32Array, band: Band): Float64Array {
  const starts = [...CODE_CELLS].map((cell) => cell * COEFFICIENTS + band.start);
  return Float64Array.from(starts.flatMap((start) => [...plane.subarray(start, start + band.count)]));
}

function correlation(one: Float64Array, other: Float64Array): number {
  const product = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  return product(one, other) / (Math.sqrt(product(one, one) * product(other, other)) + 1e-9);
}

function aboutMiddle(right: number, down: number, turn: number, growth: number): Similarity {
  const middle = CROP_SIZE / 2;
  const toMiddle: Similarity = { a: 1, b: 0, tx: -middle, ty: -middle };
  const moved = { a: growth * Math.cos(turn), b: growth * Math.sin(turn), tx: right, ty: down };
  return compose(invert(toMiddle), compose(moved, toMiddle));
}

/** Bilinear: the crop's pixels from a photo as large, at the places `back` takes them to. */
function sample(photo: Float32Array, back: Similarity): Float32Array {
  const area = CROP_SIZE * CROP_SIZE;
  const last = CROP_SIZE - 1;
  return Float32Array.from({ length: 3 * area }, (_, i) => {
    const at = i % area;
    const { x, y } = transformPoint(back, { x: (at & 255) + 0.5, y: (at >> 8) + 0.5 });
    const [left, top] = [Math.floor(x - 0.5), Math.floor(y - 0.5)];
    const [right, down] = [x - 0.5 - left, y - 0.5 - top];
    const pixel = (dx: number, dy: number) => {
      const [column, row] = [Math.min(Math.max(left + dx, 0), last), Math.min(Math.max(top + dy, 0), last)];
      return photo[i - at + row * CROP_SIZE + column]!;
    };
    const above = pixel(0, 0) * (1 - right) + pixel(1, 0) * right;
    const below = pixel(0, 1) * (1 - right) + pixel(1, 1) * right;
    return above * (1 - down) + below * down;
  });
}
