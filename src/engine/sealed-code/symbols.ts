/** What four-level symbols tell about their bits. Mirrored by training/rofi/sealed/carriers.py. */

const ROUNDS = 8;
/** No bit is believed more than this. */
const CERTAIN = 20;
/** Keeps the sums of cells that are not believed at all above zero. */
const LITTLE = 1e-6;

/** Log likelihood ratios, positive for 0, of the symbols' two bits, [cells, coefficients]. */
export interface SymbolLikelihoods {
  readonly signs: Float32Array;
  readonly magnitudes: Float32Array;
}

/** A symbol's inner and outer level, as it was written. */
type Levels = readonly [inner: number, outer: number];

/** What became of the levels on their way: estimated for each coefficient over all cells, and trust for each cell. */
interface Channel {
  readonly gain: Float64Array;
  readonly noise: Float64Array;
  readonly trust: Float64Array;
}

/**
 * Reads symbols. A cell is believed as far as the code is present in it, and less where its values lie beside the levels.
 *
 * @param values - [cells, coefficients]
 * @param present - 0..1 for each cell
 */
export function symbolLikelihoods(
  values: Float32Array,
  levels: Levels,
  present: Float64Array,
): SymbolLikelihoods {
  const { gain, noise, trust } = estimate(values, levels, present);
  const [inner, outer] = levels;
  const width = gain.length;
  const signs = new Float32Array(values.length);
  const magnitudes = new Float32Array(values.length);
  for (let cell = 0, i = 0; cell < trust.length; cell++) {
    const believed = trust[cell]!;
    for (let k = 0; k < width; k++, i++) {
      const value = values[i]!;
      const [near, far] = [gain[k]! * inner, gain[k]! * outer];
      const share = believed / (2 * noise[k]!);
      const a = (value + far) ** 2;
      const b = (value + near) ** 2;
      const c = (value - near) ** 2;
      const d = (value - far) ** 2;
      signs[i] = limit(share * (Math.min(a, b) - Math.min(c, d)));
      magnitudes[i] = limit(share * (Math.min(a, d) - Math.min(b, c)));
    }
  }
  return { signs, magnitudes };
}

function estimate(values: Float32Array, levels: Levels, present: Float64Array): Channel {
  const innerPower = levels[0] ** 2;
  const width = values.length / present.length;
  const gain = new Float64Array(width).fill(1);
  const noise = new Float64Array(width).fill(innerPower);
  const trust = present.map((share) => share + LITTLE);
  // Expected level and its expected square, and sums over the cells.
  const expected = new Float64Array(values.length);
  const energy = new Float64Array(values.length);
  const [along, power] = [new Float64Array(width), new Float64Array(width)];
  const residual = new Float64Array(values.length);
  for (let round = 0; round < ROUNDS; round++) {
    along.fill(0);
    power.fill(0);
    for (let cell = 0, i = 0; cell < trust.length; cell++) {
      const weight = trust[cell]!;
      for (let k = 0; k < width; k++, i++) {
        const value = values[i]!;
        expect(value, levels, gain[k]!, noise[k]!, i, expected, energy);
        along[k]! += weight * expected[i]! * value;
        power[k]! += weight * energy[i]!;
      }
    }
    for (let k = 0; k < width; k++) gain[k] = Math.max(along[k]! / power[k]!, 0.02);
    const total = trust.reduce((sum, weight) => sum + weight, 0);
    noise.fill(0);
    for (let cell = 0, i = 0; cell < trust.length; cell++) {
      const weight = trust[cell]! / total;
      for (let k = 0; k < width; k++, i++) {
        const value = values[i]!;
        const step = gain[k]!;
        residual[i] = value ** 2 - 2 * step * expected[i]! * value + step ** 2 * energy[i]!;
        noise[k]! += weight * residual[i]!;
      }
    }
    for (let k = 0; k < width; k++) noise[k] = Math.max(noise[k]!, 1e-3 * innerPower);
    for (let cell = 0, i = 0; cell < trust.length; cell++) {
      let misfit = 0;
      for (let k = 0; k < width; k++, i++) misfit += residual[i]! / noise[k]! / width;
      trust[cell] = (present[cell]! + LITTLE) / Math.max(1, misfit) ** 2;
    }
  }
  return { gain, noise, trust };
}

/** Notes the level a value is expected to come from, and that level's expected square. */
function expect(
  value: number,
  [inner, outer]: Levels,
  gain: number,
  noise: number,
  at: number,
  expected: Float64Array,
  energy: Float64Array,
): void {
  // Of the levels on the value's own side, and of those on the other; divided by the nearest one's, so that not all vanish.
  const away = Math.abs(value);
  const scale = 1 / (2 * noise);
  const [step, reach] = [gain * inner, gain * outer];
  const near = (away - step) ** 2;
  const far = (away - reach) ** 2;
  const least = near < far ? near : far;
  // The nearest one's is 1: an exponential less for each of very many values.
  const isInner = near === least ? 1 : Math.exp((least - near) * scale);
  const isOuter = far === least ? 1 : Math.exp((least - far) * scale);
  const isOtherInner = Math.exp((least - (away + step) ** 2) * scale);
  const isOtherOuter = Math.exp((least - (away + reach) ** 2) * scale);
  const sum = isInner + isOuter + isOtherInner + isOtherOuter;
  const size = ((isInner - isOtherInner) * inner + (isOuter - isOtherOuter) * outer) / sum;
  expected[at] = value < 0 ? -size : size;
  energy[at] = ((isInner + isOtherInner) * inner ** 2 + (isOuter + isOtherOuter) * outer ** 2) / sum;
}

function limit(likelihood: number): number {
  return Math.min(Math.max(likelihood, -CERTAIN), CERTAIN);
}
