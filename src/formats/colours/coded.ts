/** Colours named by code points (ITU-T H.273), or by a PNG's gamma and primaries. */
import { D50, dot, same, tabulate, type ColourProfile, type Triple } from './profile';
import { SRGB_COLUMNS } from './srgb';

type Chromaticity = readonly [x: number, y: number];
type Primaries = readonly [white: Chromaticity, red: Chromaticity, green: Chromaticity, blue: Chromaticity];

const D65: Chromaticity = [0.3127, 0.329];

/** Primaries by code point; 1 are sRGB's own. */
const PRIMARIES: Readonly<Record<number, Primaries>> = {
  9: [D65, [0.708, 0.292], [0.17, 0.797], [0.131, 0.046]],
  11: [
    [0.314, 0.351],
    [0.68, 0.32],
    [0.265, 0.69],
    [0.15, 0.06],
  ],
  12: [D65, [0.68, 0.32], [0.265, 0.69], [0.15, 0.06]],
};

/** Luminance of white paper in a picture with more than white, cd/m² (ITU-R BT.2408). */
const PAPER = 203;
const HLG_PEAK = 1000;

/** From a value to linear light by code point, white at 1. */
const TRANSFERS: Readonly<Record<number, (value: number) => number>> = {
  1: rec709,
  4: (value) => value ** 2.2,
  5: (value) => value ** 2.8,
  6: rec709,
  8: (value) => value,
  13: decodeSrgb,
  14: rec709,
  15: rec709,
  16: perceptualQuantizer,
  18: hybridLogGamma,
};

/** Colours by code points; null for sRGB and for what no picture has. */
export function codedColours(primaries: number, transfer: number): ColourProfile | null {
  const curve = TRANSFERS[transfer];
  // Video's curve in a still picture stands for what screens show, which is sRGB's.
  const shown = curve === rec709 ? decodeSrgb : curve;
  if (shown === undefined) return null;
  const chosen = PRIMARIES[primaries];
  return { curves: same(tabulate(shown)), columns: chosen ? columnsOf(chosen) : SRGB_COLUMNS };
}

/** sRGB's curve is near this power: who writes it means sRGB. */
const SRGB_GAMMA = 0.45455;
const GAMMA_TOLERANCE = 0.01;

/**
 * Colours by a PNG's gAMA and cHRM, in hundred-thousandths.
 *
 * @param points - white, red, green, blue, x and y each; empty without cHRM
 */
export function gammaColours(
  gamma: number | null | undefined,
  points: readonly number[],
): ColourProfile | null {
  const exponent = (gamma ?? 0) / 1e5 || SRGB_GAMMA;
  const isSrgb = Math.abs(exponent - SRGB_GAMMA) < GAMMA_TOLERANCE;
  const [wx, wy, rx, ry, gx, gy, bx, by] = points.map((value) => value / 1e5);
  const primaries =
    wx && wy && rx && ry && gx && gy && bx && by
      ? ([
          [wx, wy],
          [rx, ry],
          [gx, gy],
          [bx, by],
        ] as const)
      : null;
  if (isSrgb && primaries === null) return null;
  return {
    curves: same(tabulate(isSrgb ? decodeSrgb : (value) => value ** (1 / exponent))),
    columns: primaries ? columnsOf(primaries) : SRGB_COLUMNS,
  };
}

/** From cone responses of one white to those of another (Bradford). */
const BRADFORD: readonly [Triple, Triple, Triple] = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
];

/** Columns of XYZ (D50) of primaries given in x and y. */
function columnsOf([white, ...points]: Primaries): ColourProfile['columns'] {
  const [red, green, blue] = points.map(xyzOf) as [Triple, Triple, Triple];
  const source = xyzOf(white);
  const [r, g, b] = solve([red, green, blue], source);
  const from = cones(source);
  const to = cones(D50);
  const adapted = (column: Triple, strength: number): Triple => {
    const seen = cones(column).map((value, i) => (strength * value * (to[i] ?? 0)) / (from[i] ?? 1));
    const [l = 0, m = 0, s = 0] = seen;
    return solve(transpose(BRADFORD), [l, m, s]);
  };
  return [adapted(red, r), adapted(green, g), adapted(blue, b)];
}

function cones(xyz: Triple): Triple {
  return [dot(BRADFORD[0], xyz), dot(BRADFORD[1], xyz), dot(BRADFORD[2], xyz)];
}

function xyzOf([x, y]: Chromaticity): Triple {
  return [x / y, 1, (1 - x - y) / y];
}

/** How much of each column makes the target (Cramer's rule). */
function solve([a, b, c]: readonly [Triple, Triple, Triple], target: Triple): Triple {
  const whole = determinant(a, b, c);
  return [
    determinant(target, b, c) / whole,
    determinant(a, target, c) / whole,
    determinant(a, b, target) / whole,
  ];
}

function determinant(a: Triple, b: Triple, c: Triple): number {
  return (
    a[0] * (b[1] * c[2] - b[2] * c[1]) -
    b[0] * (a[1] * c[2] - a[2] * c[1]) +
    c[0] * (a[1] * b[2] - a[2] * b[1])
  );
}

function transpose([a, b, c]: readonly [Triple, Triple, Triple]): readonly [Triple, Triple, Triple] {
  return [
    [a[0], b[0], c[0]],
    [a[1], b[1], c[1]],
    [a[2], b[2], c[2]],
  ];
}

function rec709(value: number): number {
  return value < 0.081 ? value / 4.5 : ((value + 0.099) / 1.099) ** (1 / 0.45);
}

function decodeSrgb(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** SMPTE ST 2084. */
function perceptualQuantizer(value: number): number {
  const root = value ** (1 / 78.84375);
  const light = Math.max(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root);
  return (10_000 * light ** (1 / 0.1593017578125)) / PAPER;
}

/** ITU-R BT.2100, for a screen of 1000 cd/m². */
function hybridLogGamma(value: number): number {
  const scene =
    value <= 0.5 ? value ** 2 / 3 : (Math.exp((value - 0.55991073) / 0.17883277) + 0.28466892) / 12;
  return (HLG_PEAK * scene ** 1.2) / PAPER;
}
