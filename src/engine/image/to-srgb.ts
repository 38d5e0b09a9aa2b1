import { dot, type ColourProfile, type Triple } from '../../formats/colours/profile';
import type { Pixels } from '../types';

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
