/** `people.atlas`: the synthetic people that keys are made of. Written by training/rofi/people/atlas.py. */
import * as v from 'valibot';
import { people } from '../constants.json';
import { blockMeans } from '../drawing/blur';
import { MESH_POINTS } from '../geometry/alignment';
import { decodeWebp } from '../image/codecs';
import { Block, readPacked, type Packed } from '../models/packed';
import type { Pixels } from '../types';
import { coordinatesOf, type Coordinates } from './looks';
import type { Faces } from './oddness';
import { Recent } from './recent';

/** Side of a texture on the mean shape. */
export const TEXTURE_SIDE = 256;
/** Face, brows, nose and mouth. */
export const PARTS = 4;
const SHAPE_FULL_SCALE = 32767;
const DETAIL_FULL_SCALE = 127;
/** A search through many persons meets the same skins again and again. */
const KEPT_DETAILS = people.detailAmong;

/** One of the atlas' people. */
export interface Donor {
  readonly id: number;
  readonly coordinates: Coordinates;
}

/** A square plane on the mean shape. */
export interface Detail {
  readonly side: number;
  /** [side, side]: brightness as a ratio to what is coarser. */
  readonly ratio: Float32Array;
  /** The same as coarse as textures are, [256, 256]. */
  readonly coarse: Float32Array;
}

const Positive = v.pipe(v.number(), v.minValue(0));

const DonorEntry = v.object({
  id: v.number(),
  age: v.number(),
  male: v.number(),
  tone: v.tuple([v.number(), v.number(), v.number()]),
  opening: v.number(),
  width: v.number(),
  texture: Block,
  detail: v.exactOptional(Block),
});
type DonorEntry = v.InferOutput<typeof DonorEntry>;

const Header = v.object({
  version: v.literal(2),
  textureSide: v.literal(TEXTURE_SIDE),
  shapeScale: Positive,
  detailScale: Positive,
  parts: Block,
  mouth: Block,
  partWeights: Block,
  shapes: Block,
  turnModes: Block,
  oddness: v.object({ scale: Positive, tones: Block, masks: Block, axes: Block, spread: Block }),
  donors: v.array(DonorEntry),
});

/** The people, their textures decoded one by one when they are asked for. */
export class Atlas {
  readonly donors: readonly Donor[];
  /** Rows of the donors that lend detail. */
  readonly detailed: readonly number[];
  /** [4, 468]: how much of each part's shape a landmark takes. */
  readonly partWeights: Float32Array;
  /** Twice [468, 2], x and y interleaved: how landmarks move with the head's turn and its square. */
  readonly turnModes: Float32Array;
  /** How the donors look from afar. */
  readonly faces: Faces;
  /** [donors, 468, 2]: landmarks less the mean shape, crop widths. */
  readonly #shapes: Float32Array;
  readonly #details = new Recent(KEPT_DETAILS, (row) => this.#detail(row));

  private constructor(private readonly file: Packed<v.InferOutput<typeof Header>>) {
    const { header, block } = file;
    this.donors = header.donors.map((donor) => ({ id: donor.id, coordinates: coordinatesOf(donor) }));
    this.detailed = header.donors.flatMap((donor, row) => (donor.detail ? [row] : []));
    const shapes = new Int16Array(block(header.shapes));
    const scaleOfShapes = header.shapeScale / SHAPE_FULL_SCALE;
    this.#shapes = Float32Array.from(shapes, (value) => value * scaleOfShapes);
    this.partWeights = new Float32Array(block(header.partWeights));
    this.turnModes = new Float32Array(block(header.turnModes));
    const { scale, tones, masks, axes, spread } = header.oddness;
    this.faces = {
      scale,
      tones: new Int8Array(block(tones)),
      masks: new Float32Array(block(masks)),
      axes: new Float32Array(block(axes)),
      spread: new Float32Array(block(spread)),
    };
  }

  /**
   * Reads the file; its bytes are kept, not copied.
   *
   * @throws RofiError `model-corrupt` when it is something else
   */
  static parse(bytes: Uint8Array<ArrayBuffer>): Atlas {
    return new Atlas(readPacked(bytes, { magic: 'ROFIPPL1', model: 'people' }, Header));
  }

  /** A donor's landmarks less the mean shape, looking straight: [468, 2], x and y interleaved, crop widths. */
  shape(row: number): Float32Array {
    const from = row * MESH_POINTS * 2;
    return this.#shapes.subarray(from, from + MESH_POINTS * 2);
  }

  /** A donor's texture with light and tone divided out, [3, 256, 256] planar RGB in 0..1. */
  texture(row: number): Promise<Float32Array> {
    return this.#tile(this.#donor(row).texture).then(toPlanes);
  }

  /** What of each of the four parts shows, [256, 256] in 0..1; they sum up to 1. */
  parts(): Promise<readonly Float32Array[]> {
    return this.#tile(this.file.header.parts).then(withFacePart);
  }

  /** What lips open to, [256, 256] in 0..1. */
  mouth(): Promise<Float32Array> {
    return this.#tile(this.file.header.mouth).then((tile) => toPlanes(tile).subarray(0, TEXTURE_SIDE ** 2));
  }

  /** The skin of a donor that lends detail. */
  detail(row: number): Promise<Detail> {
    return this.#details.get(row);
  }

  async #detail(row: number): Promise<Detail> {
    const { detail } = this.#donor(row);
    if (detail === undefined) throw new RangeError(`donor ${row} lends no detail`);
    const { width: side, data } = await this.#tile(detail);
    const scale = this.file.header.detailScale / DETAIL_FULL_SCALE;
    const ratio = new Float32Array(side * side);
    for (let i = 0; i < ratio.length; i++) ratio[i] = 1 + ((data[4 * i + 1] ?? 128) - 128) * scale;
    return { side, ratio, coarse: blockMeans(ratio, side, side / TEXTURE_SIDE) };
  }

  #donor(row: number): DonorEntry {
    const donor = this.file.header.donors[row];
    if (donor === undefined) throw new RangeError(`no donor ${row}`);
    return donor;
  }

  #tile([offset, length]: Block): Promise<Pixels> {
    return decodeWebp(this.file.blocks.subarray(offset, offset + length));
  }
}

function toPlanes({ data }: Pixels): Float32Array {
  const area = data.length / 4;
  const planes = new Float32Array(3 * area);
  for (let channel = 0; channel < 3; channel++) {
    for (let i = 0; i < area; i++) planes[channel * area + i] = (data[4 * i + channel] ?? 0) / 255;
  }
  return planes;
}

/** The three stored parts and, before them, what they leave. */
function withFacePart(tile: Pixels): readonly Float32Array[] {
  const others = toPlanes(tile);
  const area = others.length / 3;
  const stored = [0, 1, 2].map((part) => others.subarray(part * area, (part + 1) * area));
  const face = new Float32Array(area);
  for (let i = 0; i < area; i++) {
    face[i] = Math.max(0, 1 - stored.reduce((taken, part) => taken + (part[i] ?? 0), 0));
  }
  return [face, ...stored];
}
