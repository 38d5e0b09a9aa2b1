import { describe, expect, it } from 'vitest';
import { RofiError } from '../errors';
import { describeKey } from '../record/key-file';
import { newKey, photo, readyStores, settle, type FakeEngine } from './testing';
import { canDrawAgain, coversSomething, hidesSomething, leftOut, wantsNetworks } from './protect';
import type { Stores } from './stores';

const EYES = [
  { x: 1, y: 1 },
  { x: 90, y: 1 },
] as const;

async function opened(): Promise<{ engine: FakeEngine; stores: Stores; protect: Stores['protect'] }> {
  const { engine, stores } = await readyStores();
  const opening = stores.protect.getState().open(photo());
  await (await engine.next('open')).answer();
  await opening;
  return { engine, stores, protect: stores.protect };
}

/** Protects to the end. @returns the key's id */
async function run({ engine, protect }: Awaited<ReturnType<typeof opened>>, changes = {}): Promise<string> {
  const running = protect.getState().protect();
  await (await engine.next('protect')).answer(changes);
  await running;
  return protect.getState().protection?.result.keyId ?? '';
}

describe('covering', () => {
  it('is what becomes of a head turned too far, and of nothing else before it is asked for', async () => {
    const { engine, stores } = await readyStores();
    const { open } = stores.protect.getState();
    const opening = open(photo());
    await (await engine.next('open')).answer({ turned: true });
    await opening;
    const { cover, choose } = stores.protect.getState();
    expect(stores.protect.getState()).toMatchObject({ chosen: new Set([0]), covered: new Set([0]) });
    cover(0, false);
    expect(stores.protect.getState().covered).toEqual(new Set([0]));
    void stores.protect.getState().protect();
    const call = await engine.next('protect');
    expect(call.options).toMatchObject({ faces: [0], covered: [0], areas: [] });
    await call.answer({ verdict: 'covered', peopleTried: 0 });
    expect(stores.protect.getState().protection?.key).not.toBeNull();
    expect(canDrawAgain(stores.protect.getState(), stores.visitKey.getState())).toBe(false);
    choose(0, false);
    expect(hidesSomething(stores.protect.getState())).toBe(false);
  });

  it('is what becomes of a small face, once it is chosen', async () => {
    const { engine, stores } = await readyStores();
    const opening = stores.protect.getState().open(photo());
    await (await engine.next('open')).answer({ tooSmall: true });
    await opening;
    expect(stores.protect.getState().chosen.size).toBe(0);
    stores.protect.getState().choose(0, true);
    void stores.protect.getState().protect();
    expect((await engine.next('protect')).options).toMatchObject({ faces: [0], covered: [0] });
  });

  it('is how a head without a mesh is hidden; one that is taken away is said to stay', async () => {
    const { engine, stores } = await readyStores();
    const { protect } = stores;
    const head = { x: 1, y: 2, width: 10, height: 12 };
    const opening = protect.getState().open(photo());
    await (await engine.next('open')).answer({ heads: [head] });
    await opening;
    expect(protect.getState()).toMatchObject({ areas: [head], problem: null });
    expect(leftOut(protect.getState())).toBe(0);
    protect.getState().removeArea(head);
    expect(leftOut(protect.getState())).toBe(1);
  });

  it('is taken back on request, and areas that were marked go along', async () => {
    const { engine, protect } = await opened();
    const area = { x: 1, y: 2, width: 30, height: 40 };
    protect.getState().cover(0, true);
    expect(coversSomething(protect.getState())).toBe(true);
    protect.getState().cover(0, false);
    expect(coversSomething(protect.getState())).toBe(false);
    protect.getState().markArea(area);
    void protect.getState().protect();
    expect((await engine.next('protect')).options).toMatchObject({ faces: [0], covered: [], areas: [area] });
    protect.getState().cancel();
    await settle();
    protect.getState().removeArea(area);
    expect(protect.getState().areas).toEqual([]);
  });
});

