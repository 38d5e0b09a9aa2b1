import { CROP_SIZE } from '../geometry/alignment';
import { invert, transformPoint } from '../geometry/similarity';
import type { AlignedFace, Pixels } from '../types';
import { writeCode } from './carriers';
import { CODE_CELLS } from './cells';
import { Region } from './region';
import { LAYERS, newHeader, room, sealFrame, SHARES } from './seal';
import { encodeSmall } from './small-picture';

const CELL = 8;
const GRID = CROP_SIZE / CELL;
/** A cell holds code where the drawn face shows so much in all of it: eyes, kept signs and hair stay untouched. */
const COVERED = 0.25;
/** How often the photo is corrected until its crop shows the code; where it is no finer than the crop, oftener. */
const ROUNDS = { fine: 3, coarse: 8 } as const;
const FINE = 1.5;

/** A protected face whose original is to be sealed into the pixels. */
export interface FaceToSeal {
  /** How it is aligned, and the original's crop. */
  readonly aligned: Pick<AlignedFace, 'transform' | 'image'>;
  /** [256, 256] in 0..1: how much of the drawn face shows. */
  readonly opacity: Float32Array;
}

/**
 * Seals small pictures of the original under the key and writes them into the protected face's pixels, in place.
 *
 * @param pixels - the protected photo, changed here
 * @returns whether there was room for any
 */
export async function sealFace(pixels: Pixels, face: FaceToSeal, key: Uint8Array): Promise<boolean> {
  const writable = writableCells(face, pixels);
  const held = writable.reduce((count, cell) => count + cell, 0);
  const share = Math.min(Math.floor((held * SHARES) / writable.length), SHARES - 1);
  if (share === 0) return false;

  const header = newHeader(share);
  const frames: Uint8Array[] = [];
  for (const layer of LAYERS) {
    const picture = await encodeSmall(face.aligned.image, layer, room(header, layer));
    frames.push(await sealFrame(key, header, layer, picture ?? new Uint8Array(0)));
  }

  const { transform } = face.aligned;
  const region = new Region(pixels, transform);
  const target = writeCode(region.cut(transform), { header, frames }, writable);
  const rounds = Math.hypot(transform.a, transform.b) * FINE <= 1 ? ROUNDS.fine : ROUNDS.coarse;
  const coded = pixelsOf(writable);
  for (let round = 0; round < rounds; round++) {
    const seen = region.cut(transform);
    const missing = target.map((value, i) => (coded[i % coded.length] ?? 0) * (value - (seen[i] ?? 0)));
    region.add(missing, transform);
  }
  region.write();
  return true;
}

/** One for each code cell that the drawn face covers, inside the photo. */
function writableCells({ opacity, aligned }: FaceToSeal, { width, height }: Pixels): Uint8Array {
  const back = invert(aligned.transform);
  return Uint8Array.from(CODE_CELLS, (cell) => {
    const [left, top] = [(cell % GRID) * CELL, Math.floor(cell / GRID) * CELL];
    const inside = [0, CELL].every((x) =>
      [0, CELL].every((y) => {
        const point = transformPoint(back, { x: left + x, y: top + y });
        return point.x >= 0 && point.y >= 0 && point.x <= width && point.y <= height;
      }),
    );
    let least = 1;
    for (let i = 0; i < CELL ** 2; i++) {
      least = Math.min(least, opacity[(top + Math.floor(i / CELL)) * CROP_SIZE + left + (i % CELL)] ?? 0);
    }
    return Number(inside && least >= COVERED);
  });
}

/** [256, 256]: 1 where a pixel is in a cell that holds code. */
function pixelsOf(writable: Uint8Array): Uint8Array {
  const out = new Uint8Array(CROP_SIZE ** 2);
  for (const [index, cell] of CODE_CELLS.entries()) {
    if (!writable[index]) continue;
    const start = Math.floor(cell / GRID) * CELL * CROP_SIZE + (cell % GRID) * CELL;
    for (let row = 0; row < CELL; row++) out.fill(1, start + row * CROP_SIZE, start + row * CROP_SIZE + CELL);
  }
  return out;
}
