/**
 * One of the turbo code's two recursive convolutional codes, of eight states. Polynomials 1 + D² + D³ (feedback) and
 * 1 + D + D³, as in 3GPP TS 36.212, section 5.1.3. A state holds the last three register bits, the newest highest.
 */
const STATES = 8;
const IMPOSSIBLE = -1e30;

/** One parity bit for each bit, from the state 0. */
export function paritiesOf(bits: Uint8Array): Uint8Array<ArrayBuffer> {
  const parities = new Uint8Array(bits.length);
  let [newest, middle, oldest] = [0, 0, 0];
  for (let i = 0; i < bits.length; i++) {
    const fed = bits[i]! ^ middle ^ oldest;
    parities[i] = fed ^ newest ^ oldest;
    oldest = middle;
    middle = newest;
    newest = fed;
  }
  return parities;
}

/** Max-log-MAP. The eight states stand in a line each: as loops over a table of edges it takes twice as long. */
export class TrellisDecoder {
  /** Likelihoods of the states before each bit, and after the last. */
  readonly #forward: Float64Array<ArrayBuffer>;

  /** @param count - how many bits there are */
  constructor(readonly count: number) {
    this.#forward = new Float64Array((count + 1) * STATES);
  }

  /**
   * What the parities tell about each bit beyond what `systematic` does.
   *
   * @param systematic - log likelihood ratios of the bits, positive for 0
   * @param parity - the same of their parities
   * @param out - is filled with log likelihood ratios
   */
  extrinsic(systematic: Float64Array, parity: Float64Array, out: Float64Array): void {
    this.#goForward(systematic, parity);
    this.#goBackward(systematic, parity, out);
  }

  #goForward(systematic: Float64Array, parity: Float64Array): void {
    const f = this.#forward;
    f.fill(IMPOSSIBLE, 0, STATES);
    f[0] = 0;
    for (let i = 0, at = 0; i < this.count; i++, at += STATES) {
      // Of a 0 whose parity is 0, and of a 0 whose parity is 1; of a 1 they are turned.
      const same = systematic[i]! / 2 + parity[i]! / 2;
      const other = systematic[i]! / 2 - parity[i]! / 2;
      const s0 = greater(f[at]! + same, f[at + 1]! - same);
      const s1 = greater(f[at + 2]! - other, f[at + 3]! + other);
      const s2 = greater(f[at + 4]! + other, f[at + 5]! - other);
      const s3 = greater(f[at + 6]! - same, f[at + 7]! + same);
      const s4 = greater(f[at]! - same, f[at + 1]! + same);
      const s5 = greater(f[at + 2]! + other, f[at + 3]! - other);
      const s6 = greater(f[at + 4]! - other, f[at + 5]! + other);
      const s7 = greater(f[at + 6]! + same, f[at + 7]! - same);
      const most = greatest(s0, s1, s2, s3, s4, s5, s6, s7);
      f[at + 8] = s0 - most;
      f[at + 9] = s1 - most;
      f[at + 10] = s2 - most;
      f[at + 11] = s3 - most;
      f[at + 12] = s4 - most;
      f[at + 13] = s5 - most;
      f[at + 14] = s6 - most;
      f[at + 15] = s7 - most;
    }
  }

  #goBackward(systematic: Float64Array, parity: Float64Array, out: Float64Array): void {
    const f = this.#forward;
    let [b0, b1, b2, b3, b4, b5, b6, b7] = [0, 0, 0, 0, 0, 0, 0, 0];
    for (let i = this.count - 1, at = i * STATES; i >= 0; i--, at -= STATES) {
      const half = systematic[i]! / 2;
      const told = parity[i]! / 2;
      // What follows each state when the bit is 0, and when it is 1.
      const z0 = b0 + told;
      const z1 = b4 + told;
      const z2 = b5 - told;
      const z3 = b1 - told;
      const z4 = b2 - told;
      const z5 = b6 - told;
      const z6 = b7 + told;
      const z7 = b3 + told;
      const o0 = b4 - told;
      const o1 = b0 - told;
      const o2 = b1 + told;
      const o3 = b5 + told;
      const o4 = b6 + told;
      const o5 = b2 + told;
      const o6 = b3 - told;
      const o7 = b7 - told;
      const f0 = f[at]!;
      const f1 = f[at + 1]!;
      const f2 = f[at + 2]!;
      const f3 = f[at + 3]!;
      const f4 = f[at + 4]!;
      const f5 = f[at + 5]!;
      const f6 = f[at + 6]!;
      const f7 = f[at + 7]!;
      out[i] =
        greatest(f0 + z0, f1 + z1, f2 + z2, f3 + z3, f4 + z4, f5 + z5, f6 + z6, f7 + z7) -
        greatest(f0 + o0, f1 + o1, f2 + o2, f3 + o3, f4 + o4, f5 + o5, f6 + o6, f7 + o7);
      b0 = greater(z0 + half, o0 - half);
      b1 = greater(z1 + half, o1 - half);
      b2 = greater(z2 + half, o2 - half);
      b3 = greater(z3 + half, o3 - half);
      b4 = greater(z4 + half, o4 - half);
      b5 = greater(z5 + half, o5 - half);
      b6 = greater(z6 + half, o6 - half);
      b7 = greater(z7 + half, o7 - half);
      const most = greatest(b0, b1, b2, b3, b4, b5, b6, b7);
      b0 -= most;
      b1 -= most;
      b2 -= most;
      b3 -= most;
      b4 -= most;
      b5 -= most;
      b6 -= most;
      b7 -= most;
    }
  }
}

function greater(a: number, b: number): number {
  return a > b ? a : b;
}

// prettier-ignore
function greatest(
  a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number,
): number {
  return greater(greater(greater(a, b), greater(c, d)), greater(greater(e, f), greater(g, h)));
}
