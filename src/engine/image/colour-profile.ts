/**
 * Colours that three curves and a matrix describe, such as in the Display P3 profiles that telephones write
 * (ICC.1:2022, sections 7, 8.3, 10.6).
 */
import { viewOf } from '../../record/bytes';
import type { Pixels } from '../types';
import { SRGB_COLUMNS } from './srgb-profile';

/** A colour as XYZ, or as three cone responses. */
export type Triple = readonly [number, number, number];

/** How to get from a picture's own RGB to light: per channel a curve, then three columns of XYZ. */
export interface ColourProfile {
  /** Linear light for each 8-bit value, white at 1: red, green, blue. */
  readonly curves: readonly [Float64Array, Float64Array, Float64Array];
  /** XYZ (D50) of full red, green and blue. */
  readonly columns: readonly [Triple, Triple, Triple];
}

/** Rows that take XYZ (D50) to linear sRGB: the inverse of sRGB's primaries, adapted by Bradford. */
const XYZ_TO_SRGB: readonly [Triple, Triple, Triple] = [
  [3.1338561, -1.6168667, -0.4906146],
  [-0.9787684, 1.9161415, 0.033454],
  [0.0719453, -0.2289914, 1.4052427],
];

/** Steps of linear light between 0 and 1 that are told apart when going back to 8 bits. */
const STEPS = 4095;

/** Colours that the profile moves by less than this, of 255, stay as they are: it is sRGB under another name. */
const NOTHING = 1.5;

/** The picture in sRGB, which is what a file without a profile is taken for. */
export function toSrgb(pixels: Pixels, { curves, columns }: ColourProfile): Pixels {
  const matrix = XYZ_TO_SRGB.map((row) => columns.map((column) => dot(row, column)));
  const [[rr = 1, rg = 0, rb = 0] = [], [gr = 0, gg = 1, gb = 0] = [], [br = 0, bg = 0, bb = 1] = []] =
    matrix;
  const encoded = Uint8ClampedArray.from({ length: STEPS + 1 }, (_, i) => 255 * encodeSrgb(i / STEPS));
  const [reds, greens, blues] = curves;
  const level = (light: number): number =>
    encoded[Math.min(Math.max(Math.round(light * STEPS), 0), STEPS)] ?? 0;
  const convert = ({ data }: Pick<Pixels, 'data'>): Uint8ClampedArray<ArrayBuffer> => {
    const out = data.slice();
    for (let i = 0; i < out.length; i += 4) {
      const red = reds[data[i] ?? 0] ?? 0;
      const green = greens[data[i + 1] ?? 0] ?? 0;
      const blue = blues[data[i + 2] ?? 0] ?? 0;
      out[i] = level(rr * red + rg * green + rb * blue);
      out[i + 1] = level(gr * red + gg * green + gb * blue);
      out[i + 2] = level(br * red + bg * green + bb * blue);
    }
    return out;
  };
  const probe = PROBES.slice();
  const moved = convert({ data: probe }).map((value, i) => Math.abs(value - (probe[i] ?? 0)));
  return Math.max(...moved) < NOTHING ? pixels : { ...pixels, data: convert(pixels) };
}

/** Strong and weak colours, RGBA. */
const PROBES = Uint8ClampedArray.from(
  [40, 128, 220].flatMap((red) =>
    [40, 128, 220].flatMap((green) => [40, 128, 220].flatMap((blue) => [red, green, blue, 255])),
  ),
);

function encodeSrgb(light: number): number {
  return light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
}

export function dot(one: Triple, other: Triple): number {
  return one[0] * other[0] + one[1] * other[1] + one[2] * other[2];
}

/** White of ICC's XYZ. */
export const D50: Triple = [0.9642, 1, 0.8249];
/** How far from it full red, green and blue may add up. */
const WHITE_TOLERANCE = 0.1;

/**
 * Reads an ICC profile.
 *
 * @param isGrey - whether the picture has one channel; a profile for another kind of picture does not count
 * @returns `tables` for a profile without curves and matrix; null for one that says nothing sensible
 * @throws RangeError for a broken profile
 */
