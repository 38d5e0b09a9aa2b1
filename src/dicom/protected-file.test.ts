import { beforeAll, describe, expect, it } from 'vitest';
import { createKey } from '../record/key';
import { keptElements } from './kept';
import { withdrawClaims, writeProtected, type Protection } from './protected-file';
import { readDicom } from './read';
import { frameIn, recordIn } from './record-element';
import { TAG } from './tags';
import { INSTANCE, PRIVATE_WORDS, SERIES, STUDY, patientPhoto, type Stored } from './testing';
import type { DataSet } from './types';
import { text } from './values';
import { dataSetOf, textElement } from './write';

const PIXELS = Uint8Array.of(1, 2, 3, 4, 5, 6);
const RGB: Stored = { width: 2, height: 1, photometric: 'RGB', pixels: PIXELS };
const PICTURE = { width: 2, height: 1, bytes: PIXELS, sha256: 'aa', profile: new Uint8Array(8) };
const PROTECTION: Protection = {
  key: new Uint8Array(32).fill(1),
  frame: 0,
  dates: 'shifted',
  changes: ['replaced'],
  everybody: true,
  record: Uint8Array.of(7, 7, 0),
};

async function written(stored = RGB, changes: Partial<Protection> = {}, sha256 = 'aa'): Promise<Uint8Array> {
  return writeProtected(patientPhoto(stored), { ...PICTURE, sha256 }, { ...PROTECTION, ...changes });
}

async function dataSetFor(stored = RGB, changes: Partial<Protection> = {}): Promise<DataSet> {
  return readDicom(await written(stored, changes)).dataSet;
}

const methods = (dataSet: DataSet): readonly string[] =>
  (dataSet.get(TAG.deidentification)?.items ?? []).map((item) => text(item, TAG.codeValue));

describe('a protected file', () => {
  let file: Uint8Array;
  let dataSet: DataSet;
  beforeAll(async () => {
    file = await written();
    ({ dataSet } = readDicom(file));
  });

  it('holds nothing of the original but what is on the list', () => {
    const latin1 = Buffer.from(file).toString('latin1');
    for (const word of [...PRIVATE_WORDS, 'CAMERA', '20240229']) expect(latin1, word).not.toContain(word);
    const values = [TAG.bodyPart, TAG.seriesNumber, TAG.instanceNumber, TAG.imageLaterality, TAG.burnedIn];
    expect(values.map((tag) => text(dataSet, tag))).toEqual(['EYE', '2', '3', 'R', 'NO']);
    // The file's own words for a code may say anything.
    const place = dataSet.get(TAG.anatomicRegion)?.items?.[0];
    expect(place && text(place, TAG.codeMeaning)).toBe('Eyelid');
  });

  it('says that and how identity was removed', () => {
    expect(text(dataSet, TAG.identityRemoved)).toBe('YES');
    expect(text(dataSet, TAG.recognisable)).toBe('NO');
    expect(text(dataSet, TAG.datesModified)).toBe('MODIFIED');
    expect(methods(dataSet)).toEqual(['113100', '113102', '113107']);
  });

  it('says so only of a picture in which nobody can be recognised', async () => {
    const doubtful = [
      await dataSetFor(RGB, { everybody: false }),
      await dataSetFor({ ...RGB, others: [textElement(TAG.burnedIn, 'CS', 'YES')] }),
      readDicom(withdrawClaims(file)).dataSet,
    ];
    for (const one of doubtful) {
      expect([text(one, TAG.identityRemoved), text(one, TAG.recognisable)]).toEqual(['NO', 'YES']);
      expect(methods(one)).toEqual([]);
    }
  });

  it('says what was done to the picture', async () => {
    const covered = await dataSetFor(RGB, { changes: ['covered'], everybody: false });
    expect(text(dataSet, TAG.derivation)).toMatch(/^Face replaced/);
    expect(text(covered, TAG.derivation)).toMatch(/^Face or part of the picture covered/);
  });

  it('keeps all else when its claims are withdrawn', () => {
    const { dataSet: withdrawn } = readDicom(withdrawClaims(file));
    const claims: readonly number[] = [TAG.identityRemoved, TAG.recognisable, TAG.deidentification];
    const others = (from: DataSet): unknown => [...from.values()].filter(({ tag }) => !claims.includes(tag));
    expect(others(withdrawn)).toEqual(others(dataSet));
  });

  it('carries the record, whatever its length', async () => {
    for (const record of [Uint8Array.of(1, 2, 3, 0), Uint8Array.of(1, 2, 0), new Uint8Array(0)]) {
      expect(recordIn(await written(RGB, { record }))).toEqual(record);
    }
    expect(frameIn(await written({ ...RGB, width: 1, frames: 2 }, { frame: 1 }))).toBe(1);
    expect(() => recordIn(patientPhoto(RGB))).toThrow(expect.objectContaining({ code: 'not-protected' }));
  });

  it('keeps the record when an archive gives its block another place', () => {
    const moved = Buffer.from(file);
    for (const [from, to] of [
      ['71001000', '71003000'],
      ['71000110', '71000130'],
      ['71000210', '71000230'],
      ['71000310', '71000330'],
    ]) {
      const at = moved.indexOf(Buffer.from(from!, 'hex'));
      moved.set(Buffer.from(to!, 'hex'), at);
    }
    expect(Array.from(recordIn(moved))).toEqual(Array.from(PROTECTION.record));
  });
});

