/** MediaPipe's Face Landmarker, on the CPU delegate: the GPU one misses faces that this one finds. */
import { FaceDetector, FaceLandmarker } from '@mediapipe/tasks-vision';
import { unzipSync } from 'fflate';
import { RofiError } from '../../errors';
import { reduceTo } from '../image/resize';
import type { Box, Pixels } from '../types';
import { closeUpOf } from './close-up';
import { sameFace } from './faces';
import { turnOf } from './guidance';
import { searchFaces } from './search';
import { visionProgram } from './vision-program';

const MAX_FACES = 5;
/** The landmarker's own detector, in its file. */
const DETECTOR = 'face_detector.tflite';

/** A camera frame is looked at this large. */
const FRAME_SIZE = 640;

/** A face and how it is turned. */
export interface PosedFace {
  /** 478 points, x and y interleaved, in pixels. */
  readonly landmarks: Float32Array;
  /** From the model head to the camera's space, 4×4, column by column. */
  readonly pose: readonly number[];
}

/** Finds faces with MediaPipe. Holds the model; one a worker. */
export class LandmarkFinder {
  #milliseconds = 0;

  private constructor(
    private readonly landmarker: FaceLandmarker,
    private readonly detector: FaceDetector,
  ) {}

  /** Time spent in MediaPipe's networks since it was opened. */
  get milliseconds(): number {
    return this.#milliseconds;
  }

  /**
   * @param model - the bytes of `face_landmarker.task`
   * @throws RofiError `webgl-missing`: MediaPipe needs WebGL even to run on the CPU; `model-corrupt`
   */
  static async open(model: Uint8Array): Promise<LandmarkFinder> {
    if (new OffscreenCanvas(1, 1).getContext('webgl2') === null) throw new RofiError('webgl-missing');
    const landmarker = await FaceLandmarker.createFromOptions(await visionProgram(), {
      baseOptions: { modelAssetBuffer: model, delegate: 'CPU' },
      runningMode: 'IMAGE',
      numFaces: MAX_FACES,
      outputFacialTransformationMatrixes: true,
    });
    const detector = await FaceDetector.createFromOptions(await visionProgram(), {
      baseOptions: { modelAssetBuffer: detectorIn(model), delegate: 'CPU' },
      runningMode: 'IMAGE',
    });
    return new LandmarkFinder(landmarker, detector);
  }

  /** 478 landmarks for each face, x and y interleaved, in photo pixels. A bystander who is missed goes out as he is. */
  find(pixels: Pixels, within?: readonly Box[]): Float32Array[] {
    return searchFaces(pixels, { faces: this.#landmarks, boxes: this.#boxes }, within);
  }

  /**
   * The face that is where another one's landmarks say, looked at upright and close up; null when there is none.
   *
   * @param drawn - the aligned crop that is to be looked at in place of the photo's own
   */
  findNear(pixels: Pixels, landmarks: Float32Array, drawn?: Float32Array): Float32Array | null {
    const closeUp = closeUpOf(pixels, landmarks, drawn);
    return sameFace({ landmarks }, this.#landmarks(closeUp.pixels).map(closeUp.toPhoto));
  }

  /** Faces with their pose, in a small picture such as a camera frame. */
  findPosed(pixels: Pixels): PosedFace[] {
    const { pixels: small, factor } = reduceTo(pixels, FRAME_SIZE);
    return this.#detect(small).map(({ landmarks, pose }) => ({
      landmarks: landmarks.map((value) => value * factor),
      pose,
    }));
  }

  /** How the face is turned that is where another one's landmarks say, in degrees; null when it is not there. */
  turnNear(pixels: Pixels, landmarks: Float32Array): { readonly yaw: number; readonly pitch: number } | null {
    const closeUp = closeUpOf(pixels, landmarks);
    const seen = this.#detect(closeUp.pixels).map((face) => ({
      pose: face.pose,
      landmarks: closeUp.toPhoto(face.landmarks),
    }));
    const near = sameFace(
      { landmarks },
      seen.map((face) => face.landmarks),
    );
    const face = seen.find((one) => one.landmarks === near);
    return face ? turnOf(face.pose) : null;
  }

  readonly #landmarks = (pixels: Pixels): Float32Array[] =>
    this.#detect(pixels).map(({ landmarks }) => landmarks);

  readonly #boxes = (pixels: Pixels): Box[] =>
    this.#timed(() => this.detector.detect(imageOf(pixels))).detections.flatMap(({ boundingBox: box }) =>
      box ? [{ x: box.originX, y: box.originY, width: box.width, height: box.height }] : [],
    );

  #detect(pixels: Pixels): PosedFace[] {
    const { width, height } = pixels;
    const { faceLandmarks, facialTransformationMatrixes } = this.#timed(() =>
      this.landmarker.detect(imageOf(pixels)),
    );
    return faceLandmarks.map((points, index) => ({
      landmarks: Float32Array.from(points.flatMap(({ x, y }) => [x * width, y * height])),
      pose: facialTransformationMatrixes[index]?.data ?? [],
    }));
  }

  #timed<Result>(run: () => Result): Result {
    const start = performance.now();
    try {
      return run();
    } catch (cause) {
      const code = /activeTexture|webgl/i.test(String(cause)) ? 'webgl-missing' : 'backend-failed';
      throw new RofiError(code, `face landmarker: ${String(cause)}`, {}, { cause });
    } finally {
      this.#milliseconds += performance.now() - start;
    }
  }
}

function imageOf({ data, width, height }: Pixels): ImageData {
  return new ImageData(data, width, height);
}

/** The detector's model, which is packed beside the landmarks'. */
function detectorIn(model: Uint8Array): Uint8Array {
  const { [DETECTOR]: detector } = unzipSync(model, { filter: ({ name }) => name === DETECTOR });
  if (detector === undefined)
    throw new RofiError('model-corrupt', `no ${DETECTOR}`, { model: 'face_landmarker' });
  return detector;
}
