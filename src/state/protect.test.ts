import { describe, expect, it } from 'vitest';
import { RofiError } from '../errors';
import { wantsNetworks } from './protect';
import { settle } from './fake-engine';
import { opened, photo, protectOpened, readyStores } from './testing';

const EYES = [
  { x: 1, y: 1 },
  { x: 90, y: 1 },
] as const;

describe('opening', () => {
  it('shows the faces and chooses all of them', async () => {
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

  it('leaves only the face where that is chosen once somebody was recognised', async () => {
    const { engine, protect } = await opened();
    const first = protect.getState().protect();
    await (await engine.next('protect')).answer({ verdict: 'recognised' });
    await first;
    protect.getState().change({ surroundings: 'faces' });
    engine.calls.length = 0;
    const again = protect.getState().protect();
    const call = await engine.next('protect');
    expect(call.options).toMatchObject({ faces: [0], surroundings: 'faces' });
    await call.answer();
    await again;
    expect(protect.getState().stage).toBe('done');
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
    await protectOpened(page);
    expect(page.protect.getState().stage).toBe('done');
  });

  it('keeps the photo and what was made before when the worker dies', async () => {
    const page = await opened();
    const id = await protectOpened(page);
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

describe('what was sent', () => {
  it('stays sent, though the key is printed or saved as well, and is nothing of the next photo', async () => {
    const page = await opened();
    await protectOpened(page);
    page.protect.getState().markPhotoSaved(true);
    page.protect.getState().markKeySaved('none', true);
    page.protect.getState().markKeySaved();
    expect(page.protect.getState()).toMatchObject({ stage: 'sent', photoSent: true, keySent: true });
    page.protect.getState().reset();
    expect(page.protect.getState()).toMatchObject({ photoSent: false, keySent: false });
  });
});
