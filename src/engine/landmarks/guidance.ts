import type { FrameGuidance } from '../api';
import { LUMA } from '../image/luma';
import type { Box, Pixels } from '../types';
import { boundingBox, interOcularDistance } from './faces';
import type { PosedFace } from './landmarks';

/** What a person in front of the camera needs to know, from one frame; of several faces the largest counts. */
export function guidanceFor(pixels: Pixels, faces: readonly PosedFace[]): FrameGuidance {
  const [nearest] = faces.toSorted(
    (a, b) => interOcularDistance(b.landmarks) - interOcularDistance(a.landmarks),
  );
  const whole = { x: 0, y: 0, width: pixels.width, height: pixels.height };
  if (nearest === undefined) {
    return { faces: 0, box: null, eyeDistance: 0, yaw: 0, pitch: 0, ...lightOf(pixels, whole) };
  }
  const box = wholeBox(boundingBox(nearest.landmarks), pixels);
  return {
    faces: faces.length,
    box,
    eyeDistance: interOcularDistance(nearest.landmarks) / pixels.width,
    ...turnOf(nearest.pose),
    ...lightOf(pixels, box),
  };
}

/** Degrees the head is turned aside (positive: towards the picture's right) and raised. */
export function turnOf(pose: readonly number[]): Pick<FrameGuidance, 'yaw' | 'pitch'> {
  // The third column is where the face looks; the camera is at positive z, y is up.
  const [x = 0, y = 0, z = 1] = pose.slice(8, 11);
  const degrees = 180 / Math.PI;
  return { yaw: Math.atan2(x, z) * degrees, pitch: Math.atan2(y, Math.hypot(x, z)) * degrees };
}

/** Mean luma of a part of whole pixels, 0..1. */
export function meanLuma(pixels: Pixels, box: Box): number {
  return lightOf(pixels, box).brightness;
}

/** Mean luma, and the variance of its Laplacian, over a part of the frame. */
function lightOf({ width, data }: Pixels, box: Box): Pick<FrameGuidance, 'brightness' | 'sharpness'> {
  const luma = (x: number, y: number): number => {
    const at = (y * width + x) * 4;
    return (LUMA[0] * (data[at] ?? 0) + LUMA[1] * (data[at + 1] ?? 0) + LUMA[2] * (data[at + 2] ?? 0)) / 255;
  };
  let [sum, edges, squares, count] = [0, 0, 0, 0];
  for (let y = box.y + 1; y < box.y + box.height - 1; y++) {
    for (let x = box.x + 1; x < box.x + box.width - 1; x++) {
      const centre = luma(x, y);
      const laplacian = luma(x - 1, y) + luma(x + 1, y) + luma(x, y - 1) + luma(x, y + 1) - 4 * centre;
      sum += centre;
      edges += laplacian;
      squares += laplacian * laplacian;
      count++;
    }
  }
  if (count === 0) return { brightness: 0, sharpness: 0 };
  return { brightness: sum / count, sharpness: squares / count - (edges / count) ** 2 };
}

/** The part of a box inside the frame, in whole pixels. */
export function wholeBox(box: Box, { width, height }: Pick<Pixels, 'width' | 'height'>): Box {
  const x = Math.max(0, Math.floor(box.x));
  const y = Math.max(0, Math.floor(box.y));
  return {
    x,
    y,
    width: Math.max(0, Math.min(width, Math.ceil(box.x + box.width)) - x),
    height: Math.max(0, Math.min(height, Math.ceil(box.y + box.height)) - y),
  };
}
