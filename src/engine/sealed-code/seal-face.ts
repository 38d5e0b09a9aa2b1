import { sealedCode } from '../constants.json';
import { CROP_SIZE } from '../geometry/alignment';
import { invert, transformPoint } from '../geometry/similarity';
import { spread } from '../geometry/spread';
import type { AlignedFace, Pixels, Similarity } from '../types';
import { decodeJpeg, encodeSmallJpeg } from '../image/codecs';
import { LUMA } from '../image/luma';
import { codeOf, writeCode } from './carriers';
import { CODE_CELLS, GRID } from './cells';
import { CODE_BITS } from './layout';
import { readLikelihoods } from './likelihoods';
import { Region } from './region';
import { BASE, HEADER_BYTES, LAYERS, newHeader, room, sealFrame, type CodeHeader, type Layer } from './seal';
import { chooseShares, type Trial } from './shares';
import { encodeSmall, framed } from './small-picture';

const CELL = CROP_SIZE / GRID;
/** A cell holds code where the drawn face shows so much in all of it: eyes, kept signs and hair stay untouched. */
const COVERED = sealedCode.covered;
/** How often the photo is corrected until its crop shows the code; where it is no finer than the crop, oftener. */
const ROUNDS = { fine: 3, coarse: 8 } as const;
/** For trial: what comes through of it is nearly the same. */
const TRIAL_ROUNDS = { fine: 2, coarse: 5 } as const;
const FINE_PHOTO = 1.5;
/** Where code is read: elsewhere nobody looks. */
const CODE_PIXELS = pixelsOf(new Uint8Array(CODE_CELLS.length).fill(1));

/** A protected face whose original is to be sealed into the pixels. */
export interface FaceToSeal {
  /** How it is aligned, and the original's crop. */
  readonly aligned: Pick<AlignedFace, 'transform' | 'image'>;
  /** [256, 256] in 0..1: how much of the drawn face shows. */
  readonly opacity: Float32Array;
}

/**
 * Seals small pictures of the original under the key and writes them into the protected face's pixels, in place.
 *
 * @param pixels - the protected photo, changed here
 * @returns whether there was room for any
 */
export async function sealFace(pixels: Pixels, face: FaceToSeal, key: Uint8Array): Promise<boolean> {
  const { transform, image } = face.aligned;
  const writable = writableCells(face, pixels);
  const region = new Region(pixels, transform, 'exact');
  const coded = pixelsOf(writable);
  const place: Place = { region, transform, coded, plain: region.cut(transform, coded) };
  const filling = Uint8Array.from(randomBytes(CODE_BITS), (byte) => byte & 1);
  const trial = { header: randomBytes(HEADER_BYTES), bits: filling };
  write(writeCode(place.plain, trial, writable), place, TRIAL_ROUNDS);
  const shares = chooseShares(filling, await tryOut(place));
  if (shares[BASE] === 0) return false;

  const header = newHeader(shares);
  const picture = framed(image);
  const frames: Uint8Array[] = [];
  for (const layer of LAYERS) {
    frames.push(shares[layer] ? await frameOf(picture, key, header, layer) : new Uint8Array(0));
  }
  region.reset();
  write(writeCode(place.plain, codeOf(header, frames, filling), writable), place, ROUNDS);
  region.write();
  return true;
}

/** Where a code is written. */
interface Place {
  readonly region: Region;
  readonly transform: Similarity;
  /** [256, 256]: 1 for the crop's pixels that may hold some. */
  readonly coded: Uint8Array;
  /** What these show before, as the region cuts them out. */
  readonly plain: Float32Array;
}

async function frameOf(
  face: Float32Array,
  key: Uint8Array,
  header: CodeHeader,
  layer: Layer,
): Promise<Uint8Array> {
  const picture = await encodeSmall(face, layer, room(header, layer));
  return sealFrame(key, header, layer, picture ?? new Uint8Array(0));
}

