/**
 * Bare faces as a linear model, and what of a photo's face it does not explain. In logarithms light only adds, so one
 * robust fit finds the light, the bare face in it, and what is neither. Training: rofi/front/bare.py.
 */
import { RofiError } from '../../errors';
import { front } from '../constants.json';
import { CROP_SIZE } from '../geometry/alignment';
import type { FaceMesh } from '../geometry/mesh';
import { rasteriseMesh, type MeshField } from '../geometry/raster';
import { blockMeans } from '../drawing/blur';
import type { AlignedFace } from '../types';
import { solve } from './solve';

const MAGIC = 'ROFIBAR1';
/** The fit is made on so many pixels a side, and looked at on so many. */
const SIDE = front.side;
export const FINE = front.fine;
const PLANE = SIDE * SIDE;
/** Light is a sum of cosines of so many half-waves across and down together. */
const WAVES = front.waves;
const ROUNDS = front.rounds;
const DARK = front.dark;
/** Colour differences count so many times as much as brightness. */
const COLOUR = front.colour;
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
const CHANNELS = 3;

type Block = readonly [offset: number, length: number];

interface Header {
  readonly version: number;
  readonly side: number;
  readonly fine: number;
  readonly components: number;
  readonly used: Block;
  readonly mean: Block;
  readonly axisScales: Block;
  readonly axes: Block;
  readonly deviation: Block;
  readonly spread: Block;
  readonly fineSpread: Block;
}

/** How a face differs from a bare one. */
export interface Residual {
  /** [3, 128, 128] in the crop: brightness, red and blue, of bare faces' own differences; 0 where nothing is known. */
  readonly away: Float32Array;
  /** [128, 128] in 0..1: how well it is known. */
  readonly known: Float32Array;
}

/** `bare_faces.bin`, read. Planes interleave their three channels and lie on the mean shape. */
export class BareFaces {
  /** [64, 64] in 0..1: neither eyes nor rim. */
  readonly #used: Float32Array;
  /** [64, 64, 3]. */
  readonly #mean: Float32Array;
  /** What a face is made of, [64, 64, 3] each: the axes, then the light's cosines. */
  readonly #planes: readonly Float32Array[];
  /** Of the coordinates on the axes. */
  readonly #deviation: Float32Array;
  /** How far bare faces are from the model: [64, 64, 3] and [128, 128, 3]. */
  readonly #spread: Float32Array;
  readonly #fineSpread: Float32Array;

  private constructor(header: Header, blocks: Uint8Array<ArrayBuffer>) {
    const copy = ([offset, length]: Block): ArrayBuffer => blocks.slice(offset, offset + length).buffer;
    this.#used = Float32Array.from(new Uint8Array(copy(header.used)));
    this.#mean = new Float32Array(copy(header.mean));
    this.#deviation = new Float32Array(copy(header.deviation));
    this.#spread = Float32Array.from(new Uint8Array(copy(header.spread)), (value) => value / 255);
    this.#fineSpread = Float32Array.from(new Uint8Array(copy(header.fineSpread)), (value) => value / 255);
    const scales = new Float32Array(copy(header.axisScales));
    const stored = new Int8Array(copy(header.axes));
    const length = CHANNELS * PLANE;
    const axes = Array.from(scales, (scale, axis) =>
      Float32Array.from(stored.subarray(axis * length, (axis + 1) * length), (value) => value * scale),
    );
    this.#planes = [...axes, ...lightPlanes()];
  }

