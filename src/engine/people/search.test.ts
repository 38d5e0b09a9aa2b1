import { expect, it } from 'vitest';
import { canvasOf } from '../drawing/draw-person';
import { fakeTools } from '../testing/fake-tools';
import { alignedSample } from '../testing/fixtures';
import { suitableFor } from './choose';
import { composePerson } from './compose';
import { findPerson, MOST_NATURAL, type FoundPerson } from './search';

/** What is found where the people of these numbers are seen as strangers with so much to spare. */
async function found(
  margins: Readonly<Record<number, number>>,
  shown: readonly number[] = [],
): Promise<FoundPerson> {
  const { aligned } = await alignedSample();
  const tools = await fakeTools(aligned.face.landmarks);
  const canvas = canvasOf(aligned, tools.mesh, tools.atlas.turnModes, null);
  const suitable = suitableFor(tools.atlas.donors[0]!.coordinates, tools.atlas);
  const numbers = Object.keys(margins).map(Number);
  const left = Object.values(margins);
  return findPerson(
    canvas,
    numbers,
    (number) => composePerson(new Uint8Array(32).fill(1), number, suitable, tools.atlas),
    (_, best) => Promise.resolve(left.shift()!).then((margin) => (margin > best ? margin : null)),
    new Set(shown),
    { wanted: 0.15, enough: 0.02 },
  );
}

it('the first who is a stranger with enough to spare is found', async () => {
  expect(await found({ 3: 0.05, 4: 0.16, 5: 0.3 })).toMatchObject({
    ...{ number: 4, margin: 0.16, left: [5], tried: 2 },
  });
});

it('whom the visit has shown is found again with less to spare', async () => {
  expect(await found({ 7: 0.04, 9: 0.09, 12: 0.3 }, [7, 9])).toMatchObject({
    number: 9,
    tried: 2,
  });
});

it('beyond the natural people somebody must do who is a stranger with little to spare', async () => {
  const natural = Object.fromEntries(Array.from({ length: MOST_NATURAL }, (_, i) => [i, i / 10000]));
  const beyond = await found({ ...natural, 40: 0.01, 41: 0.05, 42: 0.3 });
  expect(beyond).toMatchObject({ number: 41, tried: MOST_NATURAL + 2 });
  expect(beyond.left.slice(0, 2)).toEqual([40, MOST_NATURAL - 1]);
  expect(beyond.left.at(-1)).toBe(42);
  expect(await found({ ...natural, 7: 0.06, 40: 0.14 })).toMatchObject({ number: 7, tried: MOST_NATURAL });
});

it('where nobody is, the least alike, and after it the others that are strangers', async () => {
  expect(await found({ 0: -0.1, 1: 0.02, 2: 0.01, 3: 0.05, 4: 0.04, 5: 0.09 })).toMatchObject({
    ...{ number: 5, left: [3, 1], tried: 6 },
  });
});