/** Changes a region, as it was before, until its crop shows what is wanted in the writable cells. */
function write(
  wanted: Float32Array,
  { region, transform, coded, plain }: Place,
  { fine, coarse }: Readonly<Record<keyof typeof ROUNDS, number>>,
): void {
  const rounds = Math.hypot(transform.a, transform.b) * FINE_PHOTO <= 1 ? fine : coarse;
  const missing = new Float32Array(wanted.length);
  for (let round = 0; round < rounds; round++) {
    const seen = round === 0 ? plain : region.cut(transform, coded);
    for (let i = 0; i < wanted.length; i++) missing[i] = wanted[i]! - seen[i]!;
    mask(missing, coded);
    strengthenColours(missing);
    mask(missing, coded);
    region.add(missing, transform);
  }
}

/** Leaves of a crop [3, 256, 256] what lies in some pixels. */
function mask(crop: Float32Array, within: Uint8Array): void {
  for (let i = 0; i < crop.length; i++) crop[i]! *= within[i % within.length]!;
}

/**
 * Adds to a change of a crop what its colours lose on their way into the photo, so that they arrive sooner. Luma is left
 * as it is: of it so much would be seen.
 */
function strengthenColours(change: Float32Array): void {
  const area = CROP_SIZE ** 2;
  const luma = new Float32Array(area);
  for (let i = 0; i < area; i++) {
    luma[i] = LUMA[0] * change[i]! + LUMA[1] * change[area + i]! + LUMA[2] * change[2 * area + i]!;
  }
  for (let start = 0; start < change.length; start += area) {
    const plane = change.subarray(start, start + area);
    const colour = plane.map((value, i) => value - luma[i]!);
    const arriving = spread(colour);
    for (let i = 0; i < area; i++) plane[i]! += colour[i]! - arriving[i]!;
  }
}

/** What is read of a region, as it would be stored and as JPEG would leave it. */
async function tryOut({ region, transform }: Place): Promise<Trial> {
  const pixels = region.pixels();
  const read = (seen: Pixels): Float32Array => {
    region.take(seen);
    return readLikelihoods(region.cut(transform, CODE_PIXELS)).bits;
  };
  const stored = read(pixels);
  return { stored, compressed: read((await decodeJpeg(await encodeSmallJpeg(pixels))).pixels) };
}

function randomBytes(count: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(count);
  const most = 65_536;
  for (let start = 0; start < count; start += most)
    crypto.getRandomValues(bytes.subarray(start, start + most));
  return bytes;
}

/** One for each code cell that the drawn face covers, inside the photo. */
function writableCells({ opacity, aligned }: FaceToSeal, { width, height }: Pixels): Uint8Array {
  const back = invert(aligned.transform);
  return Uint8Array.from(CODE_CELLS, (cell) => {
    const [left, top] = [(cell % GRID) * CELL, Math.floor(cell / GRID) * CELL];
    const inside = [0, CELL].every((x) =>
      [0, CELL].every((y) => {
        const point = transformPoint(back, { x: left + x, y: top + y });
        return point.x >= 0 && point.y >= 0 && point.x <= width && point.y <= height;
      }),
    );
    let least = 1;
    for (let i = 0; i < CELL ** 2; i++) {
      least = Math.min(least, opacity[(top + Math.floor(i / CELL)) * CROP_SIZE + left + (i % CELL)] ?? 0);
    }
    return Number(inside && least >= COVERED);
  });
}

/** [256, 256]: 1 where a pixel is in a code cell that is marked by 1. */
function pixelsOf(writable: Uint8Array): Uint8Array {
  const out = new Uint8Array(CROP_SIZE ** 2);
  for (const [index, cell] of CODE_CELLS.entries()) {
    if (!writable[index]) continue;
    const start = Math.floor(cell / GRID) * CELL * CROP_SIZE + (cell % GRID) * CELL;
    for (let row = 0; row < CELL; row++) out.fill(1, start + row * CROP_SIZE, start + row * CROP_SIZE + CELL);
  }
  return out;
}
