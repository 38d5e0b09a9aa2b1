import { describe, expect, it } from 'vitest';
import type { Face, Pixels } from '../types';
import { hideBackground, type PeopleMask } from './hide-background';

const RED = [200, 40, 40, 255];
const PLAIN = [214, 214, 214, 255];

function redPhoto(width: number, height: number): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < data.length; at += 4) data.set(RED, at);
  return { width, height, data };
}

function at({ data, width }: Pixels, x: number, y: number): readonly number[] {
  return [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
}

/** A person in the left half of a mask that is coarser than the photo. */
const left: PeopleMask = {
  width: 8,
  height: 4,
  shares: Float32Array.from({ length: 32 }, (_, place) => Number(place % 8 < 4)),
};

/** Landmarks round a circle. */
function round(x: number, y: number, radius: number): Face {
  const landmarks = Float32Array.from({ length: 2 * 478 }, (_, i) => {
    const turn = (Math.floor(i / 2) / 468) * 2 * Math.PI;
    return i % 2 === 0 ? x + radius * Math.cos(turn) : y + radius * Math.sin(turn);
  });
  return { id: 0, landmarks, box: { x: 0, y: 0, width: 1, height: 1 }, origin: 'detected' };
}

describe('hiding the background', () => {
  it('leaves people and puts a plain colour behind them, with a soft edge', () => {
    const photo = redPhoto(160, 80);
    const hidden = hideBackground(photo, left, []);
    expect(at(hidden, 5, 40)).toEqual(RED);
    expect(at(hidden, 155, 3)).toEqual(PLAIN);
    const across = Array.from({ length: 160 }, (_, x) => at(hidden, x, 40)[1]!);
    expect(across).toEqual(across.toSorted((one, other) => one - other));
    expect(across.filter((green) => green > 45 && green < 209).length).toBeGreaterThan(2);
    expect(at(photo, 155, 3)).toEqual(RED);
  });

  it('leaves a face that the mask has missed', () => {
    const hidden = hideBackground(redPhoto(160, 80), left, [round(130, 40, 20)]);
    expect(at(hidden, 130, 40)).toEqual(RED);
    expect(at(hidden, 130, 24)).toEqual(RED);
    expect(at(hidden, 130, 12)).toEqual(PLAIN);
    expect(at(hidden, 112, 22)).toEqual(PLAIN);
  });

  it('leaves transparency as it is', () => {
    const photo = redPhoto(16, 8);
    photo.data[(3 * 16 + 15) * 4 + 3] = 0;
    expect(at(hideBackground(photo, left, []), 15, 3)).toEqual([214, 214, 214, 0]);
  });
});
