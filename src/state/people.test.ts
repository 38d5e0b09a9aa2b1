import { describe, expect, it } from 'vitest';
import type { Recognition } from '../engine/api';
import { peopleSeen } from './people';

/** What dlib and MobileFaceNet say at these distances. */
const at = (...distances: readonly [number, number] | readonly []): readonly Recognition[] =>
  distances.map((distance, i) => {
    const threshold = [0.59, 1.22][i]!;
    const recogniser = i === 0 ? 'recogniser' : 'mobilefacenet';
    return { recogniser, distance, threshold, ofChild: false, recognised: !(distance >= threshold) };
  });

describe('peopleSeen', () => {
  it('sees two people where every recogniser sees a stranger', () => {
    expect(peopleSeen(at(0.8, 1.4))).toBe('different');
  });

  it('sees one where none does', () => {
    expect(peopleSeen(at(0.36, 0.6))).toBe('alike');
  });

  it.each([
    [0.592, 1.06],
    [0.5, 1.3],
  ])('leaves it open where one does, at %s and %s', (dlib, other) => {
    expect(peopleSeen(at(dlib, other))).toBe('perhaps');
  });

  it.each([
    [NaN, 1.3],
    [NaN, 0.5],
    [0.3, NaN],
    [NaN, NaN],
  ])('leaves it open where one cannot compare them, at %s and %s', (dlib, other) => {
    expect(peopleSeen(at(dlib, other))).toBe('perhaps');
  });

  it('leaves it open where nobody was asked', () => {
    expect(peopleSeen(at())).toBe('perhaps');
  });
});
