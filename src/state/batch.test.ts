import { describe, expect, it, vi } from 'vitest';
import { RofiError } from '../errors';
import { describeKey } from '../record/key-file';
import { settle, type FakeEngine } from './fake-engine';
import { purposes } from './purpose';
import { newKey, photo, readyStores } from './testing';

async function one(engine: FakeEngine, changes = {}): Promise<Uint8Array | undefined> {
  await (await engine.next('open')).answer();
  const call = await engine.next('protect');
  await call.answer(changes);
  return call.key;
}

describe('a batch', () => {
  it('has one key, which is its own: closing the visit’s key gives the rest no other', async () => {
    const { engine, stores } = await readyStores();
    const { batch, keys, visitKey } = stores;
    batch.getState().add([photo('a.jpg')]);
    const first = batch.getState().run();
    await one(engine);
    await first;
    const id = batch.getState().key?.id;
    expect(visitKey.getState()).toMatchObject({ key: { id }, use: 'needed' });
    keys.getState().close();
    batch.getState().add([photo('b.jpg')]);
    const second = batch.getState().run();
    const sent = await one(engine);
    await second;
    expect((await describeKey(sent!, '', new Date())).id).toBe(id);
    expect(batch.getState().items.map(({ state }) => state)).toEqual(['done', 'done']);
  });

  it('covers heads that cannot be replaced', async () => {
    const { engine, stores } = await readyStores();
    const heads = [{ x: 1, y: 2, width: 10, height: 12 }];
    stores.batch.getState().add([photo()]);
    const running = stores.batch.getState().run();
    await (await engine.next('open')).answer({ heads });
    const call = await engine.next('protect');
    await call.answer({ verdict: 'covered' });
    await running;
    expect(call.options).toMatchObject({ faces: [0], covered: [], areas: heads });
    expect(stores.batch.getState().items[0]).toMatchObject({ state: 'covered' });
  });

  it('covers faces that are too small to be replaced', async () => {
    const { engine, stores } = await readyStores();
    stores.batch.getState().add([photo()]);
    const running = stores.batch.getState().run();
    await (await engine.next('open')).answer({ tooSmall: true });
    const call = await engine.next('protect');
    await call.answer({ verdict: 'covered' });
    await running;
    expect(call.options).toMatchObject({ faces: [0], covered: [0] });
    expect(stores.batch.getState().items[0]).toMatchObject({ state: 'covered' });
  });

  it('hides what its purpose hides, hair and all', async () => {
    const { engine, stores } = await readyStores();
    const { batch } = stores;
    batch.getState().setPurpose(purposes.hide);
    batch.getState().add([photo()]);
    const running = batch.getState().run();
    await (await engine.next('open')).answer();
    const call = await engine.next('protect');
    await call.answer({});
    await running;
    expect(call.options).toMatchObject({ signThreshold: 0.9, keepBothEyes: false, surroundings: 'faces' });
  });

  it('uses the visit’s key, and needs it from then on', async () => {
    const { engine, stores } = await readyStores();
    const key = await newKey();
    stores.visitKey.getState().adopt(key, false, 'chosen');
    stores.batch.getState().add([photo()]);
    const running = stores.batch.getState().run();
    await one(engine);
    await running;
    expect(stores.batch.getState().key?.id).toBe(key.id);
    expect(stores.visitKey.getState().use).toBe('needed');
    stores.batch.getState().markKeySaved();
    expect(stores.visitKey.getState().saved).toBe(true);
  });

  it('leaves out what is not protected, and takes no key from it', async () => {
    const { engine, stores } = await readyStores();
    stores.batch.getState().add([photo()]);
    const running = stores.batch.getState().run();
    await one(engine, { verdict: 'recognised' });
    await running;
    expect(stores.batch.getState()).toMatchObject({
      key: null,
      items: [{ state: 'unprotected', output: null }],
    });
  });

  it('keeps what is done when it is cancelled or the worker dies; the rest waits or says why', async () => {
    const { engine, stores } = await readyStores();
    const { batch } = stores;
    batch.getState().add([photo('a.jpg'), photo('b.jpg'), photo('c.jpg')]);
    const running = batch.getState().run();
    await one(engine);
    await (await engine.next('open')).fail(new RofiError('worker-lost'));
    await engine.next('open');
    batch.getState().cancel();
    await running;
    expect(batch.getState().items.map(({ state }) => state)).toEqual(['done', 'failed', 'waiting']);
    expect(batch.getState().running).toBe(false);
  });

  it('adds nothing to the one after it', async () => {
    const { engine, stores } = await readyStores();
    const { batch } = stores;
    batch.getState().add([photo()]);
    const running = batch.getState().run();
    const call = await engine.next('open');
    batch.getState().reset();
    await call.answer();
    await settle();
    await running;
    expect(batch.getState()).toMatchObject({ items: [], key: null, running: false });
    expect(engine.calls.filter(({ name }) => name === 'protect')).toHaveLength(0);
  });

  it('gives its key to nobody when it was closed at the last moment', async () => {
    const { engine, stores } = await readyStores();
    stores.batch.getState().add([photo()]);
    const running = stores.batch.getState().run();
    await (await engine.next('open')).answer();
    const call = await engine.next('protect');
    const digest = crypto.subtle.digest.bind(crypto.subtle);
    // The engine tells the key's number, and then the batch does.
    const digests = vi.spyOn(crypto.subtle, 'digest').mockImplementation((...given) => {
      if (digests.mock.calls.length === 2) stores.batch.getState().reset();
      return digest(...given);
    });
    await call.answer();
    await running;
    expect(digests).toHaveBeenCalledTimes(2);
    digests.mockRestore();
    expect(stores.batch.getState().key).toBeNull();
    expect(stores.visitKey.getState().key).toBeNull();
  });

  it('does not take the key of a saved zip along, though more was added to it', async () => {
    const { engine, stores } = await readyStores();
    const { batch, keys, visit, visitKey } = stores;
    batch.getState().add([photo('a.jpg')]);
    const running = batch.getState().run();
    await one(engine);
    await running;
    const { id } = batch.getState().key!;
    batch.getState().markZipSaved();
    keys.getState().close();
    batch.getState().add([photo('b.jpg')]);
    visit.getState().end();
    expect(visit.getState().losing.map(({ key }) => key.id)).toEqual([id]);
    batch.getState().reset();
    expect(visitKey.getState().left.map((key) => key.id)).toEqual([id]);
  });
});