export function parseProfile(profile: Uint8Array, isGrey: boolean): ColourProfile | 'tables' | null {
  const space = ascii(profile, 16, 4);
  if (space !== (isGrey ? 'GRAY' : 'RGB ')) return space === 'CMYK' ? 'tables' : null;
  const view = viewOf(profile);
  const tags = new Map<string, number>();
  for (let i = 0, at = 132; i < view.getUint32(128); i++, at += 12) {
    tags.set(ascii(profile, at, 4), view.getUint32(at + 4));
  }
  const [grey, ...curves] = ['k', 'r', 'g', 'b'].map((name) => tags.get(`${name}TRC`));
  if (isGrey && grey !== undefined)
    return { curves: same(tabulate(curveAt(view, profile, grey))), columns: SRGB_COLUMNS };
  const columns = ['r', 'g', 'b'].map((name) => tags.get(`${name}XYZ`));
  const [[rx, gx, bx], [rc, gc, bc]] = [columns, curves];
  const matrix = rx !== undefined && gx !== undefined && bx !== undefined;
  if (!matrix || rc === undefined || gc === undefined || bc === undefined) {
    return tags.has('A2B0') ? 'tables' : null;
  }
  const column = (at: number): Triple => [fixed(view, at + 8), fixed(view, at + 12), fixed(view, at + 16)];
  const curve = (at: number): Float64Array => tabulate(curveAt(view, profile, at));
  const colours: ColourProfile = {
    columns: [column(rx), column(gx), column(bx)],
    curves: [curve(rc), curve(gc), curve(bc)],
  };
  return isSensible(colours) ? colours : null;
}

/** Full red, green and blue make white. */
function isSensible({ columns: [red, green, blue] }: ColourProfile): boolean {
  return D50.every(
    (white, i) => Math.abs((red[i] ?? 0) + (green[i] ?? 0) + (blue[i] ?? 0) - white) < WHITE_TOLERANCE,
  );
}

/** A curve by its 256 values. */
export function tabulate(light: (value: number) => number): Float64Array {
  return Float64Array.from({ length: 256 }, (_, value) => light(value / 255));
}

/** One curve for red, green and blue. */
export function same(curve: Float64Array): ColourProfile['curves'] {
  return [curve, curve, curve];
}

function curveAt(view: DataView, profile: Uint8Array, at: number): (value: number) => number {
  return readCurve(view, at, ascii(profile, at, 4));
}

/** Types `curv` and `para`: from a stored value to linear light, both 0..1. */
function readCurve(view: DataView, at: number, type: string): (value: number) => number {
  if (type === 'curv') {
    const count = view.getUint32(at + 8);
    if (count === 0) return (value) => value;
    if (count === 1) return (value) => value ** (view.getUint16(at + 12) / 256);
    return (value) => {
      const place = value * (count - 1);
      const low = Math.min(Math.floor(place), count - 2);
      const entry = (i: number): number => view.getUint16(at + 12 + 2 * i) / 65535;
      return entry(low) + (place - low) * (entry(low + 1) - entry(low));
    };
  }
  if (type !== 'para') throw new RangeError(`curve of type ${type}`);
  const [g, a = 1, b = 0, c = 0, d, e = 0, f = 0] = Array.from(
    { length: [1, 3, 4, 5, 7][view.getUint16(at + 8)] ?? 0 },
    (_, i) => fixed(view, at + 12 + 4 * i),
  );
  if (g === undefined) throw new RangeError('parametric curve of an unknown kind');
  const power = (value: number): number => (a * value + b) ** g;
  // The simpler kinds name no bend: the curve is flat until the power law begins.
  if (d === undefined) return (value) => (value >= -b / a ? power(value) : 0) + c;
  return (value) => (value >= d ? power(value) + e : c * value + f);
}

/** A signed 15.16 fixed-point number. */
function fixed(view: DataView, at: number): number {
  return view.getInt32(at) / 65536;
}

function ascii(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}
