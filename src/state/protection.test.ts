import { describe, expect, it } from 'vitest';
import { describeKey } from '../record/key-file';
import { newKey, opened, protectOpened } from './testing';

describe('the key of a protection', () => {
  it('gives way to a new one with other settings as long as nothing of it has left the page', async () => {
    const page = await opened();
    const first = await protectOpened(page);
    page.protect.getState().adjust();
    const second = await protectOpened(page);
    expect(second).not.toBe(first);
    expect(page.stores.visitKey.getState().key?.id).toBe(second);
  });

  it('stays when the photo was saved: that file needs it', async () => {
    const page = await opened();
    const first = await protectOpened(page);
    page.protect.getState().markPhotoSaved();
    page.protect.getState().adjust();
    expect(await protectOpened(page)).toBe(first);
    const { key } = page.stores.visitKey.getState();
    expect(key?.id).toBe(first);
    expect((await describeKey(key!.key, '', new Date())).id).toBe(first);
  });

  it('stays when the key itself was saved', async () => {
    const page = await opened();
    const first = await protectOpened(page);
    page.protect.getState().markKeySaved();
    page.protect.getState().adjust();
    expect(await protectOpened(page)).toBe(first);
    expect(page.protect.getState().keySaved).toBe(true);
  });

  it('is forgotten with a photo that nobody saved, and kept with one that is saved', async () => {
    const page = await opened();
    await protectOpened(page);
    page.protect.getState().reset();
    expect(page.stores.visitKey.getState().key).toBeNull();

    const other = await opened();
    const id = await protectOpened(other);
    other.protect.getState().markPhotoSaved();
    other.protect.getState().reset();
    expect(other.stores.visitKey.getState().key?.id).toBe(id);
  });

  it('is the result’s own: closing the visit’s key takes it from no photo that may be saved', async () => {
    const page = await opened();
    const id = await protectOpened(page);
    page.stores.keys.getState().close();
    expect(page.stores.visitKey.getState().key).toBeNull();
    const { key } = page.protect.getState().protection ?? {};
    expect((await describeKey(key!.key, '', new Date())).id).toBe(id);
    await page.stores.keys.getState().make();
    expect(page.protect.getState().protection?.key?.id).toBe(id);
  });

  it('is the one the call was made with, though it is closed while the call waits', async () => {
    const page = await opened();
    const visit = page.stores.visitKey;
    const key = await newKey();
    const { id } = key;
    visit.getState().adopt(key, true, 'chosen');
    const running = page.protect.getState().protect();
    const call = await page.engine.next('protect');
    page.stores.keys.getState().close();
    await call.answer();
    await running;
    expect(page.protect.getState().protection?.key?.id).toBe(id);
    expect((await describeKey(page.protect.getState().protection!.key!.key, '', new Date())).id).toBe(id);
  });

  it('takes the place of no key that was made meanwhile', async () => {
    const page = await opened();
    const running = page.protect.getState().protect();
    const call = await page.engine.next('protect');
    await page.stores.keys.getState().make();
    const made = page.stores.visitKey.getState().key?.id;
    await call.answer();
    await running;
    expect(page.stores.visitKey.getState().key?.id).toBe(made);
    expect(page.protect.getState().protection?.key?.id).not.toBe(made);
  });

  it.each(['recognised', 'not-restorable'])('is given to nobody with a photo that is %s', async (verdict) => {
    const page = await opened();
    await protectOpened(page, { verdict });
    expect(page.protect.getState().protection?.key).toBeNull();
    expect(page.stores.visitKey.getState().key).toBeNull();
  });

  it('is not lost with its photo while a saved file needs it, though the visit has another', async () => {
    const page = await opened();
    const id = await protectOpened(page);
    await page.stores.keys.getState().make();
    page.protect.getState().markPhotoSaved();
    page.stores.visit.getState().another();
    expect(page.protect.getState().protection).toBeNull();
    page.stores.visit.getState().end();
    const [lost] = page.stores.visit.getState().losing.filter(({ key }) => key.id === id);
    expect((await describeKey(lost!.key.key, '', new Date())).id).toBe(id);
  });

  it('stays needed by the photo that was saved, however often that is protected again', async () => {
    const page = await opened();
    const id = await protectOpened(page);
    page.stores.keys.getState().close();
    page.protect.getState().markPhotoSaved();
    for (let again = 0; again < 2; again++) {
      page.protect.getState().adjust();
      expect(await protectOpened(page)).toBe(id);
    }
    page.protect.getState().adjust();
    await protectOpened(page, { verdict: 'recognised' });
    expect(page.stores.visitKey.getState().left.map((key) => key.id)).toEqual([id]);
  });

  it('stays nowhere in what the engine gave', async () => {
    const page = await opened();
    await protectOpened(page);
    const { result } = page.protect.getState().protection!;
    expect(result.key.every((byte) => byte === 0)).toBe(true);
  });
});
