import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../bytes';
import { writeCode } from './carriers';
import { CODE_CELLS, coefficients, lumaOf } from './cells';
import { displacements, likeliest } from './displacements';
import { LAYOUT, SYNC_SIGNS } from './layout';
import { readLikelihoods } from './likelihoods';
import { shuffled } from './permutation';
import { refine } from './refinement';
import { LAYERS, packHeader, sealFrame, unpackHeader, unsealFrame, type Layer } from './seal';
import { information } from './shares';
import { WRITABLE, bits, digest, formulaCode, formulaCrop, received, rounded } from './testing';
import { decode, encode } from './turbo';
import vectors from './vectors.json';

const hex = (digits: string) => fromHex(digits)!;
const nonce = hex(vectors.header.nonce);
const coded = writeCode(formulaCrop(), formulaCode(nonce), WRITABLE);

const pair = ([base, fine]: number[]): [number, number] => [base!, fine!];

/** The greatest difference at the sampled places. */
function farthest(values: ArrayLike<number>, samples: number[][]): number {
  return Math.max(...samples.map(([place, value]) => Math.abs(values[place!]! - value!)));
}

describe('bit by bit as in training/', () => {
  it.each(vectors.permutations)('permutation of $length', ({ length, seed, head, digest: whole }) => {
    const order = shuffled(length, seed);
    expect([...order.subarray(0, head.length)]).toEqual(head);
    expect(digest(order)).toBe(whole);
  });

  it.each(vectors.turbo.encoded)('turbo code of $bits bits', ({ bits: count, length, digest: whole }) => {
    expect(digest(encode(bits(count, 30), length))).toBe(whole);
  });

  it.each(vectors.turbo.decoded)('turbo decoder, 1 in $wrong wrong', ({ bits: count, ...vector }) => {
    const got = decode(received(count, vector.length, vector.wrong), count);
    const sent = bits(count, 30);
    expect(got.filter((bit, i) => bit !== sent[i])).toHaveLength(vector.errors);
    expect(digest(got)).toBe(vector.digest);
  });

  it('code cells and places', () => {
    expect(CODE_CELLS).toHaveLength(vectors.cells.count);
    expect(digest(CODE_CELLS)).toBe(vectors.cells.digest);
    expect(LAYOUT.map(({ length }) => length)).toEqual(vectors.layout.lengths);
    expect(LAYOUT.map(digest)).toEqual(vectors.layout.digests);
    expect(digest(SYNC_SIGNS.map((sign) => Number(sign > 0)))).toBe(vectors.layout.sync);
  });

  it('header', () => {
    const { packed } = vectors.header;
    const shares = pair(vectors.header.shares);
    expect(toHex(packHeader({ shares, nonce }))).toBe(packed);
    expect(unpackHeader(hex(packed))).toEqual({ shares, nonce });
  });

  it('frame', async () => {
    const { frame, ...vector } = vectors.frame;
    const header = { shares: pair(vector.shares), nonce: hex(vector.nonce) };
    const [key, layer] = [hex(vector.key), vector.layer as Layer];
    expect(toHex(await sealFrame(key, header, layer, hex(vector.picture)))).toBe(frame);
    expect(toHex((await unsealFrame(key, header, layer, hex(frame)))!)).toBe(vector.picture);
  });
});

describe('near enough to training/', () => {
  it('coefficients', () => {
    coefficients(coded).forEach((plane, i) =>
      expect(farthest(plane, vectors.coefficients[i]!)).toBeLessThan(1e-3),
    );
  });

  it('written pixels', () => {
    const levels = coded.map((value) => (value + 1) * 127.5);
    expect(farthest(levels, vectors.written)).toBeLessThan(1e-3);
  });

  it('likelihoods of what was read', () => {
    const likelihoods = readLikelihoods(rounded(coded)).bits;
    LAYOUT.forEach((places, layer) => {
      const told = Array.from(places, (i) => likelihoods[i]!);
      expect(farthest(told, vectors.likelihoods[layer]!)).toBeLessThan(0.02);
    });
  });

  it('information in what was read', () => {
    const { bits: written } = formulaCode(nonce);
    const { bits: read } = readLikelihoods(rounded(coded));
    const told = LAYERS.reduce<number>((sum, layer) => sum + information(layer, written, read), 0);
    expect(told / vectors.information).toBeCloseTo(1, 3);
  });

  it('refinement', () => {
    const luma = lumaOf(rounded(coded));
    // A quarter of it a pixel to the right.
    const shaken = luma.map((value, i) => 0.75 * value + 0.25 * luma[(i & ~255) + ((i + 255) & 255)]!);
    const { a, b, tx, ty } = refine(shaken);
    const [[c, , right], [d, , down]] = vectors.refined as [number[], number[]];
    expect([a, b]).toEqual([expect.closeTo(c!, 4), expect.closeTo(d!, 4)]);
    // About the crop's middle here, about its corner there.
    const middle = 128 * (1 - c!);
    expect(tx).toBeCloseTo(right! - middle - 128 * d!, 2);
    expect(ty).toBeCloseTo(down! - middle + 128 * d!, 2);
  });

  it('displacements', () => {
    const { reach, found, together } = vectors.displacements;
    const luma = lumaOf(rounded(coded));
    // One down, two left, round the edge.
    const moved = luma.map((_, i) => luma[(((i >> 8) + 255) % 256) * 256 + ((i + 2) % 256)]!);
    const windows = displacements(moved, reach);
    expect(windows).toHaveLength(found.length);
    windows.forEach(({ x, y, right, down, sureness }, i) => {
      const [px, py, ...rest] = found[i]!;
      expect([x, y]).toEqual([px, py]);
      [right, down, sureness].forEach((value, k) => expect(Math.abs(value - rest[k]!)).toBeLessThan(5e-3));
    });
    const whole = likeliest(moved, reach);
    const [[a, , tx], [b, , ty]] = together.similarity as [number[], number[]];
    expect(whole.moved).toEqual({ a, b, tx, ty });
    expect(whole.sureness).toBeCloseTo(together.sureness, 1);
  });
});
