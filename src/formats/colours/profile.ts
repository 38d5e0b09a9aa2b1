/** Colours that three curves and a matrix describe, such as in the Display P3 profiles that telephones write. */

/** A colour as XYZ, or as three cone responses. */
export type Triple = readonly [number, number, number];

/** How to get from a picture's own RGB to light: per channel a curve, then three columns of XYZ. */
export interface ColourProfile {
  /** Linear light for each 8-bit value, white at 1: red, green, blue. */
  readonly curves: readonly [Float64Array, Float64Array, Float64Array];
  /** XYZ (D50) of full red, green and blue. */
  readonly columns: readonly [Triple, Triple, Triple];
}

/** `tables`: a profile that only a colour library converts by. Null: sRGB, said or not. */
export type Colours = ColourProfile | 'tables' | null;

/** White of ICC's XYZ. */
export const D50: Triple = [0.9642, 1, 0.8249];

/** The scalar product. */
export function dot(one: Triple, other: Triple): number {
  return one[0] * other[0] + one[1] * other[1] + one[2] * other[2];
}

/** A curve by its 256 values. */
export function tabulate(light: (value: number) => number): Float64Array {
  return Float64Array.from({ length: 256 }, (_, value) => light(value / 255));
}

/** One curve for red, green and blue. */
export function same(curve: Float64Array): ColourProfile['curves'] {
  return [curve, curve, curve];
}
