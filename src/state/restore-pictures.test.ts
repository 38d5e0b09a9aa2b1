import { describe, expect, it } from 'vitest';
import { RofiError } from '../errors';
import { settle } from './fake-engine';
import { keyFile, newKey, photo, readyStores } from './testing';

async function restored(...names: readonly string[]) {
  const { engine, stores } = await readyStores();
  const { restore } = stores;
  const key = await newKey();
  const adding = restore.getState().addFiles([...names.map((name) => photo(name)), keyFile(key)]);
  for (let i = 0; i < names.length; i++) await (await engine.next('summarise')).answer({ keyId: key.id });
  for (let i = 0; i < names.length; i++) await (await engine.next('restore')).answer();
  await adding;
  return { engine, restore, key, at: (i: number) => restore.getState().photos[i] };
}

describe('pictures of restored photos', () => {
  it('come after the original, which is there without them', async () => {
    const { engine, restore, key, at } = await restored('a.png');
    expect(restore.getState().running).toBe(false);
    expect(at(0)).toMatchObject({ state: 'done', restored: { name: 'a.png' } });
    expect(at(0)?.restored).toMatchObject({ preview: undefined, check: undefined });
    await (await engine.next('glance')).answer();
    const preview = at(0)?.restored?.preview;
    expect(preview).toMatchObject({ width: 1 });
    expect(at(0)?.restored?.check).toBeUndefined();
    const check = await engine.next('checkOriginal');
    expect(check.key).toEqual(key.key);
    await check.answer({ pixelsChanged: true, samePicture: false });
    expect(at(0)?.restored?.check).toMatchObject({ pixelsChanged: true, samePicture: false });
    // The same pixels: nothing is drawn anew.
    expect(at(0)?.restored?.preview).toBe(preview);
    expect(engine.calls).toEqual([]);
  });

  it('wait until all originals of a list are back', async () => {
    const { engine, at } = await restored('a.png', 'b.png');
    expect([at(0)?.state, at(1)?.state]).toEqual(['done', 'done']);
    for (let i = 0; i < 2; i++) {
      await (await engine.next('glance')).answer();
      await (await engine.next('checkOriginal')).answer();
    }
    expect([at(0)?.restored?.check, at(1)?.restored?.check]).toMatchObject([
      { samePicture: true },
      { samePicture: true },
    ]);
    expect(engine.calls).toEqual([]);
  });

  it('keep nothing back when they fail, and are never taken for checked', async () => {
    const { engine, at } = await restored('a.png');
    await (await engine.next('glance')).fail(new RofiError('unsupported-format'));
    await (await engine.next('checkOriginal')).fail(new RofiError('worker-lost'));
    expect(at(0)).toMatchObject({ state: 'done', problem: null, restored: { preview: null, check: null } });
    expect(engine.calls).toEqual([]);
  });

  it('are left when everything is closed or the photo is taken away', async () => {
    const { engine, restore } = await restored('a.png', 'b.png');
    const first = await engine.next('glance');
    restore.getState().remove(restore.getState().photos[0]!.id);
    await first.answer();
    const second = await engine.next('glance');
    expect(engine.calls).toHaveLength(1);
    restore.getState().reset();
    await settle();
    expect(second.signal?.aborted).toBe(true);
    expect(restore.getState().photos).toEqual([]);
  });
});

it('shows a photo that waits for its key', async () => {
  const { engine, stores } = await readyStores();
  const { restore } = stores;
  const adding = restore.getState().addFiles([photo()]);
  await (await engine.next('summarise')).answer({ keyId: 'another' });
  await adding;
  await (await engine.next('glance')).answer({ pixelsChanged: true });
  expect(restore.getState().photos).toMatchObject([
    { state: 'waiting', glance: { pixelsChanged: true, preview: { width: 1 } } },
  ]);
  expect(engine.calls).toEqual([]);
});

it('says of a file without a record whether it is a picture at all', async () => {
  const { engine, stores } = await readyStores();
  const adding = stores.restore.getState().addFiles([photo()]);
  await (await engine.next('summarise')).answer({ kind: 'no-record' });
  await (await engine.next('glance')).fail(new RofiError('cannot-decode'));
  await adding;
  const [only] = stores.restore.getState().photos;
  expect(only).toMatchObject({ state: 'failed', problem: { code: 'cannot-decode' } });
  expect(engine.calls).toEqual([]);
});
