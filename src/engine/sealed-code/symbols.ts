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
  for (let i = 0; i < values.length; i++) {
    const step = gain[i % width]!;
    const square = (level: number) => (values[i]! - step * level) ** 2 / (2 * noise[i % width]!);
    const a = square(-outer);
    const b = square(-inner);
    const c = square(inner);
    const d = square(outer);
    const believed = trust[Math.floor(i / width)]!;
    signs[i] = limit(believed * (Math.min(a, b) - Math.min(c, d)));
    magnitudes[i] = limit(believed * (Math.min(a, d) - Math.min(b, c)));
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
    for (let i = 0; i < values.length; i++) {
      const k = i % width;
      expect(values[i]!, levels, gain[k]!, noise[k]!, i, expected, energy);
      const weight = trust[Math.floor(i / width)]!;
      along[k]! += weight * expected[i]! * values[i]!;
      power[k]! += weight * energy[i]!;
    }
    for (let k = 0; k < width; k++) gain[k] = Math.max(along[k]! / power[k]!, 0.02);
    const total = trust.reduce((sum, weight) => sum + weight, 0);
    noise.fill(0);
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      const step = gain[i % width]!;
      residual[i] = value ** 2 - 2 * step * expected[i]! * value + step ** 2 * energy[i]!;
      noise[i % width]! += (trust[Math.floor(i / width)]! * residual[i]!) / total;
    }
    for (let k = 0; k < width; k++) noise[k] = Math.max(noise[k]!, 1e-3 * innerPower);
    for (let cell = 0; cell < trust.length; cell++) {
      let misfit = 0;
      for (let k = 0; k < width; k++) misfit += residual[cell * width + k]! / noise[k]! / width;
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
  // Less the nearest level's, so that not all four vanish.
  const away = Math.abs(value);
  const least = Math.min((away - gain * inner) ** 2, (away - gain * outer) ** 2);
  const chance = (level: number) => Math.exp((least - (value - gain * level) ** 2) / (2 * noise));
  const [a, b, c, d] = [chance(-outer), chance(-inner), chance(inner), chance(outer)];
  const sum = a + b + c + d;
  expected[at] = ((c - b) * inner + (d - a) * outer) / sum;
  energy[at] = ((b + c) * inner ** 2 + (a + d) * outer ** 2) / sum;
}

function limit(likelihood: number): number {
  return Math.min(Math.max(likelihood, -CERTAIN), CERTAIN);
}
