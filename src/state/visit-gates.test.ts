import { describe, expect, it } from 'vitest';
import type { EyeMarks, MeasuredFace } from '../engine/api';
import { measuredFace } from './fake-engine';
import { gatesOf, gazeOf, pairGatesOf } from './visit-gates';

const face = measuredFace();

function looking(
  dx: number,
  dy: number,
  eyes: readonly ('right' | 'left')[] = ['right', 'left'],
): MeasuredFace {
  const moved = (eye: EyeMarks): EyeMarks => ({
    ...eye,
    pupil: { x: eye.pupil.x + dx, y: eye.pupil.y + dy },
  });
  return {
    ...face,
    right: eyes.includes('right') ? moved(face.right) : face.right,
    left: eyes.includes('left') ? moved(face.left) : face.left,
  };
}

describe('what stands in the way of measuring', () => {
  it('is nothing in a good photo', () => {
    expect(gatesOf(face)).toEqual([]);
    expect(pairGatesOf(face, face)).toEqual([]);
  });

  it('is each said for itself', () => {
    const small = {
      ...face,
      eyes: [
        { x: 0, y: 0 },
        { x: 149, y: 0 },
      ],
    } as const;
    expect(gatesOf(small)).toContain('small');
    expect(gatesOf({ ...face, yaw: -12 })).toEqual(['turned']);
    expect(gatesOf({ ...face, pitch: 12 })).toEqual(['raised']);
    expect(gatesOf({ ...face, yaw: null })).toEqual(['turn-unknown']);
    expect(gatesOf({ ...face, brightness: [0.1, 0.12] })).toEqual(['dark']);
    expect(gatesOf({ ...face, brightness: [0.95, 0.9] })).toEqual(['bright']);
    expect(gatesOf({ ...face, brightness: [0.3, 0.6] })).toEqual(['uneven']);
    expect(gatesOf(looking(45, 0))).toEqual(['gaze-aside']);
    expect(gatesOf(looking(0, -45))).toEqual(['gaze-up-down']);
  });

  it('is not one eye that squints', () => {
    expect(gatesOf(looking(45, 0, ['left']))).toEqual([]);
    expect(gazeOf(looking(0, -30)).up).toBeGreaterThan(0);
  });

  it('is what two visits differ in besides the lids', () => {
    expect(pairGatesOf({ ...face, yaw: 8 }, { ...face, yaw: -8 })).toEqual(['other-turn']);
    expect(pairGatesOf(looking(0, -25), looking(0, 25))).toEqual(['other-gaze']);
  });
});
