import type { Pixels, Similarity } from '../types';
import { alignEyes, CROP_SIZE, eyeCentres, pointOf } from '../geometry/alignment';
import { blendFaces } from '../drawing/blending';
import { boundingBox } from './faces';
import { resampleCrop } from '../geometry/resampling';
import { compose, invert, transformPoint } from '../geometry/similarity';

/** Half as much again as the aligned crop, at its scale, shows a whole head in the size the landmarker works at. */
const SIDE = 1.5 * CROP_SIZE;
const MARGIN = (SIDE - CROP_SIZE) / 2;
/** Share of the close-up's side that a face takes up. */
const FACE = 0.5;

/** From the close-up's pixels to the aligned crop's. */
const IN_MIDDLE: Similarity = { a: 1, b: 0, tx: -MARGIN, ty: -MARGIN };

/** One face in the middle of a small picture of its own. */
export interface CloseUp {
  readonly pixels: Pixels;
  /** Landmarks of the small picture, x and y interleaved in its pixels, laid into the photo. */
  readonly toPhoto: (landmarks: Float32Array) => Float32Array<ArrayBuffer>;
}

/**
 * A face upright.
 *
 * @param landmarks - the face as it was found in the photo, in photo pixels
 * @param drawn - the aligned crop that is to be shown instead of the photo's own
 */
export function closeUpOf(pixels: Pixels, landmarks: Float32Array, drawn?: Float32Array): CloseUp {
  const transform = compose(invert(IN_MIDDLE), alignEyes(eyeCentres(landmarks)));
  const closeUp = closeUpBy(pixels, transform);
  return drawn
    ? {
        ...closeUp,
        pixels: blendFaces(closeUp.pixels, [{ image: drawn, aligned: { transform: IN_MIDDLE } }]),
      }
    : closeUp;
}

/**
 * A face as it looks to somebody who holds the photo turned, whatever its landmarks say of its eyes.
 *
 * @param roll - what is turned clockwise by so many radians in the photo stands upright
 */
export function closeUpAt(pixels: Pixels, landmarks: Float32Array, roll: number): CloseUp {
  const { x, y, width, height } = boundingBox(landmarks);
  const scale = (FACE * SIDE) / Math.max(width, height);
  const turn = { a: scale * Math.cos(roll), b: -scale * Math.sin(roll), tx: 0, ty: 0 };
  const middle = transformPoint(turn, { x: x + width / 2, y: y + height / 2 });
  return closeUpBy(pixels, { ...turn, tx: SIDE / 2 - middle.x, ty: SIDE / 2 - middle.y });
}

function closeUpBy(pixels: Pixels, transform: Similarity): CloseUp {
  const back = invert(transform);
  return {
    pixels: toPixels(resampleCrop(pixels, transform, SIDE)),
    toPhoto: (found) => {
      const placed = new Float32Array(found.length);
      for (let i = 0; i < found.length / 2; i++) {
        const { x, y } = transformPoint(back, pointOf(found, i));
        placed.set([x, y], 2 * i);
      }
      return placed;
    },
  };
}

/** Planar RGB in [-1, 1] as opaque 8-bit pixels. */
function toPixels(image: Float32Array): Pixels {
  const plane = SIDE * SIDE;
  const data = new Uint8ClampedArray(plane * 4).fill(255);
  for (let channel = 0; channel < 3; channel++) {
    for (let i = 0; i < plane; i++) data[4 * i + channel] = ((image[channel * plane + i] ?? 0) + 1) * 127.5;
  }
  return { width: SIDE, height: SIDE, data };
}
