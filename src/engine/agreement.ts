import { CROP_SIZE } from './face/alignment';
import { ovalAlpha } from './face/blending';
import type { RestoredFace } from './restore-face';
import type { Point } from './types';

/** Where the restorer takes the key for a wrong one, or sees nothing at a wrong place, agreement stays within 2 of 0. */
const SOMETHING = 50;
/**
 * What a right key has at least, in all and as a share of what was added. On 63 validation faces it has 690 and 0.86,
 * after JPEG 60 still 318 and 0.82. One wrong key in 1,200 is taken for right, wholly or a little: for noise, with a
 * share of at most 0.75 in 15,750 tries, or for traces, with 60 in all.
 */
const KEY_FITS = { total: 200, share: 0.8 };

/** Cells in which the code is hidden, pixels. */
const CELL = 8;
/** What a step between neighbours counts against their agreement. */
const ROUGHNESS = 0.5;

/** How well a restoration agrees with itself: in all, as a share of what was added, and round which crop pixel. */
export interface Agreement {
  readonly total: number;
  readonly share: number;
  readonly middle: Point;
}

/** Whether the restorer read anything that may be a face. */
export function readsSomething({ total }: Agreement): boolean {
  return total > SOMETHING;
}

/** Whether what the restorer read is a face; if not, the key does not fit here, and a virtual person is shown. */
export function keyFits({ total, share }: Agreement): boolean {
  return total > KEY_FITS.total && share > KEY_FITS.share;
}

/**
 * How well the cells of a restored face agree about what was hidden: across the edges between cells, what was added
 * to the virtual face is alike in a face and unrelated in a code that was misread.
 */
export function agreement({ image, virtual }: Pick<RestoredFace, 'image' | 'virtual'>): Agreement {
  let [total, added] = [0, 0];
  let [weight, x, y] = [0, 0, 0];
  for (let top = 0; top < CROP_SIZE; top += CELL) {
    for (let left = 0; left < CROP_SIZE; left += CELL) {
      const here = agreementOfCell(image, virtual, left, top);
      total += here.alike;
      added += here.added;
      if (here.alike <= 0) continue;
      weight += here.alike;
      x += here.alike * (left + CELL / 2);
      y += here.alike * (top + CELL / 2);
    }
  }
  const middle = weight > 0 ? { x: x / weight, y: y / weight } : { x: CROP_SIZE / 2, y: CROP_SIZE / 2 };
  return { total, share: added > 0 ? total / added : 0, middle };
}

/** Across the left and the upper edge of one cell: what agrees, and what it would be if all did. */
function agreementOfCell(
  restored: Float32Array,
  virtual: Float32Array,
  left: number,
  top: number,
): { readonly alike: number; readonly added: number } {
  let [alike, added] = [0, 0];
  const pair = (one: number, other: number, alpha: number): void => {
    const a = alpha * ((restored[one] ?? 0) - (virtual[one] ?? 0));
    const b = alpha * ((restored[other] ?? 0) - (virtual[other] ?? 0));
    alike += a * b - ROUGHNESS * (a - b) ** 2;
    added += (a ** 2 + b ** 2) / 2;
  };
  for (let i = 0; i < CELL; i++) {
    const ofLeft = left === 0 ? 0 : ovalAlpha(left / CROP_SIZE, (top + i + 0.5) / CROP_SIZE);
    const ofTop = top === 0 ? 0 : ovalAlpha((left + i + 0.5) / CROP_SIZE, top / CROP_SIZE);
    for (let plane = 0; plane < restored.length; plane += CROP_SIZE * CROP_SIZE) {
      const beside = plane + (top + i) * CROP_SIZE + left;
      const below = plane + top * CROP_SIZE + left + i;
      pair(beside - 1, beside, ofLeft);
      pair(below - CROP_SIZE, below, ofTop);
    }
  }
  return { alike, added };
}
