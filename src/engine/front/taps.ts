/** Planes on the mean shape, looked at from a crop. */
import type { MeshField } from '../geometry/raster';

/** Four neighbours of a place in a plane, and how far it lies between them. */
export interface Tap {
  readonly at: number;
  readonly side: number;
  readonly across: number;
  readonly down: number;
}

/** Where pixel `i` of a rasterised mesh lies in a plane on the mean shape. */
export function tapAt({ x, y }: MeshField, i: number, side: number): Tap {
  const u = Math.min(Math.max((x[i] ?? 0) * side - 0.5, 0), side - 1.001);
  const v = Math.min(Math.max((y[i] ?? 0) * side - 0.5, 0), side - 1.001);
  const [left, top] = [Math.floor(u), Math.floor(v)];
  return { at: top * side + left, side, across: u - left, down: v - top };
}

/** A plane of interleaved channels there, bilinearly. */
export function sampleAt(
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
