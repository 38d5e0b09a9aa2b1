import { describe, expect, it } from 'vitest';
import { RofiError } from '../errors';
import { isWiped, keyFile, newKey, photo, readyStores, settle } from './testing';

async function withPair(fits = true) {
  const { engine, stores } = await readyStores();
  const key = await newKey();
  const adding = stores.restore.getState().addFiles([photo(), keyFile(key)]);
  await (await engine.next('summarise')).answer({ keyId: fits ? key.id : 'another' });
  await settle();
  return { engine, stores, restore: stores.restore, key, adding };
}

describe('restoring', () => {
  it('starts by itself when the photo names the key, and needs no networks for it', async () => {
    const { engine, stores, restore, adding } = await withPair();
    const call = await engine.next('restore');
    expect(restore.getState()).toMatchObject({ running: true, need: 'nothing' });
    await call.answer();
    await adding;
    expect(restore.getState()).toMatchObject({ running: false, result: { file: { name: 'a.jpg' } } });

    await stores.models.getState().clear();
    restore.getState().reset();
    const key = await newKey();
    const offline = restore.getState().addFiles([keyFile(key), photo()]);
    await (await engine.next('summarise')).answer({ keyId: key.id });
    await (await engine.next('restore')).answer();
    await offline;
    expect(restore.getState().result).not.toBeNull();
  });

  it('waits for the person when the photo names another key, or from the pixels', async () => {
    const { engine, stores, restore, adding } = await withPair(false);
    await adding;
    expect(restore.getState().running).toBe(false);
    await stores.models.getState().clear();
    const running = restore.getState().restore({ mode: 'neural' });
    await settle();
    expect(restore.getState()).toMatchObject({ running: true, need: 'all' });
    expect(engine.calls).toHaveLength(0);
    restore.getState().cancel();
    await running;
    expect(restore.getState()).toMatchObject({ running: false, problem: null });
  });

  it('sends the key as it was, though it is wiped while the call waits', async () => {
    const { engine, restore, key, adding } = await withPair();
    const call = await engine.next('restore');
    const held = restore.getState().key!;
    restore.getState().reset();
    await call.answer();
    await adding;
    expect(isWiped(held)).toBe(true);
    expect(call.key).toEqual(key.key);
    expect(restore.getState()).toMatchObject({ result: null, photo: null });
  });

  it('shows no result of one key beside another, and overwrites the key before', async () => {
    const { engine, restore, adding } = await withPair();
    const call = await engine.next('restore');
    const before = restore.getState().key!;
    const other = await newKey();
    await restore.getState().setKey(other);
    await call.answer();
    await adding;
    expect(restore.getState()).toMatchObject({ result: null, running: false, key: { id: other.id } });
    expect(isWiped(before)).toBe(true);
  });

  it('shows no result of one photo beside another', async () => {
    const { engine, restore, adding } = await withPair();
    const call = await engine.next('restore');
    const next = restore.getState().addFiles([photo('b.jpg')]);
    await (await engine.next('summarise')).answer({ keyId: null, kind: 'no-record' });
    await call.answer();
    await Promise.all([adding, next]);
    expect(restore.getState()).toMatchObject({ photo: { name: 'b.jpg' }, result: null, running: false });
  });

  it('takes the summary of the photo that was dropped last', async () => {
    const { engine, stores } = await readyStores();
    const first = stores.restore.getState().addFiles([photo('first.jpg')]);
    const slow = await engine.next('summarise');
    const second = stores.restore.getState().addFiles([photo('second.jpg')]);
    await settle();
    await slow.answer({ keyId: 'first' });
    expect(stores.restore.getState().summary).toBeNull();
    await (await engine.next('summarise')).answer({ keyId: 'second' });
    await Promise.all([first, second]);
    expect(stores.restore.getState().summary?.keyId).toBe('second');
  });

  it('says what went wrong, keeps both files, and starts again only when asked', async () => {
    const { engine, restore, adding } = await withPair();
    await (await engine.next('restore')).fail(new RofiError('worker-lost'));
    await adding;
    expect(restore.getState()).toMatchObject({ running: false, problem: { code: 'worker-lost' } });
    const again = restore.getState().restore();
    await (await engine.next('restore')).answer();
    await again;
    expect(restore.getState()).toMatchObject({ problem: null, result: { file: { name: 'a.jpg' } } });
  });

  it('takes no large file for a key', async () => {
    const { stores } = await readyStores();
    await stores.restore.getState().addFiles([new File([new Uint8Array(70_000)], 'x.rofikey')]);
    expect(stores.restore.getState().problem).toMatchObject({ code: 'not-a-key' });
  });
});
