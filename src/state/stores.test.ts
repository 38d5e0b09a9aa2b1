import { describe, expect, it, vi } from 'vitest';
import { RofiError } from '../errors';
import { createIdentity } from '../record/identity';
import { isReady, statusOf, whenReady } from './models';
import { createStores, forgetAll, isUnsaved } from './stores';
import { fakeEngine, settle } from './fake-engine';
import { isWiped, keyFile, newKey, photo, readyStores } from './testing';

describe('the keys screen', () => {
  it('never makes a key that came from somebody the key of new photos, unless the person says so', async () => {
    const { engine, stores } = await readyStores();
    const stranger = await newKey();
    await stores.keys.getState().open(keyFile(stranger));
    expect(stores.keys.getState().opened?.id).toBe(stranger.id);
    expect(stores.visitKey.getState().key).toBeNull();

    const opening = stores.protect.getState().open(photo());
    await (await engine.next('open')).answer();
    await opening;
    const running = stores.protect.getState().protect();
    const call = await engine.next('protect');
    expect(call.key).toBeUndefined();
    await call.answer();
    await running;

    stores.visitKey.getState().forget();
    stores.keys.getState().useForNewPhotos();
    expect(stores.visitKey.getState()).toMatchObject({ key: { id: stranger.id }, saved: true });
    expect(stores.keys.getState().opened).toBeNull();
  });

  it('takes no other key for new photos while one is at risk', async () => {
    const { stores } = await readyStores();
    const [mine, stranger] = [await newKey(), await newKey()];
    stores.visitKey.getState().adopt(mine, false, 'needed');
    await stores.keys.getState().open(keyFile(stranger));
    stores.keys.getState().useForNewPhotos();
    expect(stores.visitKey.getState().key).toBe(mine);
    stores.keys.getState().close();
    expect(stores.visitKey.getState().key).toBe(mine);
    expect(isWiped(mine)).toBe(false);
  });

  it('says whether a photo names the key, and nothing once the key was closed', async () => {
    const { engine, stores } = await readyStores();
    const key = await newKey();
    stores.keys.getState().show(key);
    const checking = stores.keys.getState().checkPhoto(photo());
    await (await engine.next('summarise')).answer({ keyId: key.id });
    await checking;
    expect(stores.keys.getState().check).toMatchObject({ fit: 'fits' });

    const late = stores.keys.getState().checkPhoto(photo());
    const call = await engine.next('summarise');
    stores.keys.getState().close();
    await call.answer({ keyId: key.id });
    await late;
    expect(stores.keys.getState().check).toBeNull();
  });

  it('says what is wrong with a file, and goes on', async () => {
    const { stores } = await readyStores();
    await stores.keys.getState().open(new File(['hello'], 'a.txt'));
    expect(stores.keys.getState()).toMatchObject({ busy: false, problem: { code: 'not-a-key' } });
  });
});

describe('the clinic', () => {
  it('has an identity that counts as unsaved until the person has it', async () => {
    const { clinic, visitKey, protect, batch } = createStores(fakeEngine());
    const unsaved = () =>
      isUnsaved(visitKey.getState(), clinic.getState(), protect.getState(), batch.getState());
    expect(unsaved()).toBe(false);
    await clinic.getState().make();
    expect(clinic.getState().recipient).toMatch(/^age1/);
    expect(await clinic.getState().write('')).not.toBeNull();
    expect(unsaved()).toBe(true);
    clinic.getState().markSaved();
    expect(unsaved()).toBe(false);
  });

  it('opens its own file again, and refuses another', async () => {
    const { clinic } = createStores(fakeEngine());
    await clinic.getState().make();
    const { recipient } = clinic.getState();
    const bytes = await clinic.getState().write('');
    clinic.getState().close();
    await clinic.getState().open(new File(['nonsense'], 'x.txt'));
    expect(clinic.getState()).toMatchObject({ busy: false, problem: { code: 'invalid-identity' } });
    await clinic.getState().open(new File([bytes!.slice()], 'clinic.txt'));
    expect(clinic.getState()).toMatchObject({ recipient, saved: true, problem: null });
  });

  it('loses no identity that is not saved to a file that is opened', async () => {
    const { clinic } = createStores(fakeEngine());
    const other = new File([await createIdentity()], 'other.txt');
    await clinic.getState().make();
    const { identity, recipient } = clinic.getState();
    await clinic.getState().open(other);
    expect(clinic.getState()).toMatchObject({ identity, recipient, problem: { code: 'identity-unsaved' } });
    // The page's own copy of it is no other one.
    await clinic.getState().open(new File([identity!], 'same.txt'));
    expect(clinic.getState()).toMatchObject({ identity, saved: true, problem: null });
    await clinic.getState().open(other);
    expect(clinic.getState().identity).not.toBe(identity);
  });
});

