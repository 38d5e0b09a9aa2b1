import { CROP_SIZE } from '../geometry/alignment';
import { CubicSampler } from '../geometry/cubic-sampler';
import { sampleMeans } from '../geometry/resampling';
import { invert, transformPoint } from '../geometry/similarity';
import type { Pixels, Similarity } from '../types';
import { GRID } from './cells';

/** Crop pixels kept round the crop for smooth sampling, and for an alignment that is still to be found. */
const MARGIN = { exact: 2, near: 20 } as const;
/** Where a face is finer than this many photo pixels a crop pixel, whole blocks of pixels are read and written as one. */
const FINE = 3;

const CELL = CROP_SIZE / GRID;

/**
 * The part of a photo round one face, in floating point: the code is finer than 8-bit steps. Where the photo is much finer
 * than the crop, a pixel of it is the mean of a block of the photo's, and a block is changed as a whole: writing and
 * reading see the same.
 */
export class Region {
  readonly #block: number;
  /** In photo pixels. */
  readonly #left: number;
  readonly #top: number;
  /** In blocks. */
  readonly #width: number;
  readonly #height: number;
  /** [height, width, 3] in 0..255: as the photo is, and as it is to be. */
  readonly #before: Float32Array;
  readonly #data: Float32Array;

  /**
   * @param near - how the face is aligned, from photo pixels to crop pixels
   * @param known - whether exactly so, or about so
   */
  constructor(
    private readonly photo: Pixels,
    near: Similarity,
    known: keyof typeof MARGIN,
  ) {
    const margin = MARGIN[known];
    const back = invert(near);
    this.#block = Math.max(1, Math.floor(Math.hypot(back.a, back.b) / FINE));
    const corners = [-margin, CROP_SIZE + margin].flatMap((x) =>
      [-margin, CROP_SIZE + margin].map((y) => transformPoint(back, { x, y })),
    );
    const range = (values: readonly number[], size: number): readonly [number, number] => {
      const from = Math.min(Math.max(Math.floor(Math.min(...values)), 0), size - this.#block);
      const to = Math.min(Math.max(Math.ceil(Math.max(...values)), from + this.#block), size);
      return [from, Math.floor((to - from) / this.#block)];
    };
    [this.#left, this.#width] = range(
      corners.map(({ x }) => x),
      photo.width,
    );
    [this.#top, this.#height] = range(
      corners.map(({ y }) => y),
      photo.height,
    );
    this.#before = this.#means(photo);
    this.#data = this.#before.slice();
  }

  /**
   * The face cut out, [3, 256, 256] planar RGB in [-1, 1], nothing rounded.
   *
   * @param wanted - [256, 256], 0 where nobody looks: there the answer is 0
   */
  cut(transform: Similarity, wanted?: Uint8Array): Float32Array<ArrayBuffer> {
    const fineness = 1 / Math.hypot(transform.a, transform.b);
    const samples = Math.max(1, Math.ceil(fineness / this.#block - 1e-6));
    const part = { data: this.#data, width: this.#width, height: this.#height };
    return sampleMeans(part, this.#backFrom(transform), CROP_SIZE, samples, wanted);
  }

  /** Adds to the photo what is to change in its crop, smoothly. */
  add(change: Float32Array, transform: Similarity): void {
    const { a, b, tx, ty } = invert(this.#backFrom(transform));
    const wanted = new CubicSampler(change, CROP_SIZE);
    const near = cellsNear(change);
    const [data, width, height] = [this.#data, this.#width, this.#height];
    for (let y = 0, at = 0; y < height; y++) {
      for (let x = 0; x < width; x++, at += 3) {
        const u = a * (x + 0.5) - b * (y + 0.5) + tx;
        const v = b * (x + 0.5) + a * (y + 0.5) + ty;
        if (u < 0 || v < 0 || u >= CROP_SIZE || v >= CROP_SIZE) continue;
        // Whole parts of numbers that are not negative.
        if (near[((v / CELL) | 0) * GRID + ((u / CELL) | 0)] === 0) continue;
        wanted.moveTo(u - 0.5, v - 0.5);
        data[at]! += wanted.red * 127.5;
        data[at + 1]! += wanted.green * 127.5;
        data[at + 2]! += wanted.blue * 127.5;
      }
    }
  }

  /** The region itself in 8 bits, a pixel for each block. */
  pixels(): Pixels {
    const exact = this.#data;
    const data = new Uint8ClampedArray(this.#width * this.#height * 4).fill(255);
    for (let from = 0, to = 0; from < exact.length; from += 3, to += 4) {
      data[to] = exact[from]!;
      data[to + 1] = exact[from + 1]!;
      data[to + 2] = exact[from + 2]!;
    }
    return { width: this.#width, height: this.#height, data };
  }

  /** Takes 8-bit pixels, as {@link pixels} gives them, in the place of its own. */
  take({ data }: Pixels): void {
    const own = this.#data;
    for (let from = 0, to = 0; to < own.length; from += 4, to += 3) {
      own[to] = data[from]!;
      own[to + 1] = data[from + 1]!;
      own[to + 2] = data[from + 2]!;
    }
  }

  /** Makes the region what the photo is. */
  reset(): void {
    this.#data.set(this.#before);
  }

  /** Changes the photo as the region has been, in 8 bits: a block's pixels are rounded so that its mean is right. */
  write(): void {
    const { data, width } = this.photo;
    const [block, after, before] = [this.#block, this.#data, this.#before];
    for (let y = 0; y < this.#height * block; y++) {
      const row = Math.floor(y / block) * this.#width * 3;
      let to = ((this.#top + y) * width + this.#left) * 4;
      for (let at = row; at < row + this.#width * 3; at += 3) {
        for (let i = 0; i < block; i++, to += 4) {
          const rounding = ((y % block) * block + i + 0.5) / block ** 2 - 0.5;
          data[to] = data[to]! + (after[at]! - before[at]!) + rounding;
          data[to + 1] = data[to + 1]! + (after[at + 1]! - before[at + 1]!) + rounding;
          data[to + 2] = data[to + 2]! + (after[at + 2]! - before[at + 2]!) + rounding;
        }
      }
    }
  }

  /** The means of the photo's blocks. */
  #means({ data, width }: Pixels): Float32Array {
    const block = this.#block;
    const stride = this.#width * 3;
    const means = new Float32Array(stride * this.#height);
    const share = 1 / (block * block);
    for (let y = 0; y < this.#height * block; y++) {
      const row = Math.floor(y / block) * stride;
      let from = ((this.#top + y) * width + this.#left) * 4;
      for (let to = row; to < row + stride; to += 3) {
        for (let i = 0; i < block; i++, from += 4) {
          means[to]! += share * data[from]!;
          means[to + 1]! += share * data[from + 1]!;
          means[to + 2]! += share * data[from + 2]!;
        }
      }
    }
    return means;
  }

  /** From crop pixels to the region's blocks. */
  #backFrom(transform: Similarity): Similarity {
    const { a, b, tx, ty } = invert(transform);
    const block = this.#block;
    return { a: a / block, b: b / block, tx: (tx - this.#left) / block, ty: (ty - this.#top) / block };
  }
}

/** [32, 32]: 1 for the crop's cells that hold a change, and those beside them, into which it reaches. */
function cellsNear(change: Float32Array): Uint8Array {
  const changed = new Uint8Array(GRID * GRID);
  for (let i = 0; i < change.length; i++) {
    if (change[i] === 0) continue;
    const row = ((i % CROP_SIZE ** 2) / CROP_SIZE / CELL) | 0;
    changed[row * GRID + (((i % CROP_SIZE) / CELL) | 0)] = 1;
  }
  const near = changed.slice();
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
