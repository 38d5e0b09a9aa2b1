import { RofiError } from '../errors';
import type { MetadataEntry } from '../formats/metadata-entry';
import type { FaceAt, FrameGuidance, MeasuredFace, Recognition, VisitMeasures } from './api';
import { embed, GROWN_UP, judge } from './checks/recognition';
import { alignEyes, CROP_SIZE, eyeCentres } from './geometry/alignment';
import { resampleCrop } from './geometry/resampling';
import { boundingBox, interOcularDistance } from './landmarks/faces';
import { guidanceFor, meanLuma, wholeBox } from './landmarks/guidance';
import type { LandmarkFinder } from './landmarks/landmarks';
import { eyeMarksOf } from './landmarks/lids';
import { cropPixels } from './image/crop';
import { decodePhoto } from './image/decode';
import { MAX_PROTECTED_MEGABYTES } from './image/limits';
import { previewOf, shrinkTo } from './image/resize';
import { readHeader } from './restoration/found-record';
import type { Tools } from './tools';
import type { Pixels, Point, SourceFile } from './types';

/** Guidance needs no more pixels than this, and has to be quick. */
const FRAME_SIZE = 640;
/** Longest side of a face's small picture. */
const FACE_SIZE = 160;
/** How far round an eye's centre its light is taken, in distances of the eyes. */
const ROUND_EYE = 0.3;

/**
 * Finds what the lids of every face in a photo are measured at.
 *
 * @throws RofiError `no-face`, `damaged-file`, `unsupported-version`, and what decoding throws
 */
export async function measureVisit(file: SourceFile, finder: LandmarkFinder): Promise<VisitMeasures> {
  const { pixels, metadata } = await decodePhoto(file, MAX_PROTECTED_MEGABYTES);
  const found = finder.find(pixels).sort((a, b) => interOcularDistance(b) - interOcularDistance(a));
  if (found.length === 0) throw new RofiError('no-face');
  return {
    width: pixels.width,
    height: pixels.height,
    preview: previewOf(pixels),
    faces: found.map((landmarks) => measureFace(pixels, landmarks, finder)),
    isProtected: (await readHeader(file)) !== null,
    taken: takenOn(metadata),
  };
}

function measureFace(pixels: Pixels, landmarks: Float32Array, finder: LandmarkFinder): MeasuredFace {
  const box = wholeBox(boundingBox(landmarks), pixels);
  const eyes = eyeCentres(landmarks);
  const reach = interOcularDistance(landmarks) * ROUND_EYE;
  const light = ({ x, y }: Point): number => {
    const round = { x: x - reach, y: y - reach, width: 2 * reach, height: 2 * reach };
    return meanLuma(pixels, wholeBox(round, pixels));
  };
  return {
    thumbnail: shrinkTo(cropPixels(pixels, box), FACE_SIZE),
    eyes,
    ...eyeMarksOf(landmarks),
    ...(finder.turnNear(pixels, landmarks) ?? { yaw: null, pitch: null }),
    brightness: [light(eyes[0]), light(eyes[1])],
  };
}

/** Cameras write `YYYY:MM:DD HH:MM:SS`. */
function takenOn(metadata: readonly MetadataEntry[]): string | null {
  const entry = metadata.find(({ name }) => name === 'DateTimeOriginal');
  const date = /^(\d{4})[:-](\d{2})[:-](\d{2})/.exec(entry?.value ?? '');
  return date ? date.slice(1, 4).join('-') : null;
}

/**
 * What the recognisers say of two faces, each the one at its photo's eye centres.
 *
 * @throws RofiError what decoding and the networks throw
 */
export async function compareFaces(
  one: FaceAt,
  other: FaceAt,
  tools: Pick<Tools, 'networks' | 'recognisers'>,
): Promise<readonly Recognition[]> {
  const crop = async ({ file, eyes }: FaceAt): Promise<Float32Array> => {
    const { pixels } = await decodePhoto(file, MAX_PROTECTED_MEGABYTES);
    return resampleCrop(pixels, alignEyes(eyes), CROP_SIZE);
  };
  const embeddings = await embed(await crop(one), tools);
  return (await judge({ embeddings, age: GROWN_UP }, await crop(other), tools)).recognitions;
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
