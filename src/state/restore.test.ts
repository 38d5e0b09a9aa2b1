import { describe, expect, it } from 'vitest';
import { RofiError } from '../errors';
import { createIdentity, recipientOf, writeIdentity } from '../record/identity';
import { writeKeyForRecipients } from '../record/key-file';
import type { PrivacyKey } from '../record/types';
import { standingOf } from './restore-photo';
import { settle } from './fake-engine';
import { isWiped, keyFile, newKey, photo, readyStores } from './testing';

async function withPair(fits = true) {
  const { engine, stores } = await readyStores();
  const key = await newKey();
  const adding = stores.restore.getState().addFiles([photo(), keyFile(key)]);
  await (await engine.next('summarise')).answer({ keyId: fits ? key.id : 'another' });
  await settle();
  const { restore } = stores;
  const first = () => restore.getState().photos[0]!;
  return { engine, stores, restore, key, adding, first };
}

describe('restoring', () => {
  it('starts by itself when the photo names the key, and needs no networks for it', async () => {
    const { engine, stores, restore, adding, first } = await withPair();
    const call = await engine.next('restore');
    expect(restore.getState()).toMatchObject({ running: true, need: 'nothing' });
    await call.answer();
    await adding;
    expect(restore.getState().running).toBe(false);
    expect(first()).toMatchObject({ state: 'done', restored: { name: 'a.jpg' } });

    await stores.models.getState().clear();
    restore.getState().reset();
    const key = await newKey();
    const offline = restore.getState().addFiles([keyFile(key), photo()]);
    await (await engine.next('summarise')).answer({ keyId: key.id });
    await (await engine.next('restore')).answer();
    await offline;
    expect(first().state).toBe('done');
  });

  it('takes several photos in one go, each with the key that it names, and goes on after a failure', async () => {
    const { engine, stores } = await readyStores();
    const { restore } = stores;
    const [one, other] = [await newKey(), await newKey()];
    const adding = restore
      .getState()
      .addFiles([photo('a.png'), photo('b.png'), photo('c.png'), keyFile(one), keyFile(other)]);
    for (const keyId of [one.id, other.id, 'a third']) {
      await (await engine.next('summarise')).answer({ keyId });
    }
    const first = await engine.next('restore');
    expect(first.key).toEqual(one.key);
    await first.fail(new RofiError('damaged-file'));
    const second = await engine.next('restore');
    expect(second.key).toEqual(other.key);
    await second.answer();
    await adding;
    const { photos, keys, running } = restore.getState();
    expect(running).toBe(false);
    expect(photos.map((item) => standingOf(item, keys))).toEqual(['failed', 'done', 'other-key']);
    expect(photos[0]?.problem?.code).toBe('damaged-file');
  });

  it('waits for the person where the face has to be rebuilt, and tries every key there is', async () => {
    const { engine, stores, restore, adding, first } = await withPair(false);
    await adding;
    await (await engine.next('glance')).answer();
    expect(restore.getState().running).toBe(false);
    expect(standingOf(first(), restore.getState().keys)).toBe('other-key');

    restore.getState().reset();
    const [one, other] = [await newKey(), await newKey()];
    const lost = restore.getState().addFiles([photo(), keyFile(one), keyFile(other)]);
    await (await engine.next('summarise')).answer({ keyId: null, kind: 'no-record' });
    await (await engine.next('glance')).answer();
    await lost;
    expect(standingOf(first(), restore.getState().keys)).toBe('pixels');
    const running = restore.getState().restore(first().id, { mode: 'neural', allowWrongKey: false });
    const newest = await engine.next('restore');
    expect(newest.key).toEqual(other.key);
    await newest.fail(new RofiError('key-fits-nowhere'));
    const pictures = { preview: null, check: { protectedPreview: null } };
    await (await engine.next('restore')).answer({ method: 'neural', keyFits: 'pixels', pictures });
    await running;
    expect(first().restored?.keyFits).toBe('pixels');

    await stores.models.getState().clear();
    const again = restore.getState().restore(first().id, { mode: 'neural', allowWrongKey: false });
    await settle();
    expect(restore.getState()).toMatchObject({ running: true, need: 'all' });
    expect(engine.calls).toHaveLength(0);
    restore.getState().cancel();
    await again;
    expect(restore.getState()).toMatchObject({ running: false, problem: null });
    expect(first()).toMatchObject({ state: 'waiting', problem: null });
  });

  it('does not start again what the person ended', async () => {
    const { engine, restore, adding, first } = await withPair();
    await engine.next('restore');
    restore.getState().cancel();
    await adding;
    await restore.getState().setKey(await newKey());
    expect(first().state).toBe('waiting');
    expect(engine.calls.filter(({ name, signal }) => name === 'restore' && !signal?.aborted)).toEqual([]);
  });

  it('sends the key as it was, though it is wiped while the call waits', async () => {
    const { engine, restore, key, adding } = await withPair();
    const call = await engine.next('restore');
    const held = restore.getState().keys[0]!;
    restore.getState().reset();
    await call.answer();
    await adding;
    expect(isWiped(held)).toBe(true);
    expect(call.key).toEqual(key.key);
    expect(restore.getState()).toMatchObject({ photos: [], keys: [], running: false });
  });

  it('lets another key try what the keys before did not fit', async () => {
    const { engine, stores } = await readyStores();
    const { restore } = stores;
    const adding = restore.getState().addFiles([photo(), keyFile(await newKey())]);
    await (await engine.next('summarise')).answer({ keyId: null, kind: 'no-record' });
    await (await engine.next('glance')).answer();
    await adding;
    const { id } = restore.getState().photos[0]!;
    const running = restore.getState().restore(id, { mode: 'neural', allowWrongKey: false });
    await (await engine.next('restore')).fail(new RofiError('key-fits-nowhere'));
    await running;
    expect(restore.getState().photos[0]).toMatchObject({ state: 'failed' });
    await restore.getState().setKey(await newKey());
    expect(restore.getState().photos[0]).toMatchObject({ state: 'waiting', problem: null });
  });

  it('forgets a photo that is taken off the list while it is in work', async () => {
    const { engine, restore, adding, first } = await withPair();
    const call = await engine.next('restore');
    restore.getState().remove(first().id);
    await call.answer();
    await adding;
    expect(restore.getState()).toMatchObject({ photos: [], running: false });
  });

  it('says of each photo what went wrong with it, and starts again only when asked', async () => {
    const { engine, restore, adding, first } = await withPair();
    await (await engine.next('restore')).fail(new RofiError('worker-lost'));
    await adding;
    expect(first()).toMatchObject({ state: 'failed', problem: { code: 'worker-lost' } });
    const again = restore.getState().restore(first().id, { mode: 'auto', allowWrongKey: false });
    await (await engine.next('restore')).answer();
    await again;
    expect(first()).toMatchObject({ problem: null, restored: { name: 'a.jpg' } });
  });

  it('opens with an identity that came first all keys that are locked for it', async () => {
    const { engine, stores } = await readyStores();
    const identity = await createIdentity();
    const recipient = await recipientOf(identity);
    const [one, other] = [await newKey(), await newKey()];
    const lock = async (key: PrivacyKey) =>
      new File([(await writeKeyForRecipients(key, [recipient])).slice()], 'locked.rofikey');
    const secret = new File([(await writeIdentity(identity, new Date(0))).slice()], 'clinic.txt');
    const { restore } = stores;
    await restore.getState().addFiles([secret]);
    const adding = restore.getState().addFiles([await lock(one), photo(), await lock(other)]);
    await (await engine.next('summarise')).answer({ keyId: other.id });
    const call = await engine.next('restore');
    expect(call.key).toEqual(other.key);
    await call.answer();
    await adding;
    expect(restore.getState().keys.map(({ id }) => id)).toEqual([one.id, other.id]);
    expect(restore.getState()).toMatchObject({ locked: [], problem: null });
  });

  it('takes no large file for a key', async () => {
    const { stores } = await readyStores();
    await stores.restore.getState().addFiles([new File([new Uint8Array(70_000)], 'x.rofikey')]);
    expect(stores.restore.getState().problem).toMatchObject({ code: 'not-a-key' });
  });
});
