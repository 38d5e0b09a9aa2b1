import { describe, expect, it } from 'vitest';
import { leastDifference, measureLids, type FacePoints } from './lid-measures';
import { measuredFace } from './fake-engine';

const face = measuredFace();
const iris = { kind: 'iris' } as const;

/** The face turned about the middle of the photo and made larger: what a head held aslant looks like. */
function turned(degrees: number, factor: number) {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const move = <T>(value: T): T => {
    if (Array.isArray(value)) return value.map(move) as T;
    if (typeof value !== 'object' || value === null) return value;
    if ('x' in value && 'y' in value) {
      const { x, y } = value as unknown as { x: number; y: number };
      const [dx, dy] = [x - 500, y - 400];
      return { x: 500 + factor * (cos * dx - sin * dy), y: 400 + factor * (sin * dx + cos * dy) } as T;
    }
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, move(inner)])) as T;
  };
  return move(face);
}

describe('lid measures', () => {
  it('are millimetres by the iris, whatever the size and however the head is held', () => {
    for (const one of [face, turned(20, 1), turned(-35, 2.5)]) {
      const { right, left, intercanthal } = measureLids(one, one.eyes, iris, true);
      for (const eye of [right, left]) {
        expect(eye.mrd1).toBeCloseTo(4);
        expect(eye.mrd2).toBeCloseTo(5.5);
        expect(eye.fissure).toBeCloseTo(9.5);
        expect(eye.scleralShow).toBe(0);
      }
      expect(intercanthal).toBeCloseTo(32);
    }
    expect(measureLids(face, face.eyes, iris, true).right.irisPixels).toBeCloseTo(117);
  });

  it('have a sign where a lid covers the pupil, and say what white shows below the iris', () => {
    const low: FacePoints = {
      ...face,
      left: { ...face.left, upper: { x: 810, y: 412 }, lower: { x: 810, y: 400 + 75 } },
    };
    const { left } = measureLids(low, face.eyes, iris, true);
    expect(left.mrd1).toBeCloseTo(-1.2);
    expect(left.scleralShow).toBeCloseTo(7.5 - 5.85);
  });

  it('are millimetres by two points, where those are known', () => {
    const ruler = { kind: 'points', from: { x: 0, y: 0 }, to: { x: 300, y: 400 }, millimetres: 20 } as const;
    expect(measureLids(face, face.eyes, ruler, true).right.mrd1).toBeCloseTo(1.6);
  });

  it('tell less apart in small pictures', () => {
    const near = measureLids(face, face.eyes, iris, true);
    const small = turned(0, 0.1);
    const far = measureLids(small, small.eyes, iris, true);
    expect(leastDifference(near)).toBeCloseTo(1, 1);
    expect(leastDifference(near, far)).toBeGreaterThan(1.3);
  });

  it('tell next to nothing as long as nobody has placed the marks', () => {
    const found = measureLids(face, face.eyes, iris, false);
    expect(leastDifference(found)).toBeGreaterThan(8);
  });
});
