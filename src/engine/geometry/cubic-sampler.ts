/** Pixels round a 4×4 neighbourhood, so that no position needs clamping. */
const BORDER = 3;

/**
 * Samples an image between its pixels with Catmull-Rom splines: bilinear would blur the code hidden for restoration.
 * Interleaved and with its border repeated, for it is asked millions of times.
 */
export class CubicSampler {
  red = 0;
  green = 0;
  blue = 0;
  readonly #pixels: Float32Array;
  readonly #stride: number;
  readonly #last: number;

  /** @param image - [3, size, size] planar */
  constructor(image: Float32Array, size: number) {
    const side = size + 2 * BORDER;
    this.#stride = side * 3;
    this.#last = size;
    this.#pixels = new Float32Array(side * side * 3);
    for (let y = 0; y < side; y++) {
      const row = Math.min(Math.max(y - BORDER, 0), size - 1) * size;
      for (let x = 0; x < side; x++) {
        const from = row + Math.min(Math.max(x - BORDER, 0), size - 1);
        const to = (y * side + x) * 3;
        for (let channel = 0; channel < 3; channel++) {
          this.#pixels[to + channel] = image[channel * size * size + from] ?? 0;
        }
      }
    }
  }

  /** Puts the colour at a place, in pixel indices, into `red`, `green` and `blue`. */
  moveTo(x: number, y: number): void {
    const inX = Math.min(Math.max(x, -1), this.#last);
    const inY = Math.min(Math.max(y, -1), this.#last);
    const left = Math.floor(inX);
    const top = Math.floor(inY);
    const fx = inX - left;
    const fy = inY - top;
    const u0 = ((2 - fx) * fx - 1) * fx * 0.5;
    const u1 = (3 * fx - 5) * fx * fx * 0.5 + 1;
    const u2 = ((4 - 3 * fx) * fx + 1) * fx * 0.5;
    const u3 = (fx - 1) * fx * fx * 0.5;
    const start = (top - 1 + BORDER) * this.#stride + (left - 1 + BORDER) * 3;
    const v0 = ((2 - fy) * fy - 1) * fy * 0.5;
    const v1 = (3 * fy - 5) * fy * fy * 0.5 + 1;
    const v2 = ((4 - 3 * fy) * fy + 1) * fy * 0.5;
    const v3 = (fy - 1) * fy * fy * 0.5;
    const pixels = this.#pixels;
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let row = 0, at = start; row < 4; row++, at += this.#stride) {
      const v = row === 0 ? v0 : row === 1 ? v1 : row === 2 ? v2 : v3;
      red +=
        v *
        (u0 * (pixels[at] ?? 0) +
          u1 * (pixels[at + 3] ?? 0) +
          u2 * (pixels[at + 6] ?? 0) +
          u3 * (pixels[at + 9] ?? 0));
      green +=
        v *
        (u0 * (pixels[at + 1] ?? 0) +
          u1 * (pixels[at + 4] ?? 0) +
          u2 * (pixels[at + 7] ?? 0) +
          u3 * (pixels[at + 10] ?? 0));
      blue +=
        v *
        (u0 * (pixels[at + 2] ?? 0) +
          u1 * (pixels[at + 5] ?? 0) +
          u2 * (pixels[at + 8] ?? 0) +
          u3 * (pixels[at + 11] ?? 0));
    }
    this.red = red;
    this.green = green;
    this.blue = blue;
  }
}
