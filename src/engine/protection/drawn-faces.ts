/** The key's person on each face: who it is, and how it is drawn where the eyes are found again. */
import type { ProtectOptions } from '../api';
import { grownShare, marginAbove, type KnownFace } from '../checks/recognition';
import { children, people } from '../constants.json';
import { canvasOf, drawPerson, type DrawnPerson } from '../drawing/draw-person';
import { keptShares } from '../drawing/kept-shares';
import { keptFace, layOver } from '../drawing/overlay';
import { wholeEyes } from '../drawing/sign-map';
import { findFront } from '../front/find-front';
import { realign } from '../landmarks/realignment';
import { composePerson, type Person } from '../people/compose';
import { suitableFor, type Choice, type Suitable } from '../people/choose';
import { patientCoordinates } from '../people/patient';
import {
  findPerson,
  LEAST_SPARE,
  MOST_NATURAL,
  personsToTry,
  SPARE_AGAIN,
  type Judge,
} from '../people/search';
import type { Tools } from '../tools';
import type { Pixels } from '../types';
import type { StepClock } from '../worker/step-clock';
import { recognisable, type ChosenFace } from './chosen-faces';

/** A face with what decides which people suit it, whatever the key. */
export interface Patient extends ChosenFace, KnownFace {
  readonly suitable: Suitable;
  /** How much of it shows for its signs, whoever is drawn, [256, 256] in 0..1; null where nothing does. */
  readonly kept: Float32Array | null;
  /** What stays because it is in front of the face, [256, 256] in 0..1; null where nothing does. */
  readonly front: Float32Array | null;
}

/** A face, and the numbers of a key's persons to try on it. */
export interface SoughtFace extends Patient {
  /** Whom the visit's photos have shown, by number. */
  readonly shown: ReadonlyMap<number, Choice>;
  readonly left: readonly number[];
  /** How many of them were drawn on it. */
  readonly tried: number;
}

/** A face with one of the key's persons drawn on it, ready to be translated. */
export interface DrawnFace extends SoughtFace {
  readonly number: number;
  /** By which share of its threshold the least convinced recogniser sees a stranger in the drawing. */
  readonly margin: number;
  readonly person: Person;
  readonly virtual: DrawnPerson;
}

/** What decides which people suit a face, and what of it stays. */
export async function toPatient(face: ChosenFace, options: ProtectOptions, tools: Tools): Promise<Patient> {
  const { aligned, signs } = face;
  const known = await recognisable(face, tools);
  const suitable = suitableFor(await patientCoordinates(aligned, tools), tools.atlas);
  const kept = keptFace(keptShares(signs.scores, wholeEyes(aligned), options));
  const keeps = kept.some((share) => share > 0);
  // Glasses and hair tell who somebody is as well: where only the face is left, they are drawn over.
  const front = options.surroundings === 'faces' ? null : await findFront(aligned, tools);
  return { ...known, suitable, kept: keeps ? kept : null, front };
}

/**
 * A key's persons to try on a face: the odd ones only where the key is given, so that there is no other, or where
 * something is in front of the face that they may leave there.
 *
 * @param shown - whom the visit's photos have shown
 */
export async function seekPersons(
  patient: Patient,
  index: number,
  key: Uint8Array,
  isGiven: boolean,
  shown: ReadonlyMap<number, Choice>,
  tools: Tools,
): Promise<SoughtFace> {
  const { suitable, aligned, front } = patient;
  const { landmarks } = aligned;
  const persons = await personsToTry(key, index, { suitable, landmarks }, shown.keys(), tools);
  return { ...patient, shown, left: isGiven || front ? persons : persons.slice(0, MOST_NATURAL), tried: 0 };
}

/**
 * Draws the first person that is not taken for the patient, kept signs and all; the best one where all are. What is in
 * front of the face stays, unless everybody behind it looks too much like the patient.
 */
export async function drawNext(face: SoughtFace, key: Uint8Array, tools: Tools): Promise<DrawnFace> {
  const composed = new Map<number, Promise<Person>>();
  const personOf = (number: number): Promise<Person> => {
    const before = face.shown.get(number);
    const person = composed.get(number) ?? composePerson(key, number, face.suitable, tools.atlas, before);
    composed.set(number, person);
    return person;
  };
  const { aligned, kept } = face;
  // Shown without what is kept, nearly everybody is a stranger.
  const judge: Judge = (drawing, best) =>
    marginAbove(best, face, kept ? layOver(drawing, aligned.image, kept) : drawing, tools);
  const wanted = spareOf(face.age);
  const search = async (front: Float32Array | null, enough = LEAST_SPARE): Promise<DrawnFace> => {
    const canvas = canvasOf(face.aligned, tools.mesh, tools.atlas.turnModes, front);
    const spare = { wanted, enough };
    const found = await findPerson(canvas, face.left, personOf, judge, face.shown, spare);
    return { ...face, ...found, front, tried: face.tried + found.tried };
  };
  if (face.front === null) return search(null);
  const found = await search(face.front, SPARE_AGAIN);
  if (found.margin < SPARE_AGAIN) return search(null);
  // Without what is in front, whoever was recognised may be a stranger.
  const left = new Set([...found.left, ...face.left]);
  left.delete(found.number);
  return { ...found, left: [...left] };
}

/**
 * With how much to spare somebody is taken at once: translation takes a little. Of a child less distance is asked, since
 * recognisers take children for one another, so that more is looked for.
 */
function spareOf(age: number): number {
  return children.spare + (people.spare - children.spare) * grownShare(age);
}

/** Faces whose eyes seem to lie elsewhere once the person is drawn are aligned there and drawn again. */
export async function settleFaces(
  pixels: Pixels,
  drawn: readonly DrawnFace[],
  tools: Tools,
  clock: StepClock,
): Promise<readonly DrawnFace[]> {
  const settled = await clock.runEach('draw-virtual-face', drawn, ({ aligned, virtual }) =>
    realign(aligned, pixels, tools.findNear(pixels, aligned.face.landmarks, virtual.image)),
  );
  return clock.runEach('draw-virtual-face', drawn, async (face, index) => {
    const aligned = settled[index] ?? face.aligned;
    if (aligned === face.aligned) return face;
    const front = face.front && (await findFront(aligned, tools));
    const canvas = canvasOf(aligned, tools.mesh, tools.atlas.turnModes, front);
    return { ...face, aligned, front, virtual: drawPerson(canvas, face.person) };
  });
}
