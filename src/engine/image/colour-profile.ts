/** ICC profiles of the matrix kind, such as the Display P3 that telephones write (ICC.1:2022, sections 7, 8.3, 10.6). */
import { unzlibSync } from 'fflate';
import type { ImageFormat, Pixels } from '../types';

type Triple = readonly [number, number, number];

/** How to get from a picture's own RGB to light: per channel a curve, then three columns of XYZ. */
export interface ColourProfile {
  /** Linear light 0..1 for each 8-bit value, red, green, blue. */
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

/** The profile a file carries; null without one, or for one of another kind or broken, whose colours are taken as sRGB. */
export function readColourProfile(bytes: Uint8Array, format: ImageFormat): ColourProfile | null {
  try {
    const profile = PROFILES[format](bytes);
    return profile && parseProfile(profile);
  } catch {
    return null;
  }
}

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

function dot(one: Triple, other: Triple): number {
  return one[0] * other[0] + one[1] * other[1] + one[2] * other[2];
}

const PROFILES: Readonly<Record<ImageFormat, (bytes: Uint8Array) => Uint8Array | null>> = {
  jpeg: jpegProfile,
  png: pngProfile,
  webp: webpProfile,
};

/** APP2 segments "ICC_PROFILE\0", number and count, before the scan. */
function jpegProfile(bytes: Uint8Array): Uint8Array | null {
  const view = viewOf(bytes);
  const parts = new Map<number, Uint8Array>();
  for (
    let at = 2;
    view.getUint8(at) === 0xff && view.getUint8(at + 1) !== 0xda;
    at += 2 + view.getUint16(at + 2)
  ) {
    if (view.getUint8(at + 1) !== 0xe2 || ascii(bytes, at + 4, 11) !== 'ICC_PROFILE') continue;
    parts.set(view.getUint8(at + 16), bytes.subarray(at + 18, at + 2 + view.getUint16(at + 2)));
  }
  if (parts.size === 0) return null;
  const ordered = [...parts].sort(([one], [other]) => one - other).map(([, part]) => part);
  return Uint8Array.from(ordered.flatMap((part) => [...part]));
}

/** Chunk iCCP: a name, 0, a compression method, zlib. */
function pngProfile(bytes: Uint8Array): Uint8Array | null {
  const view = viewOf(bytes);
  for (let at = 8; at + 8 <= bytes.length; at += 12 + view.getUint32(at)) {
    const type = ascii(bytes, at + 4, 4);
    if (type === 'IDAT') return null;
    if (type !== 'iCCP') continue;
    const data = bytes.subarray(at + 8, at + 8 + view.getUint32(at));
    return unzlibSync(data.subarray(data.indexOf(0) + 2));
  }
  return null;
}

/** Chunk ICCP of the RIFF container. */
function webpProfile(bytes: Uint8Array): Uint8Array | null {
  const view = viewOf(bytes);
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = view.getUint32(at + 4, true);
    if (ascii(bytes, at, 4) === 'ICCP') return bytes.subarray(at + 8, at + 8 + length);
    at += 8 + length + (length % 2);
  }
  return null;
}

/** @throws RangeError for a broken profile */
function parseProfile(profile: Uint8Array): ColourProfile | null {
  if (ascii(profile, 16, 4) !== 'RGB ' || ascii(profile, 20, 4) !== 'XYZ ') return null;
  const view = viewOf(profile);
  const tags = new Map<string, number>();
  for (let i = 0, at = 132; i < view.getUint32(128); i++, at += 12) {
    tags.set(ascii(profile, at, 4), view.getUint32(at + 4));
  }
  const colours = ['r', 'g', 'b'].map((colour) => {
    const [column, curve] = [tags.get(`${colour}XYZ`), tags.get(`${colour}TRC`)];
    return column === undefined || curve === undefined ? null : { column, curve };
  });
  const [red, green, blue] = colours;
  // A profile with tables for another direction of use may have no columns.
  if (!red || !green || !blue) return null;
  const column = ({ column: at }: typeof red): Triple => [
    fixed(view, at + 8),
    fixed(view, at + 12),
    fixed(view, at + 16),
  ];
  const curve = ({ curve: at }: typeof red): Float64Array => {
    const light = readCurve(view, at, ascii(profile, at, 4));
    return Float64Array.from({ length: 256 }, (_, value) => light(value / 255));
  };
  return {
    columns: [column(red), column(green), column(blue)],
    curves: [curve(red), curve(green), curve(blue)],
  };
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

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
