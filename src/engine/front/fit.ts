/** One robust fit finds the light of a photo's face and the bare face in it. */
import { front } from '../constants.json';
import type { MeshField } from '../geometry/raster';
import { CHANNELS, PLANE, SIDE, type BareModel } from './bare-model';
import { solve } from './solve';
import { sampleAt, tapAt } from './taps';

const ROUNDS = front.rounds;
/** Residuals, of the bare faces' own, at which a pixel counts half in the fit's next round. */
const DOUBT = front.doubt;
/** The middle of the face is hardly ever covered, by neither fringe nor mask: there the fit begins. */
const MIDDLE = front.middle;
/** Coordinates stay within so many deviations; what holds them, and the light, near 0. */
const REACH = front.reach;
const RIDGE = front.ridge;
const LIGHT_RIDGE = front.lightRidge;
/** Least share of a pixel that must be known for it to count in the fit. */
const KNOWN = 0.99;

/** The bare face in its light, [64, 64, 3] on the mean shape, by a fit that counts pixels the less the further they are off. */
export function fitBareFace(model: BareModel, tones: Float32Array, field: MeshField): Float32Array {
  const { rows, wanted, precision, first } = systemOf(model, tones, field);
  const count = model.deviation.length;
  const ridge = rows.map((_, i) => (i < count ? RIDGE / (model.deviation[i] ?? 1) ** 2 : LIGHT_RIDGE));
  const weight = precision.map((value, i) => value * (first[Math.floor(i / CHANNELS)] ?? 0));
  let at = new Float64Array(rows.length);
  for (let round = 0; round < ROUNDS; round++) {
    at = solve(...normalEquations(rows, wanted, weight, ridge));
    for (let i = 0; i < count; i++) {
      const most = REACH * (model.deviation[i] ?? 0);
      at[i] = Math.min(Math.max(at[i] ?? 0, -most), most);
    }
    const fitted = sumOf(rows, at, new Float32Array(wanted.length));
    for (let i = 0; i < wanted.length; i += CHANNELS) {
      let far = 0;
      for (let at = i; at < i + CHANNELS; at++) {
        far += (((wanted[at] ?? 0) - (fitted[at] ?? 0)) ** 2 * (precision[at] ?? 0)) / CHANNELS;
      }
      const counts = 1 / (1 + (far / DOUBT ** 2) ** 2);
      for (let at = i; at < i + CHANNELS; at++) weight[at] = counts * (precision[at] ?? 0);
    }
  }
  return sumOf(model.planes, at, model.mean.slice());
}

interface System {
  readonly rows: readonly Float32Array[];
  readonly wanted: Float32Array;
  /** One over the squared spread of bare faces. */
  readonly precision: Float32Array;
  /** How much each pixel counts in the first round. */
  readonly first: readonly number[];
}

/** What the fit has to explain at the pixels it knows, three values each, and what it explains it with. */
function systemOf(model: BareModel, tones: Float32Array, field: MeshField): System {
  const pixels: number[] = [];
  for (let i = 0; i < PLANE; i++) {
    if (field.covered[i] === 1 && sampleAt(model.used, 1, 0, tapAt(field, i, SIDE)) > KNOWN) pixels.push(i);
  }
  const taps = pixels.map((pixel) => tapAt(field, pixel, SIDE));
  const taken = (plane: Float32Array): Float32Array => {
    const values = new Float32Array(CHANNELS * pixels.length);
    taps.forEach((tap, i) => {
      for (let channel = 0; channel < CHANNELS; channel++) {
        values[CHANNELS * i + channel] = sampleAt(plane, CHANNELS, channel, tap);
      }
    });
    return values;
  };
  const mean = taken(model.mean);
  const wanted = mean.map(
    (value, i) => (tones[CHANNELS * pixels[Math.floor(i / CHANNELS)]! + (i % CHANNELS)] ?? 0) - value,
  );
  const precision = taken(model.spread).map((spread) => 1 / spread ** 2);
  const first = pixels.map((pixel) => {
    const y = field.y[pixel] ?? 0;
    return y > MIDDLE.top && y < MIDDLE.bottom ? 1 : MIDDLE.elsewhere;
  });
  return { rows: model.planes.map(taken), wanted, precision, first };
}

/** Weighted normal equations of rows that are to add up to what is wanted, with a ridge. */
function normalEquations(
  rows: readonly Float32Array[],
  wanted: Float32Array,
  weight: Float32Array,
  ridge: readonly number[],
): readonly [matrix: readonly Float64Array[], right: Float64Array] {
  const right = new Float64Array(rows.length);
  const weighted = new Float32Array(wanted.length);
  const matrix: Float64Array[] = [];
  for (const [i, row] of rows.entries()) {
    for (let k = 0; k < weighted.length; k++) weighted[k] = row[k]! * weight[k]!;
    right[i] = dot(weighted, wanted);
    const line = new Float64Array(i + 1);
    for (let j = 0; j <= i; j++) line[j] = dot(weighted, rows[j]!);
    line[i]! += ridge[i]!;
    matrix.push(line);
  }
  return [matrix, right];
}

/** In four sums, which a processor adds up side by side: most of the time goes here. */
function dot(one: Float32Array, other: Float32Array): number {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  const most = one.length - 3;
  let i = 0;
  for (; i < most; i += 4) {
    first += one[i]! * other[i]!;
    second += one[i + 1]! * other[i + 1]!;
    third += one[i + 2]! * other[i + 2]!;
    fourth += one[i + 3]! * other[i + 3]!;
  }
  for (; i < one.length; i++) first += one[i]! * other[i]!;
  return first + second + third + fourth;
}

/** Adds so much of each plane to one, in place. */
function sumOf(planes: readonly Float32Array[], shares: Float64Array, onto: Float32Array): Float32Array {
  planes.forEach((plane, of) => {
    const share = shares[of] ?? 0;
    for (let i = 0; i < onto.length; i++) onto[i] = (onto[i] ?? 0) + share * (plane[i] ?? 0);
  });
  return onto;
}
