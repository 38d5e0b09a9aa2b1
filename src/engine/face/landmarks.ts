/** MediaPipe's Face Landmarker, on the CPU delegate: the GPU one misses faces that this one finds. */
import { FaceLandmarker } from '@mediapipe/tasks-vision';
import loaderUrl from '@mediapipe/tasks-vision/vision_wasm_module_internal.js?url';
import wasmUrl from '@mediapipe/tasks-vision/vision_wasm_module_internal.wasm?url';
import { RofiError } from '../../errors';
import { reduceTo } from '../image/resize';
import type { Pixels, Point } from '../types';
import { closeUpOf } from './close-up';
import { sameFace } from './faces';
import { tilesOf } from './tiles';

const MAX_FACES = 5;

/** The detector works on a few hundred pixels and every face gets a second look; a larger picture only costs time. */
const DETECTION_SIZE = 640;

/** Tiles a side, coarse to fine, and a tile's least side: it only says that there is a face, the second look where. */
const TILE_COUNTS = [3, 6] as const;
const TILE_SIZE = 256;

const ORIGIN: Point = { x: 0, y: 0 };

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

  private constructor(private readonly landmarker: FaceLandmarker) {}

  /** Time spent in MediaPipe's networks since it was opened. */
  get milliseconds(): number {
    return this.#milliseconds;
  }

  /**
   * @param model - the bytes of `face_landmarker.task`
   * @throws RofiError `webgl-missing`: MediaPipe needs WebGL even to run on the CPU
   */
  static async open(model: Uint8Array): Promise<LandmarkFinder> {
    if (new OffscreenCanvas(1, 1).getContext('webgl2') === null) throw new RofiError('webgl-missing');
    const landmarker = await FaceLandmarker.createFromOptions(
      { wasmLoaderPath: loaderUrl, wasmBinaryPath: wasmUrl },
      {
        baseOptions: { modelAssetBuffer: model, delegate: 'CPU' },
        runningMode: 'IMAGE',
        numFaces: MAX_FACES,
        outputFacialTransformationMatrixes: true,
      },
    );
    return new LandmarkFinder(landmarker);
  }

  /**
   * 478 landmarks for each face, x and y interleaved, in photo pixels. Small faces are looked for in tiles: a bystander
   * who is missed goes out as he is. Every face is looked at once more upright and close up: the first look may be
   * degrees off on a small or tilted face, and what a tile alone takes for a face has to look like one there too.
   */
  find(pixels: Pixels): Float32Array[] {
    const faces = this.#detect(pixels, ORIGIN).map(
      ({ landmarks }) => this.findNear(pixels, landmarks) ?? landmarks,
    );
    for (const count of TILE_COUNTS) {
      for (const landmarks of this.#findInTiles(pixels, count)) {
        if (sameFace({ landmarks }, faces) !== null) continue;
        const confirmed = this.findNear(pixels, landmarks);
        if (confirmed !== null && sameFace({ landmarks: confirmed }, faces) === null) faces.push(confirmed);
      }
      if (faces.length > 0) break;
    }
    return faces;
  }

  /**
   * The face that is where another one's landmarks say, looked at upright and close up; null when there is none.
   *
   * @param drawn - the aligned crop that is to be looked at in place of the photo's own
   */
  findNear(pixels: Pixels, landmarks: Float32Array, drawn?: Float32Array): Float32Array | null {
    const closeUp = closeUpOf(pixels, landmarks, drawn);
    const again = this.#detect(closeUp.pixels, ORIGIN).map((face) => closeUp.toPhoto(face.landmarks));
    return sameFace({ landmarks }, again);
  }

  /** Faces with their pose, in a small picture such as a camera frame. */
  findPosed(pixels: Pixels): PosedFace[] {
    return this.#detect(pixels, ORIGIN);
  }

  /** What looks like a face in tiles of the photo, `count` a side; tiles too small for a face are not looked at. */
  *#findInTiles(pixels: Pixels, count: number): Generator<Float32Array> {
    const side = (TILE_SIZE * (count + 1)) / 2;
    if (Math.max(pixels.width, pixels.height) < side) return;
    // Reduced once and then cut: the tiles overlap.
    const { pixels: small, factor } = reduceTo(pixels, side);
    for (const tile of tilesOf(small, count)) {
      for (const { landmarks } of this.#detect(tile.cut(), tile)) {
        if (tile.holds(landmarks)) yield landmarks.map((value) => value * factor);
      }
    }
  }

  /** Faces in the picture's pixels, where `pixels` are the picture's from `origin` on. */
  #detect(pixels: Pixels, origin: Point): PosedFace[] {
    const { pixels: small, factor } = reduceTo(pixels, DETECTION_SIZE);
    const image = new ImageData(small.data, small.width, small.height);
    const { faceLandmarks, facialTransformationMatrixes } = this.#run(image);
    const width = small.width * factor;
    const height = small.height * factor;
    return faceLandmarks.map((points, index) => ({
      landmarks: Float32Array.from(
        points.flatMap(({ x, y }) => [origin.x + x * width, origin.y + y * height]),
      ),
      pose: facialTransformationMatrixes[index]?.data ?? [],
    }));
  }

  #run(image: ImageData): ReturnType<FaceLandmarker['detect']> {
    const start = performance.now();
    try {
      return this.landmarker.detect(image);
    } catch (cause) {
      const code = /activeTexture|webgl/i.test(String(cause)) ? 'webgl-missing' : 'backend-failed';
      throw new RofiError(code, `face landmarker: ${String(cause)}`, {}, { cause });
    } finally {
      this.#milliseconds += performance.now() - start;
    }
  }
}
