/** MediaPipe's Face Landmarker, on the CPU delegate: the GPU one misses faces that this one finds. */
import { FaceLandmarker } from '@mediapipe/tasks-vision';
import loaderUrl from '@mediapipe/tasks-vision/vision_wasm_module_internal.js?url';
import wasmUrl from '@mediapipe/tasks-vision/vision_wasm_module_internal.wasm?url';
import { RofiError } from '../../errors';
import { shrinkTo } from '../image/resize';
import type { Pixels } from '../types';
import { sameFace } from './faces';
import { tilesOf, type Tile } from './tiles';

const MAX_FACES = 5;

/** The detector works on a few hundred pixels; a larger picture only costs time. */
const DETECTION_SIZE = 2048;

/** Finds faces with MediaPipe. Holds the model; one a worker. */
export class LandmarkFinder {
  private constructor(private readonly landmarker: FaceLandmarker) {}

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
      },
    );
    return new LandmarkFinder(landmarker);
  }

  /** 478 landmarks for each face, x and y interleaved, in photo pixels; small faces are looked for in tiles. */
  find(pixels: Pixels): Float32Array[] {
    const whole = this.#detect(shrinkTo(pixels, DETECTION_SIZE), {
      x: 0,
      y: 0,
      width: pixels.width,
      height: pixels.height,
    });
    return whole.length > 0 ? whole : this.#findInTiles(pixels);
  }

  #findInTiles(pixels: Pixels): Float32Array[] {
    for (const tiles of tilesOf(pixels)) {
      const found: Float32Array[] = [];
      for (const tile of tiles) {
        for (const landmarks of this.#detect(shrinkTo(tile.cut(), DETECTION_SIZE), tile)) {
          if (tile.holds(landmarks) && sameFace({ landmarks }, found) === null) found.push(landmarks);
        }
      }
      if (found.length > 0) return found;
    }
    return [];
  }

  /** Landmarks in the photo's pixels, where `area` is the part of the photo that `pixels` shows. */
  #detect(pixels: Pixels, area: Pick<Tile, 'x' | 'y' | 'width' | 'height'>): Float32Array[] {
    const { faceLandmarks } = this.#run(new ImageData(pixels.data, pixels.width, pixels.height));
    return faceLandmarks.map((points) =>
      Float32Array.from(points.flatMap(({ x, y }) => [area.x + x * area.width, area.y + y * area.height])),
    );
  }

  #run(image: ImageData): ReturnType<FaceLandmarker['detect']> {
    try {
      return this.landmarker.detect(image);
    } catch (cause) {
      const code = /activeTexture|webgl/i.test(String(cause)) ? 'webgl-missing' : 'backend-failed';
      throw new RofiError(code, `face landmarker: ${String(cause)}`, {}, { cause });
    }
  }
}