describe('opening', () => {
  it('shows the faces and chooses those that are large enough', async () => {
    const { protect } = await opened();
    expect(protect.getState()).toMatchObject({ stage: 'ready', chosen: new Set([0]), problem: null });
  });

  it('shows the photo that was dropped last, however long the first one takes', async () => {
    const { engine, stores } = await readyStores();
    const { open } = stores.protect.getState();
    const first = open(photo('first.jpg'));
    const slow = await engine.next('open');
    const second = open(photo('second.jpg'));
    await settle();
    await slow.answer();
    expect(stores.protect.getState().stage).toBe('opening');
    await engine.calls.find((call) => call.name === 'open')?.answer();
    await Promise.all([first, second]);
    expect(stores.protect.getState().source?.name).toBe('second.jpg');
    expect(stores.protect.getState().session?.source.name).toBe('second.jpg');
  });

  it('takes nothing of a photo whose reading was cancelled', async () => {
    const { engine, stores } = await readyStores();
    let finish = (): void => undefined;
    const slow = photo('slow.jpg');
    slow.arrayBuffer = () => new Promise((resolve) => (finish = () => resolve(new ArrayBuffer(4))));
    const cancelled = stores.protect.getState().open(slow);
    stores.protect.getState().cancel();
    const opening = stores.protect.getState().open(photo('next.jpg'));
    await (await engine.next('open')).answer();
    await opening;
    finish();
    await cancelled;
    expect(stores.protect.getState()).toMatchObject({ stage: 'ready', source: { name: 'next.jpg' } });
  });

  it('can be cancelled while the networks are missing', async () => {
    const { stores } = await readyStores();
    await stores.models.getState().clear();
    const opening = stores.protect.getState().open(photo());
    await settle();
    expect(stores.protect.getState().stage).toBe('opening');
    stores.protect.getState().cancel();
    await opening;
    expect(stores.protect.getState()).toMatchObject({ stage: 'empty', problem: null });
  });

  it('says what went wrong and starts over', async () => {
    const { engine, stores } = await readyStores();
    const opening = stores.protect.getState().open(photo());
    await (await engine.next('open')).fail(new RofiError('worker-lost'));
    await opening;
    expect(stores.protect.getState()).toMatchObject({ stage: 'empty', problem: { code: 'worker-lost' } });
  });

  it('refuses a file that is too large before it reads a byte of it', async () => {
    const { stores } = await readyStores();
    const large = photo();
    Object.defineProperty(large, 'size', { value: 65 * 2 ** 20 });
    large.arrayBuffer = () => Promise.reject(new Error('read'));
    await stores.protect.getState().open(large);
    expect(stores.protect.getState().problem).toMatchObject({ code: 'too-large', values: { megabytes: 65 } });
  });
});

describe('placing eyes', () => {
  it('adds and chooses the face', async () => {
    const { engine, protect } = await opened();
    const placing = protect.getState().place(EYES);
    await (await engine.next('place')).answer();
    expect(await placing).toBe(true);
    expect(protect.getState()).toMatchObject({ chosen: new Set([0, 1]), placing: false });
  });

  it('can be tried again when the worker died, and after a cancelled protection', async () => {
    const { engine, protect } = await opened();
    const placing = protect.getState().place(EYES);
    await (await engine.next('place')).fail(new RofiError('worker-lost'));
    expect(await placing).toBe(false);
    expect(protect.getState()).toMatchObject({ problem: { code: 'worker-lost' }, placing: false });

    const running = protect.getState().protect();
    await engine.next('protect');
    protect.getState().cancel();
    await running;
    engine.calls.length = 0;
    const again = protect.getState().place(EYES);
    await (await engine.next('place')).answer();
    expect(await again).toBe(true);
    expect(protect.getState().faces).toHaveLength(2);
  });

  it('asks for networks that were removed meanwhile, and waits no longer than the person', async () => {
    const { stores, protect } = await opened();
    await stores.models.getState().clear();
    const placing = protect.getState().place(EYES);
    expect(wantsNetworks(protect.getState())).toBe(true);
    protect.getState().cancel();
    expect(await placing).toBe(false);
    expect(wantsNetworks(protect.getState())).toBe(false);
    expect(protect.getState()).toMatchObject({ stage: 'ready', problem: null, faces: [{ id: 0 }] });
  });

  it('changes nothing of the photo that was opened meanwhile', async () => {
    const { engine, protect } = await opened();
    const placing = protect.getState().place(EYES);
    const placed = await engine.next('place');
    const opening = protect.getState().open(photo('next.jpg'));
    await placed.answer();
    expect(await placing).toBe(false);
    await (await engine.next('open')).answer();
    await opening;
    expect(protect.getState()).toMatchObject({ faces: [{ id: 0 }], chosen: new Set([0]) });
  });
});

