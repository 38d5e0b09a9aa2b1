import { CROP_SIZE } from '../geometry/alignment';
import { CubicSampler } from '../geometry/cubic-sampler';
import { sampleMeans, type Samples } from '../geometry/resampling';
import { invert, transformPoint } from '../geometry/similarity';
import type { Pixels, Similarity } from '../types';
import { GRID } from './cells';

/** Crop pixels kept round the crop, for an alignment that is still to be found and for smooth sampling. */
const MARGIN = 20;
/** Where a face is finer than this many photo pixels a crop pixel, blocks of it are averaged before it is sampled. */
const FINE = 3;

const CELL = CROP_SIZE / GRID;

/**
 * The part of a photo round one face, in floating point: the code is finer than 8-bit steps. It is made of whole blocks
 * that are averaged where the photo is much finer than the crop, so that writing and reading see the same.
 */
export class Region {
  readonly #data: Float32Array;
  readonly #left: number;
  readonly #top: number;
  readonly #width: number;
  readonly #height: number;

  /** @param near - about how the face is aligned, from photo pixels to crop pixels */
  constructor(
    private readonly photo: Pixels,
    near: Similarity,
  ) {
    const back = invert(near);
    const corners = [-MARGIN, CROP_SIZE + MARGIN].flatMap((x) =>
      [-MARGIN, CROP_SIZE + MARGIN].map((y) => transformPoint(back, { x, y })),
    );
    const range = (values: readonly number[], size: number): readonly [number, number] => {
      const from = Math.min(Math.max(Math.floor(Math.min(...values)), 0), size - 1);
      return [from, Math.min(Math.max(Math.ceil(Math.max(...values)), from + 1), size) - from];
    };
    [this.#left, this.#width] = range(
      corners.map(({ x }) => x),
      photo.width,
    );
    [this.#top, this.#height] = range(
      corners.map(({ y }) => y),
      photo.height,
    );
    this.#data = new Float32Array(this.#width * this.#height * 3);
    for (let y = 0, to = 0; y < this.#height; y++) {
      let from = ((this.#top + y) * photo.width + this.#left) * 4;
      for (let x = 0; x < this.#width; x++, from += 4) {
        for (let channel = 0; channel < 3; channel++) this.#data[to++] = photo.data[from + channel] ?? 0;
      }
    }
  }

  /**
   * The face cut out, [3, 256, 256] planar RGB in [-1, 1], nothing rounded.
   *
   * @param wanted - [256, 256], 0 where nobody looks: there the answer is 0
   */
  cut(transform: Similarity, wanted?: Uint8Array): Float32Array<ArrayBuffer> {
    const fineness = 1 / Math.hypot(transform.a, transform.b);
    const block = Math.max(1, Math.floor(fineness / FINE));
    const part =
      block > 1 ? this.#averaged(block) : { data: this.#data, width: this.#width, height: this.#height };
    const samples = Math.max(1, Math.ceil(fineness / block - 1e-6));
    const back = this.#backFrom(transform, block);
    return sampleMeans({ ...part, channels: 3 }, back, CROP_SIZE, samples, wanted);
  }

  /** Adds to the photo what is to change in its crop, smoothly. */
  add(change: Float32Array, transform: Similarity): void {
    const { a, b, tx, ty } = transform;
    const wanted = new CubicSampler(change, CROP_SIZE);
    const near = cellsNear(change);
    for (let y = 0, at = 0; y < this.#height; y++) {
      for (let x = 0; x < this.#width; x++, at += 3) {
        const [px, py] = [x + this.#left + 0.5, y + this.#top + 0.5];
        const u = a * px - b * py + tx;
        const v = b * px + a * py + ty;
        if (u < 0 || v < 0 || u >= CROP_SIZE || v >= CROP_SIZE) continue;
        if (!near[Math.floor(v / CELL) * GRID + Math.floor(u / CELL)]) continue;
        wanted.moveTo(u - 0.5, v - 0.5);
        this.#data[at] = (this.#data[at] ?? 0) + wanted.red * 127.5;
        this.#data[at + 1] = (this.#data[at + 1] ?? 0) + wanted.green * 127.5;
        this.#data[at + 2] = (this.#data[at + 2] ?? 0) + wanted.blue * 127.5;
      }
    }
  }

  /** The region itself in 8 bits. */
  pixels(): Pixels {
    const [width, height] = [this.#width, this.#height];
    const data = new Uint8ClampedArray(width * height * 4).fill(255);
    for (let from = 0, to = 0; from < this.#data.length; to += 4) {
      for (let channel = 0; channel < 3; channel++) data[to + channel] = this.#data[from++]!;
    }
    return { width, height, data };
  }

  /** Takes 8-bit pixels in the place of its own. */
  take({ data }: Pixels): void {
    for (let to = 0, from = 0; to < this.#data.length; from += 4) {
      for (let channel = 0; channel < 3; channel++) this.#data[to++] = data[from + channel]!;
    }
  }

  /** Puts the region back into its photo, in 8 bits. */
  write(): void {
    const { data } = this.pixels();
    for (let y = 0; y < this.#height; y++) {
      let to = ((this.#top + y) * this.photo.width + this.#left) * 4;
      for (let x = 0, from = y * this.#width * 4; x < this.#width; x++, to += 4, from += 4) {
        for (let channel = 0; channel < 3; channel++) this.photo.data[to + channel] = data[from + channel]!;
      }
    }
  }

  #averaged(block: number): Omit<Samples, 'channels'> {
    const width = Math.max(1, Math.floor(this.#width / block));
    const height = Math.max(1, Math.floor(this.#height / block));
    const data = new Float32Array(width * height * 3);
    for (let y = 0; y < height * block && y < this.#height; y++) {
      const row = Math.floor(y / block) * width * 3;
      for (let x = 0; x < width * block && x < this.#width; x++) {
        const to = row + Math.floor(x / block) * 3;
        const from = (y * this.#width + x) * 3;
        for (let channel = 0; channel < 3; channel++) {
          data[to + channel] = (data[to + channel] ?? 0) + (this.#data[from + channel] ?? 0) / block ** 2;
        }
      }
    }
    return { data, width, height };
  }

  /** From crop pixels to the region's pixels, or blocks of them. */
  #backFrom(transform: Similarity, block: number): Similarity {
    const { a, b, tx, ty } = invert(transform);
    return { a: a / block, b: b / block, tx: (tx - this.#left) / block, ty: (ty - this.#top) / block };
  }
}

/** [32, 32]: 1 for the crop's cells that hold a change, and those beside them, into which it reaches. */
function cellsNear(change: Float32Array): Uint8Array {
  const near = new Uint8Array(GRID * GRID);
  change.forEach((value, i) => {
    if (value === 0) return;
    const [row, column] = [
      Math.floor((i % CROP_SIZE ** 2) / CROP_SIZE / CELL),
      Math.floor((i % CROP_SIZE) / CELL),
    ];
    near[row * GRID + column] = 1;
  });
  const changed = near.slice();
  for (let row = 0; row < GRID; row++) {
    for (let column = 0; column < GRID; column++) {
      if (!changed[row * GRID + column]) continue;
      for (let y = Math.max(row - 1, 0); y <= Math.min(row + 1, GRID - 1); y++) {
        near.fill(1, y * GRID + Math.max(column - 1, 0), y * GRID + Math.min(column + 1, GRID - 1) + 1);
      }
    }
  }
  return near;
}
