import { people } from '../constants.json';
import { drawPerson, type DrawnPerson } from '../drawing/draw-person';
import type { Tools } from '../tools';
import type { AlignedFace } from '../types';
import { composePerson, type Person } from './compose';
import type { Coordinates } from './looks';

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
 * @param front - what stays because it is in front of the face, [256, 256] in 0..1
 * @param numbers - the persons to try, in this order
 */
export async function findPerson(
  aligned: AlignedFace,
  front: Float32Array | null,
  patient: Coordinates,
  key: Uint8Array,
  numbers: readonly number[],
  judge: Judge,
  { atlas, mesh }: Pick<Tools, 'atlas' | 'mesh'>,
): Promise<FoundPerson> {
  let best: (FoundPerson & { readonly margin: number }) | null = null;
  for (const [index, number] of numbers.entries()) {
    const person = await composePerson(key, number, patient, atlas);
    const virtual = drawPerson(aligned, person, mesh, atlas.turnModes, front);
    const above: number = best?.margin ?? -Infinity;
    const margin = (await judge(virtual.image, above)) ?? -Infinity;
    const found = { number, person, virtual, tried: index + 1, margin, hidden: margin >= SPARE };
    if (found.hidden) return found;
    if (best === null || margin > best.margin) best = found;
  }
  if (best === null) throw new RangeError('no person left to try');
  return { ...best, tried: numbers.length };
}