describe('the networks', () => {
  it('are started at once when they are here', async () => {
    const { stores } = await readyStores();
    expect(statusOf(stores.models.getState(), 'all')).toBe('ready');
  });

  it('are asked for only as far as they are needed', async () => {
    const engine = fakeEngine();
    engine.cached.clear();
    const { models, compare } = createStores(engine);
    await models.getState().check();
    expect(statusOf(models.getState(), 'landmarks')).toBe('missing');
    const comparing = compare.getState().add([photo()]);
    const preparing = models.getState().prepare('landmarks');
    await (await engine.next('prepare')).answer();
    await preparing;
    expect(isReady(models.getState(), 'landmarks')).toBe(true);
    expect(statusOf(models.getState(), 'all')).toBe('missing');
    await (await engine.next('measureLids')).answer();
    await comparing;
    expect(compare.getState().visits[0]?.measured).toMatchObject({ width: 1000 });
  });

  it('say what failed, and can be tried again', async () => {
    const engine = fakeEngine();
    const { models } = createStores(engine);
    const checking = models.getState().check();
    await (await engine.next('prepare')).fail(new RofiError('worker-lost'));
    await checking;
    expect(statusOf(models.getState(), 'all')).toBe('failed');
    const again = models.getState().prepare('all');
    await (await engine.next('prepare')).answer();
    await again;
    expect(statusOf(models.getState(), 'all')).toBe('ready');
  });

  it('are asked to be kept when they are downloaded, and only then', async () => {
    const engine = fakeEngine();
    engine.cached.clear();
    const keep = vi.fn(() => Promise.resolve());
    const { models } = createStores(engine, keep);
    await models.getState().check();
    expect(keep).not.toHaveBeenCalled();
    for (let time = 0; time < 2; time++) {
      const preparing = models.getState().prepare('all');
      await (await engine.next('prepare')).answer();
      await preparing;
      expect(keep).toHaveBeenCalledTimes(1);
    }
  });

  it('are started by the second of two looks, as React’s StrictMode makes them', async () => {
    const engine = fakeEngine();
    const { models } = createStores(engine);
    const looks = [models.getState().check(), models.getState().check()];
    const first = await engine.next('prepare');
    await settle();
    expect(first.signal?.aborted).toBe(true);
    expect(models.getState()).toMatchObject({ work: 'preparing', problem: null });
    await engine.calls.find(({ signal }) => signal?.aborted === false)?.answer();
    await Promise.all(looks);
    expect(statusOf(models.getState(), 'all')).toBe('ready');
  });

  it('are waited for by nobody who has left, before or meanwhile', async () => {
    const { models } = createStores(fakeEngine());
    await expect(whenReady(models, 'all', AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
    const left = new AbortController();
    const waiting = whenReady(models, 'all', left.signal);
    left.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    await expect(whenReady(models, 'nothing', new AbortController().signal)).resolves.toBeUndefined();
  });
});

describe('two pages', () => {
  it('share nothing', async () => {
    const [one, other] = [await readyStores(), await readyStores()];
    one.stores.visitKey.getState().adopt(await newKey(), false, 'chosen');
    expect(other.stores.visitKey.getState().key).toBeNull();
  });
});

describe('leaving the page', () => {
  it('overwrites every key in it', async () => {
    const { engine, stores } = await readyStores();
    const [visit, opened, restored] = [await newKey(), await newKey(), await newKey()];
    stores.visitKey.getState().adopt(visit, false, 'chosen');
    stores.keys.getState().show(opened);
    await stores.restore.getState().setKey(restored);
    const opening = stores.protect.getState().open(photo());
    await (await engine.next('open')).answer();
    await opening;
    const running = stores.protect.getState().protect();
    await (await engine.next('protect')).answer();
    await running;
    const own = stores.protect.getState().protection!.key!;
    forgetAll(stores);
    for (const key of [visit, opened, restored, own]) expect(isWiped(key)).toBe(true);
    expect(stores.protect.getState().stage).toBe('empty');
  });
});