  /**
   * Reads the file.
   *
   * @throws RofiError `model-corrupt` when it is something else
   */
  static parse(bytes: Uint8Array<ArrayBuffer>): BareFaces {
    const start = MAGIC.length + 4;
    const text = new TextDecoder();
    if (bytes.length < start || text.decode(bytes.subarray(0, MAGIC.length)) !== MAGIC) throw corrupt();
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length, true);
    const header = readHeader(text.decode(bytes.subarray(start, start + length)));
    return new BareFaces(header, bytes.subarray(start + length));
  }

  /** How an aligned face differs from the bare face in it. */
  residual({ image, landmarks }: Pick<AlignedFace, 'image' | 'landmarks'>, mesh: FaceMesh): Residual {
    const face = this.#predict(
      tonesOf(image, SIDE),
      rasteriseMesh(landmarks, mesh.mean, mesh.triangles, SIDE),
    );
    const field = rasteriseMesh(landmarks, mesh.mean, mesh.triangles, FINE);
    const tones = tonesOf(image, FINE);
    const area = FINE * FINE;
    const away = new Float32Array(CHANNELS * area);
    const known = new Float32Array(area);
    for (let i = 0; i < area; i++) {
      if (field.covered[i] === 0) continue;
      const tap = tapAt(field, i, SIDE);
      known[i] = sampleAt(this.#used, 1, 0, tap);
      if (known[i] === 0) continue;
      const fine = tapAt(field, i, FINE);
      for (let channel = 0; channel < CHANNELS; channel++) {
        const expected = sampleAt(face, CHANNELS, channel, tap);
        const spread = sampleAt(this.#fineSpread, CHANNELS, channel, fine);
        away[channel * area + i] = ((tones[CHANNELS * i + channel] ?? 0) - expected) / spread;
      }
    }
    return { away, known };
  }

  /** The bare face in its light, [64, 64, 3] on the mean shape, by a fit that counts pixels the less the further they are off. */
  #predict(tones: Float32Array, field: MeshField): Float32Array {
    const { rows, wanted, precision, first } = this.#system(tones, field);
    const count = this.#deviation.length;
    const ridge = rows.map((_, i) => (i < count ? RIDGE / (this.#deviation[i] ?? 1) ** 2 : LIGHT_RIDGE));
    const weight = precision.map((value, i) => value * (first[Math.floor(i / CHANNELS)] ?? 0));
    let at = new Float64Array(rows.length);
    for (let round = 0; round < ROUNDS; round++) {
      at = solve(...normalEquations(rows, wanted, weight, ridge));
      for (let i = 0; i < count; i++) {
        const most = REACH * (this.#deviation[i] ?? 0);
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
    return sumOf(this.#planes, at, this.#mean.slice());
  }

  /** What the fit has to explain at the pixels it knows, three values each, and what it explains it with. */
  #system(tones: Float32Array, field: MeshField): System {
    const pixels: number[] = [];
    for (let i = 0; i < PLANE; i++) {
      if (field.covered[i] === 1 && sampleAt(this.#used, 1, 0, tapAt(field, i, SIDE)) > KNOWN) pixels.push(i);
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
    const mean = taken(this.#mean);
    const wanted = mean.map(
      (value, i) => (tones[CHANNELS * pixels[Math.floor(i / CHANNELS)]! + (i % CHANNELS)] ?? 0) - value,
    );
    const precision = taken(this.#spread).map((spread) => 1 / spread ** 2);
    const first = pixels.map((pixel) => {
      const y = field.y[pixel] ?? 0;
      return y > MIDDLE.top && y < MIDDLE.bottom ? 1 : MIDDLE.elsewhere;
    });
    return { rows: this.#planes.map(taken), wanted, precision, first };
  }
}

interface System {
  readonly rows: readonly Float32Array[];
  readonly wanted: Float32Array;
  /** One over the squared spread of bare faces. */
  readonly precision: Float32Array;
  /** How much each pixel counts in the first round. */
  readonly first: readonly number[];
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

/** Brightness, red against green and blue against green, in logarithms: [side, side, 3] of a crop. */
function tonesOf(image: Float32Array, side: number): Float32Array {
  const area = CROP_SIZE * CROP_SIZE;
  const logs = [0, 1, 2].map((channel) =>
    blockMeans(image.subarray(channel * area, (channel + 1) * area), CROP_SIZE, CROP_SIZE / side).map(
      (value) => Math.log(Math.max((value + 1) / 2, 0) + DARK),
    ),
  );
  const tones = new Float32Array(CHANNELS * side * side);
  for (let i = 0; i < side * side; i++) {
    const [red, green, blue] = [logs[0]?.[i] ?? 0, logs[1]?.[i] ?? 0, logs[2]?.[i] ?? 0];
    tones[CHANNELS * i] = (red + green + blue) / 3;
    tones[CHANNELS * i + 1] = COLOUR * (red - green);
    tones[CHANNELS * i + 2] = COLOUR * (blue - green);
  }
  return tones;
}

/** Light: how bright it is where, and its colour, one all over the face, for what differs in colour is no light. */
function lightPlanes(): Float32Array[] {
  const cosine = (waves: number, at: number): number => Math.cos((waves * Math.PI * (at + 0.5)) / SIDE);
  const inChannel = (channel: number, value: (x: number, y: number) => number): Float32Array => {
    const plane = new Float32Array(CHANNELS * PLANE);
    for (let i = 0; i < PLANE; i++) plane[CHANNELS * i + channel] = value(i % SIDE, Math.floor(i / SIDE));
    return plane;
  };
  const planes: Float32Array[] = [];
  for (let across = 0; across <= WAVES; across++) {
    for (let down = 0; across + down <= WAVES; down++) {
      planes.push(inChannel(0, (x, y) => cosine(down, y) * cosine(across, x)));
    }
  }
  return [...planes, inChannel(1, () => 1), inChannel(2, () => 1)];
}

/** Four neighbours of a place in a plane, and how far it lies between them. */
interface Tap {
  readonly at: number;
  readonly side: number;
  readonly across: number;
  readonly down: number;
}

function tapAt({ x, y }: MeshField, i: number, side: number): Tap {
  const u = Math.min(Math.max((x[i] ?? 0) * side - 0.5, 0), side - 1.001);
  const v = Math.min(Math.max((y[i] ?? 0) * side - 0.5, 0), side - 1.001);
  const [left, top] = [Math.floor(u), Math.floor(v)];
  return { at: top * side + left, side, across: u - left, down: v - top };
}

/** A plane of interleaved channels there, bilinearly. */
function sampleAt(
  plane: Float32Array,
  channels: number,
  channel: number,
  { at, side, across, down }: Tap,
): number {
  const first = at * channels + channel;
  const below = first + side * channels;
  const upper = (plane[first] ?? 0) * (1 - across) + (plane[first + channels] ?? 0) * across;
  const lower = (plane[below] ?? 0) * (1 - across) + (plane[below + channels] ?? 0) * across;
  return upper + down * (lower - upper);
}

function readHeader(json: string): Header {
  try {
    const header = JSON.parse(json) as Header;
    // The file's digest has been verified: what is left is a file of another version.
    if (header.version === 1 && header.side === SIDE && header.fine === FINE) return header;
  } catch {
    // Told below.
  }
  throw corrupt();
}

function corrupt(): RofiError {
  return new RofiError('model-corrupt', 'bare_faces.bin', { model: 'bare_faces' });
}
