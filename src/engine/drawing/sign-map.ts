import type { AlignedFace, SignMap } from '../types';
import { pointOf } from '../geometry/alignment';
import type { FaceMesh } from '../geometry/mesh';

/** Side of the grid that sign map and networks' feature map share. */
export const SIGN_GRID = 32;

/** Whole eye boxes: the lid contour's bounding box grown by these factors. */
const EYE_BOX_GROWTH: Growth = { x: 1.25, y: 1.9 };
/** The lid contour's bounding box itself. */
const OPENING: Growth = { x: 1, y: 1 };

interface Growth {
  readonly x: number;
  readonly y: number;
}

/** Which regions keep their own features (paper, section 4.3). */
export interface SignSelection {
  /** Scores above it are kept (paper, Table 1), 0..1. */
  readonly signThreshold: number;
  readonly keepBothEyes: boolean;
}

/** The protector's mask, [32, 32]: 1 where the photo's own features stay, else 0. */
export function signMask(
  { scores }: SignMap,
  { landmarks }: Pick<AlignedFace, 'landmarks'>,
  { eyes }: Pick<FaceMesh, 'eyes'>,
  { signThreshold, keepBothEyes }: SignSelection,
): Float32Array<ArrayBuffer> {
  const whole = keepBothEyes ? wholeEyes({ landmarks }, { eyes }) : null;
  return Float32Array.from(scores, (score, cell) => Number(score > signThreshold || whole?.[cell] === 1));
}

/** The cells that keeping both eyes whole keeps, [32, 32]: 1 where the photo's own features stay, else 0. */
export function wholeEyes(
  { landmarks }: Pick<AlignedFace, 'landmarks'>,
  { eyes }: Pick<FaceMesh, 'eyes'>,
): Float32Array<ArrayBuffer> {
  return eyeCells(landmarks, eyes, EYE_BOX_GROWTH);
}

/** The cells that the eye openings touch, [32, 32], likewise. */
export function eyeOpenings(
  { landmarks }: Pick<AlignedFace, 'landmarks'>,
  { eyes }: Pick<FaceMesh, 'eyes'>,
): Float32Array<ArrayBuffer> {
  return eyeCells(landmarks, eyes, OPENING);
}

function eyeCells(
  landmarks: Float32Array,
  { right, left }: FaceMesh['eyes'],
  growth: Growth,
): Float32Array<ArrayBuffer> {
  const cells = new Float32Array(SIGN_GRID * SIGN_GRID);
  keepBox(cells, landmarks, right, growth);
  keepBox(cells, landmarks, left, growth);
  return cells;
}

/** Keeps every cell that an eye's grown bounding box touches. */
function keepBox(
  mask: Float32Array,
  landmarks: Float32Array,
  contour: readonly number[],
  growth: Growth,
): void {
  const points = contour.map((index) => pointOf(landmarks, index));
  const columns = cells(
    points.map((point) => point.x),
    growth.x,
  );
  const rows = cells(
    points.map((point) => point.y),
    growth.y,
  );
  for (let row = rows.first; row <= rows.last; row++) {
    for (let column = columns.first; column <= columns.last; column++) mask[row * SIGN_GRID + column] = 1;
  }
}

function cells(values: readonly number[], growth: number): { first: number; last: number } {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const half = ((high - low) / 2) * growth;
  const centre = (low + high) / 2;
  return {
    first: Math.max(0, Math.floor((centre - half) * SIGN_GRID)),
    last: Math.min(SIGN_GRID - 1, Math.floor((centre + half) * SIGN_GRID)),
  };
}
