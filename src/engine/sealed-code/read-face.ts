import type { Pixels, Similarity } from '../types';
import { readCode, type CodeReading } from './reading';
import { Region } from './region';
import { register, startsRound } from './registration';
import { BASE, FINE, isIntact, unsealFrame, type Layer } from './seal';
import { decodeSmall } from './small-picture';

/** A protected face as it lies in a photo, and the code in it. */
export interface ReadFace {
  readonly transform: Similarity;
  /** [3, 256, 256] planar RGB in [-1, 1]. */
  readonly image: Float32Array<ArrayBuffer>;
  readonly reading: CodeReading;
}

/** How many crop pixels off an alignment is mostly, and at the worst. */
const NEAR = 6;
const FAR = 12;

/** Reads the code of a face that lies near an alignment, which its public pattern gives exactly. No key is needed. */
export function readFace(pixels: Pixels, near: Similarity): ReadFace {
  const region = new Region(pixels, near, 'near');
  const read = readWithin(region, [near], NEAR);
  return read.reading.header ? read : readWithin(region, startsRound(near), FAR);
}

/** Reads the code of a face whose alignment is known exactly, as a record tells it. */
export function readFaceAt(pixels: Pixels, transform: Similarity): ReadFace {
  const image = new Region(pixels, transform, 'exact').cut(transform);
  return { transform, image, reading: readCode(image) };
}

function readWithin(region: Region, starts: readonly Similarity[], reach: number): ReadFace {
  const transform = register((at) => region.cut(at), starts, reach);
  const image = region.cut(transform);
  return { transform, image, reading: readCode(image) };
}

/** The small picture, enlarged to [3, 256, 256] planar RGB in [-1, 1], and the bytes it had. */
export interface UnsealedPicture {
  readonly kind: 'picture';
  readonly image: Float32Array<ArrayBuffer>;
  readonly bytes: number;
}

/** What a key finds in a face. */
export type Unsealed = UnsealedPicture | { readonly kind: 'nothing' | 'other-key' };

/**
 * Opens the best layer that came through; `nothing` where none did, or the face holds no code. The base layer is the
 * sturdiest: where it did not come through, no other is tried.
 */
export async function unsealFace({ reading }: ReadFace, key: Uint8Array): Promise<Unsealed> {
  const base = await openLayer(reading, BASE, key);
  if (base === 'broken') return { kind: 'nothing' };
  if (base === null) return { kind: 'other-key' };
  const better = await openLayer(reading, FINE, key);
  if (better instanceof Uint8Array && better.length > 0) return pictureOf(better);
  return base.length > 0 ? pictureOf(base) : { kind: 'nothing' };
}

/** A layer's picture; null for another key, `broken` where the layer did not come through. */
async function openLayer(
  { header, frame }: CodeReading,
  layer: Layer,
  key: Uint8Array,
): Promise<Uint8Array | null | 'broken'> {
  if (header === null) return 'broken';
  const read = frame(layer);
  return isIntact(read) ? unsealFrame(key, header, layer, read) : 'broken';
}

async function pictureOf(small: Uint8Array): Promise<UnsealedPicture> {
  return { kind: 'picture', image: await decodeSmall(small), bytes: small.length };
}
