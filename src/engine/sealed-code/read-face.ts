import type { Pixels, Similarity } from '../types';
import { readCode, type CodeReading } from './reading';
import { Region } from './region';
import { register } from './registration';
import { isIntact, LAYERS, unsealFrame, type Layer } from './seal';
import { decodeSmall } from './small-picture';

/** A protected face as it lies in a photo, and the code in it. */
export interface ReadFace {
  readonly transform: Similarity;
  /** [3, 256, 256] planar RGB in [-1, 1]. */
  readonly image: Float32Array<ArrayBuffer>;
  readonly reading: CodeReading;
}

/** Reads the code of a face that lies near an alignment, which its public pattern gives exactly. No key is needed. */
export function readFace(pixels: Pixels, near: Similarity): ReadFace {
  const region = new Region(pixels, near);
  const { transform } = register((at) => region.cut(at), near);
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

/** Opens the best layer that came through; `nothing` where none did, or the face holds no code. */
export async function unsealFace({ reading }: ReadFace, key: Uint8Array): Promise<Unsealed> {
  const { header } = reading;
  if (header === null) return { kind: 'nothing' };
  let best: Uint8Array | null = null;
  let through = false;
  for (const layer of LAYERS) {
    const frame = intactFrame(reading, layer);
    // A layer that did not come through has none behind it: each is fainter than the one before.
    if (frame === null) break;
    through = true;
    const opened = await unsealFrame(key, header, layer, frame);
    if (opened === null) return { kind: 'other-key' };
    if (opened.length > 0) best = opened;
  }
  if (best === null) return { kind: through ? 'other-key' : 'nothing' };
  return { kind: 'picture', image: await decodeSmall(best), bytes: best.length };
}

function intactFrame(reading: CodeReading, layer: Layer): Uint8Array | null {
  const frame = reading.frame(layer);
  return isIntact(frame) ? frame : null;
}
