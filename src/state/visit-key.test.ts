import { describe, expect, it } from 'vitest';
import { isWiped, newKey } from './testing';
import { createVisitKeyStore, isAtRisk } from './visit-key';

describe('the visit’s key', () => {
  it('is overwritten when it is forgotten', async () => {
    const visit = createVisitKeyStore();
    const key = await newKey();
    visit.getState().adopt(key, true, 'chosen');
    expect(isWiped(key)).toBe(false);
    visit.getState().forget();
    expect(isWiped(key)).toBe(true);
    expect(visit.getState()).toMatchObject({ key: null, saved: false });
  });

  it('is overwritten when another one takes its place, and stays the same for the next photo', async () => {
    const visit = createVisitKeyStore();
    const [first, second] = [await newKey(), await newKey()];
    visit.getState().adopt(first, true, 'chosen');
    visit.getState().adopt({ ...first }, false, 'fresh');
    expect(isWiped(first)).toBe(false);
    expect(visit.getState().saved).toBe(true);
    visit.getState().adopt(second, false, 'fresh');
    expect(isWiped(first)).toBe(true);
    expect(isWiped(second)).toBe(false);
  });

  it('is never overwritten by another one while a file needs it and it is not saved', async () => {
    const visit = createVisitKeyStore();
    const [needed, other] = [await newKey(), await newKey()];
    visit.getState().adopt(needed, false, 'fresh');
    visit.getState().need(needed.id);
    expect(isAtRisk(visit.getState())).toBe(true);
    expect(() => visit.getState().adopt(other, true, 'chosen')).toThrow();
    expect(isWiped(needed)).toBe(false);
    visit.getState().markSaved(needed.id);
    visit.getState().adopt(other, true, 'chosen');
    expect(visit.getState().key).toBe(other);
  });

  it('stays needed when the same key comes again', async () => {
    const visit = createVisitKeyStore();
    const key = await newKey();
    visit.getState().adopt(key, false, 'needed');
    visit.getState().adopt({ ...key }, false, 'fresh');
    expect(isAtRisk(visit.getState())).toBe(true);
  });

  it('takes no note that is about another key', async () => {
    const visit = createVisitKeyStore();
    const [key, other] = [await newKey(), await newKey()];
    visit.getState().adopt(key, false, 'chosen');
    visit.getState().need(other.id);
    visit.getState().markSaved(other.id);
    expect(visit.getState()).toMatchObject({ saved: false, use: 'chosen' });
  });

  it('leaves those alone that were taken over, until they are saved or all are forgotten', async () => {
    const visit = createVisitKeyStore();
    const [key, one, other] = [await newKey(), await newKey(), await newKey()];
    visit.getState().adopt(key, true, 'chosen');
    visit.getState().takeOver(one);
    visit.getState().takeOver(one);
    visit.getState().takeOver(other);
    visit.getState().forget();
    const [first, second] = visit.getState().left;
    expect(visit.getState().left).toEqual([one, other]);
    visit.getState().markSaved(one.id);
    expect(visit.getState().left).toEqual([other]);
    visit.getState().forgetAll();
    expect([first, second].map((left) => isWiped(left!))).toEqual([true, true]);
  });
});
