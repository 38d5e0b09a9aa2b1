import { beforeAll, describe, expect, it } from 'vitest';
import { moverOf } from '../drawing/moved-landmarks';
import { useCodecs } from '../image/codecs';
import { readCodec } from '../testing/codecs';
import type { FaceMesh } from '../geometry/mesh';
import { readAtlas, readFaceMesh } from '../testing/fixtures';
import samples from '../testing/person-samples.json';
import type { Atlas } from './atlas';
import { chooseDonors, suitableDonors, suitableFor } from './choose';
import { composePerson, mixDonors } from './compose';
import { coordinatesOf, soughtAge } from './looks';
import { foldingOn } from './folding';
import { oddnessOf } from './oddness';
import { MOST_NATURAL, MOST_PERSONS, personsToTry } from './search';

const KEY = Uint8Array.from({ length: 32 }, (_, i) => i);
const NUMBER = 3;

let atlas: Atlas;
let mesh: FaceMesh;
beforeAll(async () => {
  useCodecs(readCodec);
  [atlas, mesh] = await Promise.all([readAtlas(), readFaceMesh()]);
});

describe('folding', () => {
  it('is what a shape turns over, apart from what faces away and what lips open to', () => {
    const folding = foldingOn(mesh.mean, mesh);
    expect(folding(mesh.mean)).toBe(0);
    const mirrored = mesh.mean.map((value, i) => (i % 2 === 0 ? 1 - value : value));
    expect(folding(mirrored)).toBeGreaterThan(0.97);
    expect(foldingOn(mirrored, mesh)(mesh.mean)).toBe(0);
    const squeezed = mesh.mean.map((value, i) => (i % 2 === 0 ? 0.05 * value : value));
    expect(folding(squeezed) / folding(mirrored)).toBeCloseTo(0.25, 2);
  });
});

describe('the people of a key', () => {
  it('are made of the donors that training takes', async () => {
    const { patient, suitable, parts, detail } = samples;
    expect(suitableDonors(patient, atlas.donors)).toEqual(suitable);
    expect(await chooseDonors(KEY, NUMBER, suitableFor(patient, atlas), atlas)).toEqual({ parts, detail });
  });

  it('are tried with the most natural first, as training tries them', async () => {
    for (const { parts, oddness } of samples.oddness)
      expect(oddnessOf(parts, atlas.faces)).toBeCloseTo(oddness, 4);
    const landmarks = Float32Array.from(samples.landmarks);
    const { shape } = await mixDonors(samples.parts, atlas);
    const moved = moverOf(landmarks, mesh, atlas.turnModes)(shape);
    expect(foldingOn(landmarks, mesh)(moved)).toBeCloseTo(samples.folded, 5);
    const patient = { suitable: suitableFor(samples.patient, atlas), landmarks };
    const persons = await personsToTry(KEY, 0, patient, [], { atlas, mesh });
    expect(persons.slice(0, MOST_NATURAL)).toEqual(samples.mostNatural);
    expect(persons.toSorted((one, other) => one - other)).toEqual([...Array(MOST_PERSONS).keys()]);
  });

  it('are tried after those whom the visit has shown, and are others for every face', async () => {
    const landmarks = Float32Array.from(samples.landmarks);
    const patient = { suitable: suitableFor(samples.patient, atlas), landmarks };
    const last = samples.mostNatural.at(-1)!;
    const [first, second] = [samples.mostNatural[0]!, MOST_PERSONS + 5];
    const tried = await personsToTry(KEY, 0, patient, [last, second], { atlas, mesh });
    expect(tried.slice(0, 2)).toEqual([last, first]);
    expect(new Set(tried).size).toBe(MOST_PERSONS);
    const beside = await personsToTry(KEY, 1, patient, [last, second], { atlas, mesh });
    expect(beside[0]).toBe(second);
    expect(beside.filter((number) => tried.includes(number))).toEqual([]);
  });

  it('are mixed as training mixes them', async () => {
    const { texture } = await mixDonors(samples.parts, atlas);
    const differences = samples.texture.map(([place = 0, value = NaN]) =>
      Math.abs((texture[place] ?? NaN) - value),
    );
    expect(Math.max(...differences)).toBeLessThan(2 / 255);
  });

  it('are the same for a key and its number, and others for others', async () => {
    const choose = (key: Uint8Array, number: number) =>
      chooseDonors(key, number, suitableFor(samples.patient, atlas), atlas);
    expect(await choose(KEY, 0)).toEqual(await choose(KEY, 0));
    expect(await choose(KEY, 1)).not.toEqual(await choose(KEY, 0));
    expect(await choose(new Uint8Array(32).fill(9), 0)).not.toEqual(await choose(KEY, 0));
  });

  it('stay the same when a patient looks a little different on the next photo', async () => {
    const later = samples.patient.map((value, i) => value + (i % 2 === 0 ? 0.08 : -0.08));
    let same = 0;
    for (let number = 0; number < 12; number++) {
      const [one, other] = await Promise.all(
        [samples.patient, later].map((patient) =>
          chooseDonors(KEY, number, suitableFor(patient, atlas), atlas),
        ),
      );
      same += one?.parts.filter((row, part) => row === other?.parts[part]).length ?? 0;
    }
    expect(same / 48).toBeGreaterThan(0.6);
  });

  it('stay whom the visit has shown, but for those who no longer suit', async () => {
    const suitable = suitableFor(samples.patient, atlas);
    const one = await chooseDonors(KEY, 1, suitable, atlas);
    const shown = await chooseDonors(KEY, 0, suitable, atlas);
    expect(one.parts).not.toEqual(shown.parts);
    expect(await chooseDonors(KEY, 1, suitable, atlas, shown)).toEqual(shown);
    const child = samples.patient.map((value, i) => (i === 0 ? value - 6 : value));
    const { parts } = await chooseDonors(KEY, 1, suitableFor(child, atlas), atlas, shown);
    expect(parts.filter((row) => shown.parts.includes(row))).toEqual([]);
    expect(new Set(parts).size).toBe(4);
  });

  it('suit the patient: a child gets no grown-up', () => {
    const child = coordinatesOf({ age: 5, male: 0.5, tone: [0.7, 0.55, 0.48], opening: 0.05, width: 0.8 });
    const oldest = coordinatesOf({ age: 18, male: 0.5, tone: [0.7, 0.55, 0.48], opening: 0, width: 0.8 });
    const ages = suitableDonors(child, atlas.donors).map((row) => atlas.donors[row]?.coordinates[0] ?? 99);
    expect(Math.max(...ages)).toBeLessThan(oldest[0] ?? 0);
  });

  it('are sought among younger ones for children, and among people of like age for grown-ups', () => {
    for (const [age, sought] of samples.soughtAges)
      expect(soughtAge(age ?? NaN)).toBeCloseTo(sought ?? NaN, 9);
  });

  it('have skin finer than their texture', async () => {
    const { detail, texture } = await composePerson(KEY, 0, suitableFor(samples.patient, atlas), atlas);
    expect(detail.side).toBeGreaterThanOrEqual(512);
    expect(texture.every((value) => value >= 0 && value <= 1)).toBe(true);
  });
});
