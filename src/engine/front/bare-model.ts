/** `bare_faces.bin`: what bare faces are made of. Written by training/rofi/front/bare.py. */
import * as v from 'valibot';
import { front } from '../constants.json';
import { Block, readPacked } from '../models/packed';

/** The fit is made on so many pixels a side, and looked at on so many. */
export const SIDE = front.side;
export const FINE = front.fine;
export const PLANE = SIDE * SIDE;
/** Light is a sum of cosines of so many half-waves across and down together. */
const WAVES = front.waves;
export const CHANNELS = 3;

const Header = v.object({
  version: v.literal(1),
  side: v.literal(SIDE),
  fine: v.literal(FINE),
  used: Block,
  mean: Block,
  axisScales: Block,
  axes: Block,
  deviation: Block,
  spread: Block,
  fineSpread: Block,
});

/** Planes interleave their three channels and lie on the mean shape. */
export interface BareModel {
  /** [64, 64] in 0..1: neither eyes nor rim. */
  readonly used: Float32Array;
  /** [64, 64, 3]. */
  readonly mean: Float32Array;
  /** What a face is made of, [64, 64, 3] each: the axes, then the light's cosines. */
  readonly planes: readonly Float32Array[];
  /** Of the coordinates on the axes. */
  readonly deviation: Float32Array;
  /** How far bare faces are from the model: [64, 64, 3] and [128, 128, 3]. */
  readonly spread: Float32Array;
  readonly fineSpread: Float32Array;
}

/**
 * Reads the file.
 *
 * @throws RofiError `model-corrupt` when it is something else
 */
export function readBareModel(bytes: Uint8Array<ArrayBuffer>): BareModel {
  const { header, block } = readPacked(bytes, { magic: 'ROFIBAR1', model: 'bare_faces' }, Header);
  const share = (value: number): number => value / 255;
  const scales = new Float32Array(block(header.axisScales));
  const stored = new Int8Array(block(header.axes));
  const length = CHANNELS * PLANE;
  const axes = Array.from(scales, (scale, axis) =>
    Float32Array.from(stored.subarray(axis * length, (axis + 1) * length), (value) => value * scale),
  );
  return {
    used: Float32Array.from(new Uint8Array(block(header.used))),
    mean: new Float32Array(block(header.mean)),
    planes: [...axes, ...lightPlanes()],
    deviation: new Float32Array(block(header.deviation)),
    spread: Float32Array.from(new Uint8Array(block(header.spread)), share),
    fineSpread: Float32Array.from(new Uint8Array(block(header.fineSpread)), share),
  };
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