describe('the key of a protection', () => {
  it('gives way to a new one with other settings as long as nothing of it has left the page', async () => {
    const page = await opened();
    const first = await run(page);
    page.protect.getState().adjust();
    const second = await run(page);
    expect(second).not.toBe(first);
    expect(page.stores.visitKey.getState().key?.id).toBe(second);
  });

  it('stays when the photo was saved: that file needs it', async () => {
    const page = await opened();
    const first = await run(page);
    page.protect.getState().markPhotoSaved();
    page.protect.getState().adjust();
    expect(await run(page)).toBe(first);
    const { key } = page.stores.visitKey.getState();
    expect(key?.id).toBe(first);
    expect((await describeKey(key!.key, '', new Date())).id).toBe(first);
  });

  it('stays when the key itself was saved', async () => {
    const page = await opened();
    const first = await run(page);
    page.protect.getState().markKeySaved();
    page.protect.getState().adjust();
    expect(await run(page)).toBe(first);
    expect(page.protect.getState().keySaved).toBe(true);
  });

  it('is forgotten with a photo that nobody saved, and kept with one that is saved', async () => {
    const page = await opened();
    await run(page);
    page.protect.getState().reset();
    expect(page.stores.visitKey.getState().key).toBeNull();

    const other = await opened();
    const id = await run(other);
    other.protect.getState().markPhotoSaved();
    other.protect.getState().reset();
    expect(other.stores.visitKey.getState().key?.id).toBe(id);
  });

  it('is the result’s own: closing the visit’s key takes it from no photo that may be saved', async () => {
    const page = await opened();
    const id = await run(page);
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
    await run(page, { verdict });
    expect(page.protect.getState().protection?.key).toBeNull();
    expect(page.stores.visitKey.getState().key).toBeNull();
  });
});

describe('protecting', () => {
  it('comes back to the settings when it is cancelled at any of its steps', async () => {
    const page = await opened();
    for (const plan of [['align', 'seal'], ['seal']] as const) {
      const running = page.protect.getState().protect();
      const call = await page.engine.next('protect');
      call.news({ plan });
      call.news({ step: plan[0] });
      expect(page.protect.getState().progress).toEqual({ plan, step: plan[0] });
      page.protect.getState().cancel();
      await running;
      expect(page.protect.getState()).toMatchObject({ stage: 'ready', problem: null });
      call.news({ step: 'seal' });
      expect(page.protect.getState().progress?.step).toBe(plan[0]);
      page.engine.calls.length = 0;
    }
    await run(page);
    expect(page.protect.getState().stage).toBe('done');
  });

  it('keeps the photo and what was made before when the worker dies', async () => {
    const page = await opened();
    const id = await run(page);
    page.protect.getState().markPhotoSaved();
    page.protect.getState().adjust();
    const running = page.protect.getState().protect();
    await (await page.engine.next('protect')).fail(new RofiError('worker-lost'));
    await running;
    expect(page.protect.getState()).toMatchObject({ stage: 'ready', problem: { code: 'worker-lost' } });
    page.protect.getState().showResult();
    expect(page.protect.getState()).toMatchObject({ stage: 'done', photoSaved: true });
    expect(page.protect.getState().protection?.key?.id).toBe(id);
  });

  it('runs once, however often the button is pressed', async () => {
    const page = await opened();
    const running = page.protect.getState().protect();
    await page.protect.getState().protect();
    expect(page.engine.calls.filter(({ name }) => name === 'protect')).toHaveLength(1);
    await (await page.engine.next('protect')).answer();
    await running;
  });

  it('tells nothing of a run whose photo was closed', async () => {
    const page = await opened();
    const running = page.protect.getState().protect();
    const call = await page.engine.next('protect');
    page.protect.getState().reset();
    await call.answer();
    await running;
    expect(page.protect.getState()).toMatchObject({ stage: 'empty', protection: null, problem: null });
  });
});
