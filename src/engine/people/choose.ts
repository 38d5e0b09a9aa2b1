/** Which donors a key takes for a patient. Training chooses the same ones in rofi/people/compose.py. */
import { expand } from '../../record/key';
import { people } from '../constants.json';
import type { Atlas, Donor } from './atlas';
import { AGE_AT, OPENING_AT, SEX_AT, type Coordinates } from './looks';

const INFO = people.info;
/** Donors that suit: the nearest, as many as are near enough, at least and at most so many. */
const FEWEST = people.fewest;
const MOST = people.most;
const NEAR = people.near;
/** Detail comes from one of so many people of like age and sex. */
const DETAIL_AMONG = people.detailAmong;
const SEEDS = 5;

/** Rows of the atlas: whose face, brows, nose and mouth, and whose skin. */
export interface Choice {
  readonly parts: readonly number[];
  readonly detail: number;
}

/** Rows of the donors that a patient's persons can be made of. */
export interface Suitable {
  /** For face, brows, nose and mouth: the mouth's are those whose mouths are open as far as the patient's. */
  readonly parts: readonly (readonly number[])[];
  readonly details: readonly number[];
}

/** Whom a patient's persons can be made of. */
export function suitableFor(
  patient: Coordinates,
  { donors, detailed }: Pick<Atlas, 'donors' | 'detailed'>,
): Suitable {
  const suitable = suitableDonors(patient, donors);
  const asOpen = byDistance(suitable, (row) =>
    Math.abs((at(donors, row)[OPENING_AT] ?? 0) - (patient[OPENING_AT] ?? 0)),
  ).slice(0, Math.floor(suitable.length / 3));
  const alike = byDistance(detailed, (row) => squares(at(donors, row), patient, [AGE_AT, SEX_AT]));
  return { parts: [suitable, suitable, suitable, asOpen], details: alike.slice(0, DETAIL_AMONG) };
}

/**
 * Every part takes the first suitable donor in an order that the key gives all donors, so that a patient who looks a
 * little different on the next photo gets the same ones.
 *
 * @param number - counts the key's persons
 * @param before - whom this person was made of on the visit's last photo: they stay where they still suit
 */
export async function chooseDonors(
  key: Uint8Array,
  number: number,
  suitable: Suitable,
  { donors }: Pick<Atlas, 'donors'>,
  before: Choice | null = null,
): Promise<Choice> {
  const seeds = await seedsOf(key, number);
  const parts: number[] = [];
  for (const among of suitable.parts) {
    const seed = seeds[parts.length] ?? 0;
    const last = before?.parts[parts.length];
    const free = among.filter((row) => !parts.includes(row));
    parts.push(free.find((row) => row === last) ?? firstOf(free, donors, seed));
  }
  const skin = suitable.details.find((row) => row === before?.detail);
  return { parts, detail: skin ?? firstOf(suitable.details, donors, seeds[SEEDS - 1] ?? 0) };
}

/** Rows of the donors that suit a patient, the nearest first. */
export function suitableDonors(patient: Coordinates, donors: readonly Donor[]): readonly number[] {
  const all = patient.map((_, i) => i);
  const far = (row: number): number => squares(at(donors, row), patient, all);
  const nearest = byDistance([...donors.keys()], far).slice(0, MOST);
  return nearest.slice(0, Math.max(FEWEST, nearest.filter((row) => far(row) < NEAR).length));
}

/** HKDF of the key, the person's number as salt. */
async function seedsOf(key: Uint8Array, number: number): Promise<readonly number[]> {
  const salt = new Uint8Array(4);
  new DataView(salt.buffer).setUint32(0, number);
  const bytes = new DataView(await expand(key, salt, INFO, 4 * SEEDS));
  return Array.from({ length: SEEDS }, (_, i) => bytes.getUint32(4 * i));
}

function at(donors: readonly Donor[], row: number): Coordinates {
  return donors[row]?.coordinates ?? [];
}

function squares(one: Coordinates, other: Coordinates, which: readonly number[]): number {
  return which.reduce((sum, i) => sum + ((one[i] ?? 0) - (other[i] ?? 0)) ** 2, 0);
}

function byDistance(rows: readonly number[], far: (row: number) => number): readonly number[] {
  return rows
    .map((row) => [far(row), row] as const)
    .sort(([one], [other]) => one - other)
    .map(([, row]) => row);
}

function firstOf(rows: readonly number[], donors: readonly Donor[], seed: number): number {
  const order = (row: number): number => rank(seed, donors[row]?.id ?? 0);
  return rows.reduce((first, row) => (order(row) < order(first) ? row : first));
}

/** A number that orders things anew for each seed: MurmurHash3's finaliser. */
export function rank(seed: number, id: number): number {
  let hash = Math.imul(id, 0x9e3779b1) ^ seed;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
