/** Filters on square planes of floats, as OpenCV defines them, since training draws with OpenCV. */

/** So many rows are filtered side by side: each weight is read once for all of them. */
const LINES = 4;

/** Gaussian blur of a [size, size] plane, its size a multiple of four; borders mirrored without repeating the edge. */
export function gaussianBlur(plane: Float32Array, size: number, sigma: number): Float32Array<ArrayBuffer> {
  const kernel = gaussianKernel(sigma);
  // Filtering rows and writing them as columns, twice, filters both ways.
  return blurRowsTransposed(blurRowsTransposed(plane, size, kernel), size, kernel);
}

/** Half of the kernel, from its centre outwards; radius 4 σ. */
function gaussianKernel(sigma: number): Float32Array {
  const radius = (Math.round(8 * sigma + 1) | 1) >> 1;
  const weights = Float32Array.from({ length: radius + 1 }, (_, i) =>
    Math.exp((-i * i) / (2 * sigma * sigma)),
  );
  const total = weights.reduce((sum, weight, i) => sum + (i === 0 ? weight : 2 * weight), 0);
  return weights.map((weight) => weight / total);
}

function blurRowsTransposed(
  plane: Float32Array,
  size: number,
  kernel: Float32Array,
): Float32Array<ArrayBuffer> {
  const radius = kernel.length - 1;
  const out = new Float32Array(size * size);
  // The same place of all lines, then the next place.
  const padded = new Float64Array(LINES * (size + 2 * radius));
  for (let y = 0; y < size; y += LINES) {
    // Masks are mostly empty, and an empty row stays empty.
    if (isEmpty(plane, y * size, LINES * size)) continue;
    for (let i = 0, to = 0; to < padded.length; i++) {
      const from = y * size + mirror(i - radius, size);
      for (let line = 0; line < LINES; line++, to++) padded[to] = plane[from + line * size]!;
    }
    for (let x = 0, to = y; x < size; x++, to += size) {
      const centre = LINES * (x + radius);
      const middle = kernel[0]!;
      let first = middle * padded[centre]!;
      let second = middle * padded[centre + 1]!;
      let third = middle * padded[centre + 2]!;
      let fourth = middle * padded[centre + 3]!;
      for (let k = 1, before = centre - LINES, after = centre + LINES; k <= radius; k++) {
        const weight = kernel[k]!;
        first += weight * (padded[before]! + padded[after]!);
        second += weight * (padded[before + 1]! + padded[after + 1]!);
        third += weight * (padded[before + 2]! + padded[after + 2]!);
        fourth += weight * (padded[before + 3]! + padded[after + 3]!);
        before -= LINES;
        after += LINES;
      }
      out[to] = first;
      out[to + 1] = second;
      out[to + 2] = third;
      out[to + 3] = fourth;
    }
  }
  return out;
}

function isEmpty(plane: Float32Array, start: number, length: number): boolean {
  for (let i = start; i < start + length; i++) if (plane[i] !== 0) return false;
  return true;
}

function mirror(index: number, size: number): number {
  const last = size - 1;
  const within = Math.abs(index) % (2 * last);
  return within > last ? 2 * last - within : within;
}

/** Smallest value within a square of `radius` pixels; beyond the border counts as 0. */
export function erode(plane: Float32Array, size: number, radius: number): Float32Array<ArrayBuffer> {
  return negated(dilateBeyond(negated(plane), size, radius, 0));
}

/** Largest value within a square of `radius` pixels. */
export function dilate(plane: Float32Array, size: number, radius: number): Float32Array<ArrayBuffer> {
  return dilateBeyond(plane, size, radius, -Infinity);
}

function dilateBeyond(
  plane: Float32Array,
  size: number,
  radius: number,
  beyond: number,
): Float32Array<ArrayBuffer> {
  const columns = largestInRowsTransposed(plane, size, radius, beyond);
  return largestInRowsTransposed(columns, size, radius, beyond);
}

function largestInRowsTransposed(
  plane: Float32Array,
  size: number,
  radius: number,
  beyond: number,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(size * size);
  const width = 2 * radius + 1;
  const padded = new Float32Array(size + 2 * radius);
  for (let y = 0; y < size; y++) {
    padded.fill(beyond);
    padded.set(plane.subarray(y * size, (y + 1) * size), radius);
    // Each place gets the largest of twice as many as before; the last two ranges overlap.
    let span = 1;
    for (; 2 * span <= width; span *= 2) raiseTo(padded, span, padded.length - span);
    raiseTo(padded, width - span, size);
    for (let x = 0; x < size; x++) out[x * size + y] = padded[x]!;
  }
  return out;
}

/** Raises values to those `ahead` of them. */
function raiseTo(values: Float32Array, ahead: number, count: number): void {
  for (let i = 0; i < count; i++) {
    const value = values[i + ahead]!;
    if (value > values[i]!) values[i] = value;
  }
}

function negated(plane: Float32Array): Float32Array<ArrayBuffer> {
  const out = new Float32Array(plane.length);
  for (let i = 0; i < out.length; i++) out[i] = -(plane[i] ?? 0);
  return out;
}

/**
 * Means of `factor`×`factor` blocks of a [side, side] plane.
 *
 * @param mask - [side, side]: what the plane is multiplied with first; by default nothing
 */
export function blockMeans(
  plane: Float32Array,
  side: number,
  factor: number,
  mask?: Float32Array,
): Float32Array<ArrayBuffer> {
  const small = side / factor;
  const means = new Float32Array(small * small);
  const share = 1 / (factor * factor);
  for (let y = 0, from = 0; y < side; y++) {
    const row = Math.floor(y / factor) * small;
    for (let to = row; to < row + small; to++) {
      let sum = 0;
      if (mask) for (let i = 0; i < factor; i++, from++) sum += Math.fround(plane[from]! * mask[from]!);
      else for (let i = 0; i < factor; i++) sum += plane[from++]!;
      means[to] = means[to]! + sum * share;
    }
  }
  return means;
}

/** Enlarges a [size, size] plane bilinearly, pixel centres aligned, borders repeated. */
export function enlargePlane(plane: Float32Array, size: number, factor: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array((size * factor) ** 2);
  enlargeInto(out, plane, size, factor);
  return out;
}

/** The same into a plane that is there already. */
export function enlargeInto(out: Float32Array, plane: Float32Array, size: number, factor: number): void {
  const large = size * factor;
  const { before, after, share } = between(size, factor);
  const wide = new Float32Array(size * large);
  for (let row = 0, to = 0; to < wide.length; row += size) {
    for (let x = 0; x < large; x++, to++) {
      const from = plane[row + before[x]!]!;
      wide[to] = from + (plane[row + after[x]!]! - from) * share[x]!;
    }
  }
  for (let y = 0, to = 0; y < large; y++) {
    const part = share[y]!;
    let upper = before[y]! * large;
    let lower = after[y]! * large;
    for (let x = 0; x < large; x++, to++, upper++, lower++) {
      const from = wide[upper]!;
      out[to] = from + (wide[lower]! - from) * part;
    }
  }
}

/** For each place of an enlarged row: between which two it lies, and how far on the way from one to the other. */
function between(size: number, factor: number) {
  const large = size * factor;
  const before = new Uint16Array(large);
  const after = new Uint16Array(large);
  const share = new Float64Array(large);
  for (let x = 0; x < large; x++) {
    const u = Math.min(Math.max((x + 0.5) / factor - 0.5, 0), size - 1);
    before[x] = Math.floor(u);
    after[x] = Math.min(before[x]! + 1, size - 1);
    share[x] = u - before[x]!;
  }
  return { before, after, share };
}
