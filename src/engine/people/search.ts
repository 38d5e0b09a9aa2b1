import { people } from '../constants.json';
import { drawPerson, type Canvas, type DrawnPerson } from '../drawing/draw-person';
import { moverOf } from '../drawing/moved-landmarks';
import type { Tools } from '../tools';
import { chooseDonors, type Suitable } from './choose';
import { mixShapes, type Person } from './compose';
import { foldingOn } from './folding';
import { oddnessOf } from './oddness';

/** So many of a key's persons may be tried on a face; so many of them, the most natural, are tried first. */
export const MOST_PERSONS = people.considered;
export const MOST_NATURAL = people.natural;
/** How odd a face is that folds over itself all over. */
const FOLDING = people.folding;
/** What must do once the natural ones are tried: with less, every second drawing is recognised when translated. */
export const LEAST_SPARE = people.leastSpare;
/**
 * For somebody whom the visit has shown, since a visit shows one person where that hides the patient, and behind what is
 * in front of the face, which is rather drawn over than shown with less.
 */
export const SPARE_AGAIN = people.spareAgain;

/** A face that persons are sought for. */
interface Patient {
  readonly suitable: Suitable;
  /** [468, 2] in 0..1 of the crop. */
  readonly landmarks: Float32Array;
}

/** One of a key's persons, drawn on a face. */
export interface FoundPerson {
  /** Which of the key's persons. */
  readonly number: number;
  readonly person: Person;
  readonly virtual: DrawnPerson;
  /** By which share of its threshold the least convinced recogniser sees a stranger. */
  readonly margin: number;
  /** Whom to try next where this one is recognised after all: strangers with less to spare, and who was not tried. */
  readonly left: readonly number[];
  /** How many were drawn. */
  readonly tried: number;
}

/** By which share of its threshold every recogniser must see a stranger in a drawing. */
export interface Spare {
  /** So that nobody else is tried. */
  readonly wanted: number;
  /** So that no odd person is tried once the natural ones are. */
  readonly enough: number;
}

/**
 * What recognisers say of a drawing: by which share of its threshold the least convinced one sees a stranger; null as
 * soon as it is known to be no more than `best`.
 */
export type Judge = (drawing: Float32Array, best: number) => Promise<number | null>;

/**
 * Which of a key's persons to try on a face, in this order: the most natural ones as the key has them, then the others,
 * the oddest last. Every face of a photo has its own range of them, so that no two look alike. Training has the same in
 * rofi/people/person.py.
 *
 * @param index - which face of the photo
 * @param shown - those that the visit has shown: the face's own come first
 */
export async function personsToTry(
  key: Uint8Array,
  index: number,
  { suitable, landmarks }: Patient,
  shown: Iterable<number>,
  { atlas, mesh }: Pick<Tools, 'atlas' | 'mesh'>,
): Promise<readonly number[]> {
  const own = Array.from({ length: MOST_PERSONS }, (_, i) => index * MOST_PERSONS + i);
  const move = moverOf(landmarks, mesh, atlas.turnModes);
  const folding = foldingOn(landmarks, mesh);
  const odd = await Promise.all(
    own.map(async (number) => {
      const { parts } = await chooseDonors(key, number, suitable, atlas);
      const folds = folding(move(mixShapes(parts, atlas)));
      return [oddnessOf(parts, atlas.faces) + FOLDING * folds, number] as const;
    }),
  );
  const numbers = odd.sort(([one], [other]) => one - other).map(([, number]) => number);
  const natural = numbers.slice(0, MOST_NATURAL).sort((one, other) => one - other);
  const first = [...shown].filter((number) => own.includes(number));
  return [...new Set([...first, ...natural, ...numbers])];
}

/**
 * The first of a key's persons that no recogniser takes for the patient. Where all of the natural ones are, it is the
 * least alike, and more are tried only while that is neither clearly a stranger nor clearly the patient.
 *
 * @param numbers - the persons to try, in this order; `personOf` - who they are
 * @param shown - those that the visit has shown
 */
export async function findPerson(
  canvas: Canvas,
  numbers: readonly number[],
  personOf: (number: number) => Promise<Person>,
  judge: Judge,
  shown: { has(number: number): boolean },
  { wanted, enough }: Spare,
): Promise<FoundPerson> {
  let best: Omit<FoundPerson, 'left' | 'tried'> | null = null;
  let others: readonly number[] = [];
  let tried = 0;
  for (const number of numbers) {
    const clear = best !== null && (best.margin >= enough || best.margin <= -LEAST_SPARE);
    if (tried >= MOST_NATURAL && clear) break;
    tried++;
    const person = await personOf(number);
    const virtual = drawPerson(canvas, person);
    const above: number = best?.margin ?? -Infinity;
    const margin = (await judge(virtual.image, above)) ?? -Infinity;
    const found = { number, person, virtual, margin };
    if (margin >= (shown.has(number) ? SPARE_AGAIN : wanted)) {
      return { ...found, left: numbers.slice(tried), tried };
    }
    if (best !== null && margin <= best.margin) continue;
    if (best !== null && best.margin >= 0) others = [best.number, ...others];
    best = found;
  }
  if (best === null) throw new RangeError('no person left to try');
  return { ...best, left: [...others, ...numbers.slice(tried)], tried };
}
