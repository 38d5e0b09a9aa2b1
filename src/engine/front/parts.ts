/** Parts of a square mask that hang together. A mask has 1 where it is, else 0. */

const BESIDE = [
  [-1, 0],
  [1, 0],
  [0, -1],
  [0, 1],
] as const;
const ROUND = [...BESIDE, [-1, -1], [1, -1], [-1, 1], [1, 1]] as const;

/** The pixels of each part, of which pixels hang together by their corners as well. */
export function partsOf(mask: Uint8Array, side: number): readonly (readonly number[])[] {
  const seen = new Uint8Array(mask.length);
  const parts: number[][] = [];
  for (let start = 0; start < mask.length; start++) {
    if (mask[start] === 1 && seen[start] === 0)
      parts.push(flood(start, side, ROUND, seen, (at) => mask[at] === 1));
  }
  return parts;
}

/** A part with what it encloses. */
export function whole(part: readonly number[], side: number): readonly number[] {
  const inPart = maskOf(part, side);
  const outside = new Uint8Array(side * side);
  for (let i = 0; i < side; i++) {
    for (const start of [i, (side - 1) * side + i, i * side, i * side + side - 1]) {
      if (inPart[start] === 0 && outside[start] === 0)
        flood(start, side, BESIDE, outside, (at) => inPart[at] === 0);
    }
  }
  const all: number[] = [];
  outside.forEach((isOutside, at) => {
    if (isOutside === 0) all.push(at);
  });
  return all;
}

/** The mask of some pixels. */
export function maskOf(pixels: readonly number[], side: number): Uint8Array {
  const mask = new Uint8Array(side * side);
  for (const at of pixels) mask[at] = 1;
  return mask;
}

/** All pixels that hang together with one, which are marked as seen. */
function flood(
  start: number,
  side: number,
  steps: readonly (readonly [number, number])[],
  seen: Uint8Array,
  belongs: (at: number) => boolean,
): number[] {
  const found = [start];
  seen[start] = 1;
  for (const at of found) {
    const [x, y] = [at % side, Math.floor(at / side)];
    for (const [dx, dy] of steps) {
      if (x + dx < 0 || x + dx >= side || y + dy < 0 || y + dy >= side) continue;
      const next = at + dy * side + dx;
      if (seen[next] === 1 || !belongs(next)) continue;
      seen[next] = 1;
      found.push(next);
    }
  }
  return found;
}
