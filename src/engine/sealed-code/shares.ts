/** How much of a face's code its layers may fill. Mirrored by training/rofi/sealed/face.py. */
import { LAYOUT } from './layout';
import { BASE, FINE, SHARES, frameBytes, room, type CodeHeader, type Layer } from './seal';

/** Base and fine frame fill so much of what their places were seen to carry. */
const FILLED = [0.8, 0.72] as const;
/** Where JPEG leaves the base little, it has this share of what a file without loss leaves it. */
const LEAST_BASE = 0.3;
const MOST = SHARES - 1;

/** Likelihoods of code bits that were written for trial, as `readLikelihoods` gives them. */
export interface Trial {
  /** Read from a file without loss. */
  readonly stored: Float32Array;
  /** Read from a JPEG of quality 85. */
  readonly compressed: Float32Array;
}

/** The shares that frames may have, by what came through of the bits; a base of 0 where there is no room for any. */
export function chooseShares(bits: Uint8Array, { stored, compressed }: Trial): CodeHeader['shares'] {
  const clear = share(BASE, bits, stored);
  const base = Math.min(clear, Math.max(share(BASE, bits, compressed), Math.floor(LEAST_BASE * clear)));
  return [base, base && share(FINE, bits, stored)];
}

function share(layer: Layer, bits: Uint8Array, likelihoods: Float32Array): number {
  const carried = (FILLED[layer] * information(layer, bits, likelihoods)) / 8;
  const found = Math.min(
    MOST,
    Math.floor((SHARES * carried) / frameBytes({ shares: [SHARES, SHARES] }, layer)),
  );
  return room({ shares: [found, found] }, layer) > 0 ? found : 0;
}

/** How many bits' worth of information the likelihoods hold about a layer's bits. */
export function information(layer: Layer, bits: Uint8Array, likelihoods: Float32Array): number {
  return LAYOUT[layer].reduce((sum, place) => {
    const right = likelihoods[place]! * (1 - 2 * bits[place]!);
    return sum + 1 - Math.log2(1 + Math.exp(-right));
  }, 0);
}
