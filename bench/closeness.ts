import { ssim } from '../src/engine/checks/restoration';
import { CROP_SIZE } from '../src/engine/geometry/alignment';
import { resampleCrop } from '../src/engine/geometry/resampling';
import { compose } from '../src/engine/geometry/similarity';
import { decodePhoto } from '../src/engine/image/decode';
import { embedFace } from '../src/engine/networks/recogniser';
import type { Runtime } from '../src/engine/networks/runtime';
import { diskLibrary, nodeRuntime } from '../src/engine/testing/runtime';
import type { Similarity } from '../src/engine/types';

/** How close a restored face is to the original. */
export interface Closeness {
  /** SSIM inside the blending oval. */
  readonly ssim: number;
  /** The recogniser's Euclidean distance. */
  readonly distance: number;
}

/** Compares faces in Node, with the product's own measures. */
export class FaceComparer {
  private constructor(
    private readonly runtime: Runtime,
    readonly threshold: number,
  ) {}

  static async open(): Promise<FaceComparer> {
    const library = diskLibrary();
    const { threshold = 0 } = await library.entry('recogniser');
    return new FaceComparer(nodeRuntime(library), threshold);
  }

  /**
   * @param faces - where the faces lie in the original photo
   * @param toOriginal - where points of the restored picture lie in it
   */
  async compare(
    original: Uint8Array,
    restored: Uint8Array,
    faces: readonly { readonly transform: Similarity }[],
    toOriginal: Similarity,
  ): Promise<readonly Closeness[]> {
    const before = await decodePhoto({ name: 'original', bytes: original });
    const after = await decodePhoto({ name: 'restored', bytes: restored });
    const compared: Closeness[] = [];
    for (const { transform } of faces) {
      const known = resampleCrop(before.pixels, transform, CROP_SIZE);
      const seen = resampleCrop(after.pixels, compose(transform, toOriginal), CROP_SIZE);
      compared.push({ ssim: ssim(known, seen), distance: await this.#distance(known, seen) });
    }
    return compared;
  }

  async #distance(one: Float32Array, other: Float32Array): Promise<number> {
    const known = await embedFace(this.runtime, 'recogniser', one);
    const seen = await embedFace(this.runtime, 'recogniser', other);
    return Math.hypot(...known.map((value, i) => value - (seen[i] ?? 0)));
  }
}
