import type { Pixels, Similarity } from '../types';
import { alignEyes, CROP_SIZE, eyeCentres, landmarksInPhoto } from './alignment';
import { blendFaces } from './blending';
import { resampleCrop } from './resampling';

/** Half as much again as the aligned crop, at its scale, shows a whole head in the size the landmarker works at. */
const SIDE = 1.5 * CROP_SIZE;
const MARGIN = (SIDE - CROP_SIZE) / 2;

/** From the close-up's pixels to the aligned crop's. */
const IN_MIDDLE: Similarity = { a: 1, b: 0, tx: -MARGIN, ty: -MARGIN };

/** One face upright in the middle of a small picture of its own. */
export interface CloseUp {
  readonly pixels: Pixels;
  /** Landmarks of the small picture, x and y interleaved in its pixels, laid into the photo. */
  readonly toPhoto: (landmarks: Float32Array) => Float32Array<ArrayBuffer>;
}

/**
 * @param landmarks - the face as it was found in the photo, in photo pixels
 * @param drawn - the aligned crop that is to be shown instead of the photo's own
 */
export function closeUpOf(pixels: Pixels, landmarks: Float32Array, drawn?: Float32Array): CloseUp {
  const transform = alignEyes(eyeCentres(landmarks));
  const wider = { ...transform, tx: transform.tx + MARGIN, ty: transform.ty + MARGIN };
  const photo = toPixels(resampleCrop(pixels, wider, SIDE));
  return {
    pixels: drawn ? blendFaces(photo, [{ image: drawn, aligned: { transform: IN_MIDDLE } }]) : photo,
    toPhoto: (found) =>
      landmarksInPhoto(
        found.map((value) => (value - MARGIN) / CROP_SIZE),
        transform,
      ),
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
