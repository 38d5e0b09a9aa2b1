/**
 * A turbo code of any rate: two convolutional codes, each decoded by max-log-MAP. The interleaver is our own, so that
 * any length serves. Mirrored by training/rofi/sealed/turbo.py; both must agree bit by bit.
 */
import { RofiError } from '../../errors';
import { shuffled } from './permutation';
import { TrellisDecoder, paritiesOf } from './trellis';

const ITERATIONS = 10;
/** What one decoder tells the other is damped: max-log overrates it. */
const DAMPING = 0.75;
const INTERLEAVER = 1;

/**
 * Information bits (0 or 1) to `length` code bits: the information, then both parities in turn. Parities are left out
 * evenly where there is too little room; everything is repeated where there is too much.
 *
 * @throws RofiError `internal` when there are more bits than places
 */
export function encode(bits: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const count = bits.length;
  const all = new Uint8Array(3 * count);
  all.set(bits);
  const order = shuffled(count, INTERLEAVER);
  const first = paritiesOf(bits);
  const second = paritiesOf(Uint8Array.from(order, (from) => bits[from]!));
  for (let i = 0; i < count; i++) {
    all[count + 2 * i] = first[i]!;
    all[count + 2 * i + 1] = second[i]!;
  }
  const code = new Uint8Array(length);
  const from = sent(count, length);
  for (let i = 0; i < length; i++) code[i] = all[from[i]!]!;
  return code;
}

/**
 * The likeliest information bits (0 or 1).
 *
 * @param likelihoods - log likelihood ratios of the code bits as they were received, positive for 0
 * @param information - how many bits there are
 * @throws RofiError `internal` when there are more bits than places
 */
export function decode(likelihoods: Float32Array, information: number): Uint8Array<ArrayBuffer> {
  const { received, first, second } = collect(likelihoods, information);
  const order = shuffled(information, INTERLEAVER);
  const decoder = new TrellisDecoder(information);
  const input = new Float64Array(information);
  const one = new Float64Array(information);
  const mixed = new Float64Array(information);
  const told = new Float64Array(information);
  const bits = new Uint8Array(information);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    for (let i = 0; i < information; i++) input[i] = received[i]! + told[i]!;
    decoder.extrinsic(input, first, one);
    for (let i = 0; i < information; i++) {
      const from = order[i]!;
      input[i] = received[from]! + DAMPING * one[from]!;
    }
    decoder.extrinsic(input, second, mixed);
    let changed = iteration === 0;
    for (let i = 0; i < information; i++) {
      const at = order[i]!;
      told[at] = DAMPING * mixed[i]!;
      const bit = received[at]! + DAMPING * one[at]! + told[at] < 0 ? 1 : 0;
      changed ||= bit !== bits[at];
      bits[at] = bit;
    }
    if (!changed) break;
  }
  return bits;
}

/** Log likelihood ratios of the bits and of both their parities, 0 for what was not sent. */
function collect(likelihoods: Float32Array, information: number) {
  const total = new Float64Array(3 * information);
  sent(information, likelihoods.length).forEach((to, i) => (total[to]! += likelihoods[i]!));
  const parity = (which: number) =>
    Float64Array.from({ length: information }, (_, i) => total[information + 2 * i + which]!);
  return { received: total.subarray(0, information), first: parity(0), second: parity(1) };
}

/** Which of the 3 · information code bits are sent, in order, to fill `length` places. */
function sent(information: number, length: number): Uint32Array {
  if (length < information) {
    throw new RofiError('internal', `${information} bits do not fit ${length} places`);
  }
  const places = new Uint32Array(length);
  const parities = length - information;
  for (let i = 0; i < length; i++) {
    if (length >= 3 * information) places[i] = i % (3 * information);
    else if (i < information) places[i] = i;
    else places[i] = information + Math.floor(((i - information) * 2 * information) / parities);
  }
  return places;
}
