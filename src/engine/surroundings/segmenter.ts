/** MediaPipe's selfie segmenter, on the CPU delegate as the face landmarker. */
import { ImageSegmenter } from '@mediapipe/tasks-vision';
import { RofiError } from '../../errors';
import { reduceTo } from '../image/resize';
import { visionProgram } from '../landmarks/vision-program';
import type { Pixels } from '../types';
import type { FindPeople, PeopleMask } from './hide-background';

/** A photo is looked at this large: the network itself sees 256 pixels. */
const SIDE = 512;

/**
 * Opens what tells people from their background.
 *
 * @param model - the bytes of `selfie_segmenter.tflite`
 */
export async function openSegmenter(model: Uint8Array): Promise<FindPeople> {
  const segmenter = await ImageSegmenter.createFromOptions(await visionProgram(), {
    baseOptions: { modelAssetBuffer: model, delegate: 'CPU' },
    runningMode: 'IMAGE',
    outputConfidenceMasks: true,
    outputCategoryMask: false,
  });
  return (pixels) => Promise.resolve(segment(segmenter, pixels));
}

/** @throws RofiError `backend-failed` when MediaPipe gives no mask */
function segment(segmenter: ImageSegmenter, pixels: Pixels): PeopleMask {
  const { data, width, height } = reduceTo(pixels, SIDE).pixels;
  const result = segmenter.segment(new ImageData(data, width, height));
  try {
    const mask = result.confidenceMasks?.at(-1);
    if (!mask) throw new RofiError('backend-failed', 'segmenter: no mask');
    return { width: mask.width, height: mask.height, shares: mask.getAsFloat32Array().slice() };
  } finally {
    result.close();
  }
}
