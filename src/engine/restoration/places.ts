import type { RecordHeader } from '../../record/types';
import type { RestoreResult } from '../api';
import { eyesOf } from '../geometry/alignment';
import type { Pixels, Similarity } from '../types';

/** The alignment that protection used, known exactly as long as the picture has its size. */
export function recordedTransforms(
  header: RecordHeader | null,
  pixels: Pixels,
): readonly Similarity[] | null {
  if (header === null) return null;
  const { image, faces } = header;
  if (image.width !== pixels.width || image.height !== pixels.height) return null;
  return faces.map(({ transform }) => transform);
}

/** Eye centres of faces, in widths of their picture. */
export function eyesIn(width: number, places: readonly Similarity[]): RestoreResult['eyes'] {
  return places.map((place) => {
    const [right, left] = eyesOf(place);
    return [
      { x: right.x / width, y: right.y / width },
      { x: left.x / width, y: left.y / width },
    ];
  });
}
