import type { Box } from '../types';

/** How much of the smaller of two boxes lies in the other, 0..1. */
export function sharedArea(one: Box, other: Box): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / Math.min(one.width * one.height, other.width * other.height);
}

/** A box with a share of its width and height added on each side. */
export function widened({ x, y, width, height }: Box, share: number): Box {
  const [across, down] = [share * width, share * height];
  return { x: x - across, y: y - down, width: width + 2 * across, height: height + 2 * down };
}

/** The whole pixels that a box touches inside a picture, at least one. */
export function withinPicture(
  { x, y, width, height }: Box,
  picture: { readonly width: number; readonly height: number },
): Box {
  const left = Math.min(Math.max(Math.floor(x), 0), picture.width - 1);
  const top = Math.min(Math.max(Math.floor(y), 0), picture.height - 1);
  const right = Math.min(Math.max(Math.ceil(x + width), left + 1), picture.width);
  const bottom = Math.min(Math.max(Math.ceil(y + height), top + 1), picture.height);
  return { x: left, y: top, width: right - left, height: bottom - top };
}
