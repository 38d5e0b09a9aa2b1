/**
 * The cells that hold the sealed code: 8×8 blocks of the aligned crop as cosine coefficients of luma and chroma.
 * Mirrored by training/rofi/sealed/cells.py. Luma and chroma are JPEG's (BT.601), so that what a portal's compression
 * does to one does not spill into the other.
 */
import { crop, oval, sealedCode } from '../constants.json';
import { LUMA } from '../image/luma';
import { CROP_SIZE } from '../geometry/alignment';
import { dctInverse, dctForward } from '../geometry/cosine-transform';

/** Cells in a row of the crop, and in all. */
export const GRID = crop.cells;
export const CELL_COUNT = GRID * GRID;
/** Coefficients of luma and two chromas, each [1024, 64], of levels 0..255: cell by cell, smooth to fine. */
export type Planes = readonly [Float32Array, Float32Array, Float32Array];

/** The blending oval's coordinates; code stays where it is nearly opaque. */
const CODE_RADIUS = sealedCode.radius;
const PIXELS = CROP_SIZE * CROP_SIZE;
const HALF_RANGE = 127.5;

const TO_YCC = [LUMA, [-0.168736, -0.331264, 0.5], [0.5, -0.418688, -0.081312]] as const;
const TO_RGB = [
  [1, -1.21889419e-6, 1.40199959],
  [1, -0.344135678, -0.714136156],
  [1, 1.77200007, 4.06298063e-7],
] as const;

/** Indices, row by row on the 32×32 grid, of the cells that may hold code: those well inside the blending oval. */
export const CODE_CELLS: Uint16Array<ArrayBuffer> = Uint16Array.from(
  Array.from({ length: CELL_COUNT }, (_, cell) => cell).filter((cell) => {
    const [row, column] = [Math.floor(cell / GRID), cell % GRID];
    const corners = [0, 1].flatMap((down) => [0, 1].map((right) => radius(row + down, column + right)));
    return Math.max(...corners) <= CODE_RADIUS;
  }),
);

/** Coefficients of a crop, [3, 256, 256] planar RGB in [-1, 1]. */
export function coefficients(image: Float32Array): Planes {
  return mapPlanes((plane) => dctForward(mix(image, TO_YCC[plane], HALF_RANGE, plane ? 0 : HALF_RANGE)));
}

/** The inverse: a crop, [3, 256, 256] planar RGB, that may leave [-1, 1] where the coefficients ask for it. */
export function picture(planes: Planes): Float32Array<ArrayBuffer> {
  const ycc = new Float32Array(3 * PIXELS);
  planes.forEach((plane, i) => ycc.set(dctInverse(plane), i * PIXELS));
  const image = new Float32Array(3 * PIXELS);
  TO_RGB.forEach((row, i) => image.set(mix(ycc, row, 1 / HALF_RANGE, -1), i * PIXELS));
  return image;
}

/** Luma, [256, 256] in 0..255, of a crop in [-1, 1]. */
export function lumaOf(image: Float32Array): Float32Array<ArrayBuffer> {
  return mix(image, LUMA, HALF_RANGE, HALF_RANGE);
}

function mapPlanes(make: (plane: 0 | 1 | 2) => Float32Array): Planes {
  return [make(0), make(1), make(2)];
}

/** One plane of three mixed, times a scale, plus an offset. */
function mix(
  planes: Float32Array,
  [r, g, b]: readonly [number, number, number],
  scale: number,
  offset: number,
) {
  const mixed = new Float32Array(PIXELS);
  for (let i = 0; i < PIXELS; i++) {
    const sum = r * planes[i]! + g * planes[PIXELS + i]! + b * planes[2 * PIXELS + i]!;
    mixed[i] = sum * scale + offset;
  }
  return mixed;
}

function radius(row: number, column: number): number {
  const { centre, radii } = oval;
  return Math.hypot((column / GRID - centre.x) / radii.x, (row / GRID - centre.y) / radii.y);
}
