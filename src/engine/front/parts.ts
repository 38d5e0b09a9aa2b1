/** The pixels of each part of a square mask, 1 where it is, else 0; pixels hang together by their corners as well. */
export function partsOf(mask: Uint8Array, side: number): readonly (readonly number[])[] {
  const left = mask.slice();
  const parts: number[][] = [];
  for (let start = 0; start < left.length; start++) {
    if (left[start] === 0) continue;
    left[start] = 0;
    const part = [start];
    for (const at of part) {
      const [x, y] = [at % side, Math.floor(at / side)];
      for (let row = Math.max(y - 1, 0); row <= Math.min(y + 1, side - 1); row++) {
        for (let column = Math.max(x - 1, 0); column <= Math.min(x + 1, side - 1); column++) {
          const beside = row * side + column;
          if (left[beside] === 0) continue;
          left[beside] = 0;
          part.push(beside);
        }
      }
    }
    parts.push(part);
  }
  return parts;
}
