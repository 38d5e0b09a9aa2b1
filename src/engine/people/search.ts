import { people } from '../constants.json';
import { drawPerson, type Canvas, type DrawnPerson } from '../drawing/draw-person';
import type { Tools } from '../tools';
import type { Person } from './compose';

/** So many of a key's persons are tried on a face before it is called recognisable. */
export const MOST_PERSONS = people.tried;
/** By which share of its threshold every recogniser must see a stranger in the drawing: translation takes a little. */
const SPARE = people.spare;

/** One of a key's persons, drawn on a face. */
export interface FoundPerson {
  /** Which of the key's persons. */
  readonly number: number;
  readonly person: Person;
  readonly virtual: DrawnPerson;
  /** How many were tried on this face so far. */
  readonly tried: number;
  /** Whether no recogniser takes it for the patient. */
  readonly hidden: boolean;
}

/**
 * What recognisers say of a drawing: by which share of its threshold the least convinced one sees a stranger; null as
 * soon as it is known to be no more than `best`.
 */
export type Judge = (drawing: Float32Array, best: number) => Promise<number | null>;

/**
 * The first of a key's persons that no recogniser takes for the patient; the least alike where all are.
 *
 * @param numbers - the persons to try, in this order; `personOf` - who they are
 */
export async function findPerson(
  canvas: Canvas,
  numbers: readonly number[],
  personOf: (number: number) => Promise<Person>,
  judge: Judge,
  { atlas, mesh }: Pick<Tools, 'atlas' | 'mesh'>,
): Promise<FoundPerson> {
  let best: (FoundPerson & { readonly margin: number }) | null = null;
  for (const [index, number] of numbers.entries()) {
    const person = await personOf(number);
    const virtual = drawPerson(canvas, person, mesh, atlas.turnModes);
    const above: number = best?.margin ?? -Infinity;
    const margin = (await judge(virtual.image, above)) ?? -Infinity;
    const found = { number, person, virtual, tried: index + 1, margin, hidden: margin >= SPARE };
    if (found.hidden) return found;
    if (best === null || margin > best.margin) best = found;
  }
  if (best === null) throw new RangeError('no person left to try');
  return { ...best, tried: numbers.length };
}