describe('names and dates', () => {
  const uids = (dataSet: DataSet): readonly string[] =>
    [TAG.study, TAG.series, TAG.patientId].map((tag) => text(dataSet, tag));

  it('are the same for one key and study, and others for another', async () => {
    const one = await dataSetFor();
    expect(uids(await dataSetFor())).toEqual(uids(one));
    for (const uid of [...uids(one), text(one, TAG.sopInstance)]) {
      expect([STUDY, SERIES, INSTANCE]).not.toContain(uid);
    }
    const otherKey = await dataSetFor(RGB, { key: createKey() });
    expect(uids(otherKey).filter((uid, i) => uid === uids(one)[i])).toEqual([]);
    const otherStudy = await dataSetFor({ ...RGB, others: [textElement(TAG.study, 'UI', '1.2.9')] });
    expect(text(otherStudy, TAG.study)).not.toBe(text(one, TAG.study));
    expect(text(otherStudy, TAG.patientId)).toBe(text(one, TAG.patientId));
  });

  it('are UIDs as the standard wants them', async () => {
    const dataSet = await dataSetFor();
    for (const tag of [TAG.study, TAG.series, TAG.sopInstance]) {
      expect(text(dataSet, tag)).toMatch(/^2\.25\.[1-9]\d{1,38}$/);
    }
  });

  it('tell two pictures of one photo apart', async () => {
    const instance = async (changes: Partial<Protection>, sha256: string): Promise<string> =>
      text(
        readDicom(await written({ ...RGB, width: 1, frames: 2 }, changes, sha256)).dataSet,
        TAG.sopInstance,
      );
    const all = [await instance({}, 'aa'), await instance({}, 'bb'), await instance({ frame: 1 }, 'aa')];
    expect(new Set(all).size).toBe(3);
    expect(await instance({}, 'aa')).toBe(all[0]);
  });

  it('stay as they are, or all move alike into the past', async () => {
    const kept = await dataSetFor(RGB, { dates: 'kept' });
    const dates = (dataSet: DataSet): readonly string[] =>
      [TAG.studyDate, TAG.contentDate].map((tag) => text(dataSet, tag));
    expect(dates(kept)).toEqual(['20240229', '20240301']);
    expect(methods(kept)).toContain('113106');
    expect(text(kept, TAG.datesModified)).toBe('UNMODIFIED');
    const asTime = (date: string): number =>
      Date.parse(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`);
    const [study = 0, content = 0] = dates(await dataSetFor()).map(asTime);
    expect(content - study).toBe(86_400_000);
    expect(study).toBeLessThan(asTime('20240229'));
    expect(study).toBeGreaterThan(asTime('20130101'));
  });
});

it('drops values that do not look as they should', () => {
  const odd = dataSetOf([
    textElement(TAG.bodyPart, 'CS', 'MUSTERMANN'),
    textElement(TAG.instanceNumber, 'IS', '19700102'),
    textElement(TAG.studyDate, 'DA', 'Mustermann'),
    textElement(TAG.studyTime, 'TM', '101500 Mustermann'),
    textElement(TAG.laterality, 'CS', 'RIGHT'),
    textElement(TAG.patientOrientation, 'CS', 'L\\F'),
  ]);
  expect(keptElements(odd, 0).map(({ tag }) => tag)).toEqual([TAG.patientOrientation]);
});
