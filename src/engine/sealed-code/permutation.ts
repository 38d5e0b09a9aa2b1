/**
 * A fixed permutation of 0..length−1: Fisher-Yates, fed by a 32-bit xorshift.
 *
 * @param seed - a small whole number
 */
export function shuffled(length: number, seed: number): Uint32Array<ArrayBuffer> {
  const order = Uint32Array.from({ length }, (_, i) => i);
  let state = (Math.imul(seed, 2654435761) + 88172645) >>> 0 || 1;
  for (let last = length - 1; last > 0; last--) {
    state ^= state << 13;
    state ^= state >>> 17;
    state = (state ^ (state << 5)) >>> 0;
    const other = state % (last + 1);
    const moved = order[last]!;
    order[last] = order[other]!;
    order[other] = moved;
  }
  return order;
}
