import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Point, Similarity } from '../types';
import { alignEyes, CROP_SIZE, eyesOf } from './alignment';
import { sizeAndTurnToGrid, toGrid } from './alignment-grid';
import { compose, invert, transformPoint } from './similarity';

const coordinate = fc.double({ min: 0, max: 4000, noNaN: true });
const alignment = fc
  .record({
    x: coordinate,
    y: coordinate,
    distance: fc.double({ min: 40, max: 900, noNaN: true }),
    turn: fc.double({ min: -1, max: 1, noNaN: true }),
  })
  .map(({ x, y, distance, turn }) =>
    alignEyes([
      { x, y },
      { x: x + distance * Math.cos(turn), y: y + distance * Math.sin(turn) },
    ]),
  );

/** How far apart two alignments lay what is a quarter of the crop from its middle, crop pixels. */
function apart(one: Similarity, other: Similarity): number {
  const at: Point = { x: 0.75 * CROP_SIZE, y: 0.5 * CROP_SIZE };
  const moved = transformPoint(other, transformPoint(invert(one), at));
  return Math.hypot(moved.x - at.x, moved.y - at.y);
}

describe('the grid of alignments', () => {
  it('is near every alignment', () => {
    fc.assert(
      fc.property(alignment, (transform) => {
        expect(apart(transform, toGrid(transform))).toBeLessThan(2.5);
      }),
    );
  });

  it('gives a point of it back from wherever the search ends near it', () => {
    const within = fc.double({ min: -0.2, max: 0.2, noNaN: true });
    fc.assert(
      fc.property(alignment, within, within, within, within, (transform, tx, ty, turn, growth) => {
        const truth = toGrid(transform);
        const [right, left] = eyesOf(truth).map((eye) => transformPoint(truth, eye));
        const arm = CROP_SIZE / 4;
        const [cx, cy] = [((right?.x ?? 0) + (left?.x ?? 0)) / 2, right?.y ?? 0];
        const [a, b] = [1 + growth / arm, turn / arm];
        const beside = { a, b, tx: cx - a * cx + b * cy + tx, ty: cy - b * cx - a * cy + ty };
        expect(apart(truth, toGrid(compose(beside, truth)))).toBeLessThan(1e-6);
      }),
    );
  });

  it('is the same grid in a photo of half the size', () => {
    const halved: Similarity = { a: 2, b: 0, tx: 0, ty: 0 };
    fc.assert(
      fc.property(alignment, (transform) => {
        const small = compose(toGrid(transform), halved);
        expect(apart(small, toGrid(small))).toBeLessThan(1e-6);
      }),
    );
  });

  it('keeps size and turn when the photo is cropped', () => {
    fc.assert(
      fc.property(alignment, coordinate, coordinate, (transform, tx, ty) => {
        const cropped = compose(toGrid(transform), { a: 1, b: 0, tx, ty });
        expect(apart(cropped, sizeAndTurnToGrid(cropped))).toBeLessThan(1e-6);
      }),
    );
  });
});
