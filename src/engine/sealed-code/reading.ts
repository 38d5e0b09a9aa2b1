/** How the sealed code is read from a crop's cells. Mirrored by training/rofi/sealed/carriers.py. */
import { RofiError } from '../../errors';
import { bytesOf } from './bits';
import { LAYOUT } from './layout';
import { readLikelihoods } from './likelihoods';
import { frameBytes, type CodeHeader, type Layer } from './seal';
import { decode } from './turbo';

/** What was read of a crop. */
export interface CodeReading {
  /** Null where there is none. */
  readonly header: CodeHeader | null;
  /**
   * The likeliest frame of a layer, errors included: see `isIntact`; empty where there is none. Takes up to a second for
   * the fine one.
   *
   * @throws RofiError `internal` when no header was read
   */
  readonly frame: (layer: Layer) => Uint8Array;
}

/** Reads the code from a crop in its place, [3, 256, 256] planar RGB in [-1, 1]. Needs no key. */
export function readCode(image: Float32Array): CodeReading {
  const { header, bits } = readLikelihoods(image);
  const frame = (layer: Layer): Uint8Array => {
    if (!header) throw new RofiError('internal', 'no header, no frames');
    if (header.shares[layer] === 0) return new Uint8Array(0);
    const told = Float32Array.from(LAYOUT[layer], (i) => bits[i]!);
    return bytesOf(decode(told, 8 * frameBytes(header, layer)));
  };
  return { header, frame };
}
