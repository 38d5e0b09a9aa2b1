import { describe, expect, it } from 'vitest';
import { type FakeEngine } from './fake-engine';
import { isWiped, photo, readyStores } from './testing';
import type { Stores } from './stores';

interface Page {
  readonly engine: FakeEngine;
  readonly stores: Stores;
}

/** Opens and protects a photo. @returns the key that it was given, if any, and the one that opens it */
async function protectOne({ engine, stores }: Page): Promise<{ given: boolean; id: string }> {
  const opening = stores.protect.getState().open(photo());
  await (await engine.next('open')).answer();
  await opening;
  const running = stores.protect.getState().protect();
  const call = await engine.next('protect');
  await call.answer();
  await running;
  return { given: call.key !== undefined, id: stores.protect.getState().protection?.key?.id ?? '' };
}

describe('starting over', () => {
  it('gives the next person a key of their own, though the one before was saved', async () => {
    const page = await readyStores();
    const first = await protectOne(page);
    page.stores.protect.getState().markKeySaved();
    page.stores.protect.getState().adjust();
    page.stores.visit.getState().end();
    expect(page.stores.visitKey.getState().key).toBeNull();
    const second = await protectOne(page);
    expect(second.given).toBe(false);
    expect(second.id).not.toBe(first.id);
    expect(page.stores.protect.getState().keySaved).toBe(false);
  });

  it('asks while a photo that was saved needs the key, and keeps everything until it is answered', async () => {
    const page = await readyStores();
    const { id } = await protectOne(page);
    page.stores.protect.getState().markPhotoSaved();
    const key = page.stores.visitKey.getState().key!;
    page.stores.visit.getState().end();
    expect(page.stores.visit.getState().losing.map(({ key: lost }) => lost.id)).toEqual([id]);
    expect(page.stores.protect.getState().stage).toBe('done');
    page.stores.visit.getState().goOn();
    expect(isWiped(key)).toBe(false);
    page.stores.visit.getState().end();
    page.stores.visit.getState().endAnyway();
    expect(isWiped(key)).toBe(true);
    expect(page.stores.protect.getState().stage).toBe('empty');
    expect(page.stores.visit.getState().losing).toEqual([]);
  });

  it('asks for nothing when nothing left the page', async () => {
    const page = await readyStores();
    await protectOne(page);
    page.stores.visit.getState().end();
    expect(page.stores.visit.getState().losing).toEqual([]);
    expect(page.stores.protect.getState().stage).toBe('empty');
    expect(page.stores.visitKey.getState().key).toBeNull();
  });
});

describe('another photo', () => {
  it('gets the same key, and is sent once it is saved', async () => {
    const page = await readyStores();
    const first = await protectOne(page);
    page.stores.protect.getState().markPhotoSaved();
    expect(page.stores.protect.getState().stage).toBe('done');
    page.stores.protect.getState().markKeySaved();
    expect(page.stores.protect.getState().stage).toBe('sent');
    page.stores.visit.getState().another();
    const second = await protectOne(page);
    expect(second).toEqual({ given: true, id: first.id });
    // The key was saved before this photo was there.
    expect(page.stores.protect.getState().keySaved).toBe(false);
    page.stores.protect.getState().markPhotoSaved();
    expect(page.stores.protect.getState().stage).toBe('sent');
  });
});

describe('protecting at once', () => {
  it('starts when every face can be protected', async () => {
    const { engine, stores } = await readyStores();
    const opening = stores.protect.getState().open(photo());
    stores.protect.getState().protectAtOnce();
    await (await engine.next('open')).answer();
    await (await engine.next('protect')).answer();
    await opening;
    expect(stores.protect.getState().stage).toBe('done');
  });

  const head = { x: 0, y: 0, width: 10, height: 12 };
  it.each([{ tooSmall: true }, { turned: true }, { heads: [head] }])(
    'leaves the decision to the person with a face %o',
    async (face) => {
      const { engine, stores } = await readyStores();
      const opening = stores.protect.getState().open(photo());
      stores.protect.getState().protectAtOnce();
      await (await engine.next('open')).answer(face);
      await opening;
      expect(stores.protect.getState().stage).toBe('ready');
    },
  );
});
