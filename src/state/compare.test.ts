import { describe, expect, it } from 'vitest';
import { RofiError } from '../errors';
import { faceOf, measuresOf, pointsOf } from './compare';
import { measuredFace, settle } from './fake-engine';
import { photo, readyStores } from './testing';

async function withVisits(...changes: readonly object[]) {
  const { engine, stores } = await readyStores();
  const { compare } = stores;
  const adding = compare.getState().add(changes.map((_, i) => photo(`visit${i + 1}.jpg`)));
  for (const change of changes) await (await engine.next('measureLids')).answer(change);
  await adding;
  const [first, second] = compare.getState().visits;
  return { engine, stores, compare, first: first!, second: second! };
}

describe('comparing', () => {
  it('lays the first and the last visit over each other, and any two on request', async () => {
    const { compare } = await withVisits({}, {}, {});
    const [one, two, three] = compare.getState().visits.map(({ id }) => id);
    expect(compare.getState().shown).toEqual([one, two]);
    compare.getState().show(two!, three!);
    expect(compare.getState().shown).toEqual([two, three]);
    compare.getState().remove(three!);
    expect(compare.getState().shown).toEqual([one, two]);
    compare.getState().moveUp(two!);
    expect(compare.getState().visits.map(({ id }) => id)).toEqual([two, one]);
  });

  it('says of a visit that cannot be measured why, and measures the next', async () => {
    const { engine, stores } = await readyStores();
    const { compare } = stores;
    const adding = compare.getState().add([photo('none.jpg'), photo('good.jpg')]);
    await (await engine.next('measureLids')).fail(new RofiError('no-face'));
    await (await engine.next('measureLids')).answer();
    await adding;
    const [none, good] = compare.getState().visits;
    expect(none).toMatchObject({ problem: { code: 'no-face' }, measured: null });
    expect(faceOf(good!)).not.toBeNull();
    expect(compare.getState().shown).toBeNull();
  });

  it('takes of several faces the one where the first visit has it, until somebody chooses another', async () => {
    const { compare, second } = await withVisits(
      { faces: [measuredFace(500)] },
      { faces: [measuredFace(800), measuredFace(490), measuredFace(100)] },
    );
    expect(second.face).toBe(1);
    compare.getState().moveMark(second.id, 'right', 'upper', { x: 1, y: 1 });
    compare.getState().setPlaced(second.id, true);
    compare.getState().chooseFace(second.id, 0);
    expect(compare.getState().visits[1]).toMatchObject({ face: 0, moved: null, placed: false });
  });

  it('measures what the person sees, once a mark is moved', async () => {
    const { compare, first } = await withVisits({});
    const before = measuresOf(first)!.right;
    const { upper } = pointsOf(first)!.right;
    compare.getState().moveMark(first.id, 'right', 'upper', { x: upper.x + 5, y: upper.y - 10 });
    const moved = compare.getState().visits[0]!;
    expect(measuresOf(moved)!.right.mrd1 - before.mrd1).toBeCloseTo(1);
    expect(measuresOf(moved)!.left.mrd1).toBeCloseTo(before.mrd1);
    compare.getState().resetMarks(first.id);
    expect(measuresOf(compare.getState().visits[0]!)!.right).toEqual(before);
  });

  it('warns of two people by what the recognisers say, where the networks are here anyway', async () => {
    const { engine, compare } = await withVisits({}, {});
    expect(compare.getState().people).toBe('checking');
    await (await engine.next('compareFaces')).answer();
    await settle();
    expect(compare.getState().people).toBe('different');

    for (const [distance, people] of [
      [0.4, 'alike'],
      [NaN, 'perhaps'],
    ] as const) {
      const again = compare.getState().checkPeople();
      await (await engine.next('compareFaces')).answer({ distance, recognised: true });
      await again;
      expect(compare.getState().people).toBe(people);
    }
  });

  it('does not warn because the recognisers could not be asked', async () => {
    const { engine, compare } = await withVisits({}, {});
    await (await engine.next('compareFaces')).fail(new RofiError('backend-failed'));
    await settle();
    expect(compare.getState().people).toBe('unknown');
  });

  it('does not ask recognisers about somebody who does not exist', async () => {
    const { engine, compare } = await withVisits({}, { isProtected: true });
    expect(compare.getState().people).toBe('protected');
    expect(engine.calls).toEqual([]);
  });

  it('forgets what is still being measured', async () => {
    const { engine, stores } = await readyStores();
    const { compare } = stores;
    const adding = compare.getState().add([photo()]);
    const call = await engine.next('measureLids');
    compare.getState().reset();
    await call.answer();
    await adding;
    expect(compare.getState()).toMatchObject({ visits: [], shown: null });
  });
});
