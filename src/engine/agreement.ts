import { CROP_SIZE } from './face/alignment';
import { ovalAlpha } from './face/blending';
import type { RestoredFace } from './restore-face';
import type { Point } from './types';

/**
 * An agreement that only the right key near the right place reaches. On 64 validation faces it has 690 and more there,
 * 460 after scaling to 50 % and back; wrong keys stay within 2 of 0.
 */
const KEY_FITS = 50;

/** Cells in which the code is hidden, pixels. */
const CELL = 8;
/** What a step between neighbours counts against their agreement. */
const ROUGHNESS = 0.5;

/** How well a restoration agrees with itself, and round which pixel of the crop it does so. */
export interface Agreement {
  readonly total: number;
  readonly middle: Point;
}

/** Whether a restoration could read what is hidden in the face; if not, it shows a virtual person. */
export function keyFits({ total }: Agreement): boolean {
  return total > KEY_FITS;
}

/**
 * How well the cells of a restored face agree about what was hidden: across the edges between cells, what was added
 * to the virtual face is alike in a face and unrelated in a code that was misread.
 */
export function agreement({ image, virtual }: Pick<RestoredFace, 'image' | 'virtual'>): Agreement {
  let total = 0;
  let [weight, x, y] = [0, 0, 0];
  for (let top = 0; top < CROP_SIZE; top += CELL) {
    for (let left = 0; left < CROP_SIZE; left += CELL) {
      const here = agreementOfCell(image, virtual, left, top);
      total += here;
      if (here <= 0) continue;
      weight += here;
      x += here * (left + CELL / 2);
      y += here * (top + CELL / 2);
    }
  }
  const middle = weight > 0 ? { x: x / weight, y: y / weight } : { x: CROP_SIZE / 2, y: CROP_SIZE / 2 };
  return { total, middle };
}

/** Across the left and the upper edge of one cell. */
function agreementOfCell(restored: Float32Array, virtual: Float32Array, left: number, top: number): number {
  let sum = 0;
  const added = (at: number, alpha: number): number => alpha * ((restored[at] ?? 0) - (virtual[at] ?? 0));
  for (let i = 0; i < CELL; i++) {
    const ofLeft = left === 0 ? 0 : ovalAlpha(left / CROP_SIZE, (top + i + 0.5) / CROP_SIZE);
    const ofTop = top === 0 ? 0 : ovalAlpha((left + i + 0.5) / CROP_SIZE, top / CROP_SIZE);
    for (let plane = 0; plane < restored.length; plane += CROP_SIZE * CROP_SIZE) {
      const beside = plane + (top + i) * CROP_SIZE + left;
      const below = plane + top * CROP_SIZE + left + i;
      sum += alike(added(beside - 1, ofLeft), added(beside, ofLeft));
      sum += alike(added(below - CROP_SIZE, ofTop), added(below, ofTop));
    }
  }
  return sum;
}

function alike(one: number, other: number): number {
  return one * other - ROUGHNESS * (one - other) ** 2;
}
