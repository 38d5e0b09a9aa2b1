import { RofiError } from '../errors';
import type { FrameGuidance, VisitMeasures } from './api';
import { eyeCentres } from './geometry/alignment';
import { interOcularDistance } from './landmarks/faces';
import { guidanceFor } from './landmarks/guidance';
import type { LandmarkFinder } from './landmarks/landmarks';
import { measureLids } from './landmarks/lids';
import { decodePhoto } from './image/decode';
import { previewOf } from './image/resize';
import type { Point, SourceFile } from './types';

/** Guidance needs no more pixels than this, and has to be quick. */
const FRAME_SIZE = 640;

/**
 * Measures the lids of the largest face in a photo.
 *
 * @throws RofiError `no-face`, and what decoding throws
 */
export async function measureVisit(file: SourceFile, finder: LandmarkFinder): Promise<VisitMeasures> {
  const { pixels } = await decodePhoto(file);
  const [landmarks] = finder.find(pixels).sort((a, b) => interOcularDistance(b) - interOcularDistance(a));
  if (landmarks === undefined) throw new RofiError('no-face');
  const preview = previewOf(pixels);
  const factor = preview.width / pixels.width;
  const scale = ({ x, y }: Point): Point => ({ x: x * factor, y: y * factor });
  const [right, left] = eyeCentres(landmarks);
  return { preview, eyes: [scale(right), scale(left)], ...measureLids(landmarks) };
}

/** Looks at one video frame, which is closed afterwards. Canvas noise does not matter here. */
export function guideFrame(frame: ImageBitmap, finder: LandmarkFinder): FrameGuidance {
  const scale = Math.min(1, FRAME_SIZE / Math.max(frame.width, frame.height));
  const width = Math.round(frame.width * scale);
  const height = Math.round(frame.height * scale);
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new RofiError('backend-failed', 'no 2d canvas in the worker');
  context.drawImage(frame, 0, 0, width, height);
  const factor = 1 / scale;
  frame.close();
  const pixels = context.getImageData(0, 0, width, height);
  const guidance = guidanceFor(pixels, finder.findPosed(pixels));
  const { box } = guidance;
  return {
    ...guidance,
    box: box && {
      x: box.x * factor,
      y: box.y * factor,
      width: box.width * factor,
      height: box.height * factor,
    },
  };
}
