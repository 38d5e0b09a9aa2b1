/** The small pictures of a face that are sealed into the pixels: WebP of the aligned crop (SECURITY.md). */
import { CROP_SIZE } from '../geometry/alignment';
import { ovalAlpha } from '../drawing/blending';
import { lowPassInside } from '../drawing/low-pass';
import { decodeWebp, encodeWebpOf } from '../image/codecs';
import type { Layer } from './seal';

/** Sides of the base and the fine picture, and the smaller ones to which they give way where there is little room. */
const SIDES = [
  [128, 64, 32],
  [256, 128],
] as const satisfies Readonly<Record<Layer, readonly number[]>>;
/** What a WebP file begins with before its frame: RIFF, length, WEBP, the chunk's name and length. */
const CONTAINER_BYTES = 20;
const PLANE = CROP_SIZE ** 2;
/** A frame is asked for with so much less than there is room, until it fits. */
const TRIES = [1, 0.93, 0.85, 0.7, 0.5] as const;

/**
 * A face's picture for a layer, without its container.
 *
 * @param face - [3, 256, 256] planar RGB in [-1, 1], as {@link framed} gives it
 * @param room - bytes it may have
 * @returns null where no picture of this face is so small
 */
export async function encodeSmall(
  face: Float32Array,
  layer: Layer,
  room: number,
): Promise<Uint8Array | null> {
  for (const side of SIDES[layer]) {
    const pixels = { width: side, height: side, data: toPixels(face, side) };
    for (const share of TRIES) {
      const file = await encodeWebpOf(pixels, Math.max(1, Math.floor(room * share)));
      const length = new DataView(file.buffer, file.byteOffset).getUint32(CONTAINER_BYTES - 4, true);
      if (length <= room) return file.slice(CONTAINER_BYTES, CONTAINER_BYTES + length);
    }
  }
  return null;
}

/**
 * The way back: [3, 256, 256] planar RGB in [-1, 1], enlarged where it was smaller.
 *
 * @throws RofiError what the codec throws
 */
export async function decodeSmall(frame: Uint8Array): Promise<Float32Array<ArrayBuffer>> {
  const padded = frame.length + (frame.length % 2);
  const file = new Uint8Array(CONTAINER_BYTES + padded);
  const view = new DataView(file.buffer);
  file.set(new TextEncoder().encode('RIFF'), 0);
  view.setUint32(4, CONTAINER_BYTES - 8 + padded, true);
  file.set(new TextEncoder().encode('WEBPVP8 '), 8);
  view.setUint32(CONTAINER_BYTES - 4, frame.length, true);
  file.set(frame, CONTAINER_BYTES);
  const { width, data } = await decodeWebp(file);
  return enlarge(data, width);
}

/** A face, [3, 256, 256], with everything smoothed that the blending oval does not reach: it costs bytes. */
export function framed(face: Float32Array): Float32Array {
  const inside = new Float32Array(PLANE);
  for (let i = 0; i < PLANE; i++) {
    const [u, v] = [((i % CROP_SIZE) + 0.5) / CROP_SIZE, (Math.floor(i / CROP_SIZE) + 0.5) / CROP_SIZE];
    const share = Math.min(4 * ovalAlpha(u, v), 1);
    inside[i] = share * share * (3 - 2 * share);
  }
  const lowPass = lowPassInside(inside);
  const out = new Float32Array(face.length);
  for (let start = 0; start < face.length; start += PLANE) {
    const plane = face.subarray(start, start + PLANE);
    const around = lowPass(plane);
    for (let i = 0; i < PLANE; i++) {
      const share = inside[i] ?? 0;
      out[start + i] = share * (plane[i] ?? 0) + (1 - share) * (around[i] ?? 0);
    }
  }
  return out;
}

/** Averaged to `side`² pixels of 8 bits. */
function toPixels(face: Float32Array, side: number): Uint8ClampedArray<ArrayBuffer> {
  const block = CROP_SIZE / side;
  const data = new Uint8ClampedArray(side * side * 4);
  for (let i = 0; i < side * side; i++) {
    const [left, top] = [(i % side) * block, Math.floor(i / side) * block];
    for (let channel = 0; channel < 3; channel++) {
      let sum = 0;
      for (let y = top; y < top + block; y++) {
        for (let x = left; x < left + block; x++) sum += face[channel * PLANE + y * CROP_SIZE + x] ?? 0;
      }
      data[4 * i + channel] = (sum / block ** 2 + 1) * 127.5;
    }
    data[4 * i + 3] = 255;
  }
  return data;
}

/** Bilinear, as training enlarges. */
function enlarge(data: Uint8ClampedArray, side: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(3 * PLANE);
  const scale = side / CROP_SIZE;
  const at = (x: number, y: number, channel: number): number => data[4 * (y * side + x) + channel] ?? 0;
  for (let i = 0; i < PLANE; i++) {
    const x = Math.min(Math.max(((i % CROP_SIZE) + 0.5) * scale - 0.5, 0), side - 1);
    const y = Math.min(Math.max((Math.floor(i / CROP_SIZE) + 0.5) * scale - 0.5, 0), side - 1);
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const [right, below] = [Math.min(left + 1, side - 1), Math.min(top + 1, side - 1)];
    const [fx, fy] = [x - left, y - top];
    for (let channel = 0; channel < 3; channel++) {
      const upper = at(left, top, channel) * (1 - fx) + at(right, top, channel) * fx;
      const lower = at(left, below, channel) * (1 - fx) + at(right, below, channel) * fx;
      out[channel * PLANE + i] = (upper * (1 - fy) + lower * fy) / 127.5 - 1;
    }
  }
  return out;
}
