import { describe, expect, it, vi } from 'vitest';
import { createIdentity, writeIdentity } from '../record/identity';
import { embedRecord } from '../record/container';
import type { Place } from './intake';
import { createStores, type Stores } from './stores';
import { fakeEngine, settle, type FakeEngine } from './fake-engine';
import { keyFile, newKey, photo } from './testing';

interface Page {
  readonly engine: FakeEngine;
  readonly stores: Stores;
  readonly shown: Place[];
  readonly take: (at: Place | null, ...files: File[]) => Promise<void>;
}

async function page(): Promise<Page> {
  const engine = fakeEngine();
  const shown: Place[] = [];
  const stores = createStores(
    engine,
    () => Promise.resolve(),
    (place) => void shown.push(place),
  );
  const checking = stores.models.getState().check();
  await (await engine.next('prepare')).answer();
  await checking;
  const take = async (at: Place | null, ...files: File[]): Promise<void> => {
    await stores.intake.getState().take(files, at);
    await settle();
  };
  return { engine, stores, shown, take };
}

/** A JPEG that says it is protected. */
const protectedPhoto = (name = 'protected.jpg'): File =>
  new File([embedRecord(Uint8Array.of(0xff, 0xd8, 0xff, 0xd9), Uint8Array.of(1, 2, 3)).slice()], name);

describe('what is dropped is opened by what it is', () => {
  it('a photo is opened for protection, wherever it was dropped', async () => {
    const { stores, shown, take } = await page();
    await take(null, photo('face.jpg'));
    expect(shown).toEqual(['protect']);
    expect(stores.protect.getState()).toMatchObject({ stage: 'opening', source: { name: 'face.jpg' } });
  });

  it('several photos become a batch', async () => {
    const { stores, take } = await page();
    await take('protect', photo('a.jpg'), photo('b.jpg'));
    expect(stores.batch.getState().items.map(({ file }) => file.name)).toEqual(['a.jpg', 'b.jpg']);
    await take('protect', photo('c.jpg'));
    expect(stores.batch.getState().items).toHaveLength(3);
  });

  it('a key is opened among the keys, and is no key for new photos', async () => {
    const { stores, shown, take } = await page();
    const key = await newKey();
    await take('protect', keyFile(key));
    // Reading a key loads its modules first.
    await vi.waitFor(() => expect(stores.keys.getState().opened?.id).toBe(key.id));
    expect(shown).toEqual(['keys']);
    expect(stores.visitKey.getState().key).toBeNull();
  });

  it('an identity is opened for the clinic', async () => {
    const { stores, shown, take } = await page();
    const bytes = await writeIdentity(await createIdentity(), new Date(0));
    await take('protect', new File([bytes.slice()], 'clinic.txt'));
    await settle();
    expect(shown).toEqual(['keys']);
    expect(stores.clinic.getState().recipient).toMatch(/^age1/);
  });

  it('a protected photo with a key is restored', async () => {
    const { stores, engine, shown, take } = await page();
    const key = await newKey();
    await take('protect', keyFile(key), protectedPhoto());
    await (await engine.next('summarise')).answer({ keyId: key.id });
    expect(shown).toEqual(['restore']);
    await engine.next('restore');
    expect(stores.restore.getState()).toMatchObject({ running: true, keys: [{ id: key.id }] });
  });

  it('a key goes to the photo that waits for it', async () => {
    const { stores, engine, shown, take } = await page();
    await take('restore', protectedPhoto());
    await (await engine.next('summarise')).answer();
    const key = await newKey();
    await take('protect', keyFile(key));
    expect(shown).toEqual(['restore', 'restore']);
    expect(stores.restore.getState().keys.map(({ id }) => id)).toEqual([key.id]);
  });

  it('a protected photo alone is asked about', async () => {
    const { stores, shown, take } = await page();
    await take('protect', protectedPhoto());
    expect(stores.intake.getState().question).toBe('protected');
    expect(shown).toEqual([]);
    stores.intake.getState().answer('restore');
    expect(shown).toEqual(['restore']);
    await take('protect', protectedPhoto());
    stores.intake.getState().answer('protect');
    await settle();
    expect(stores.protect.getState()).toMatchObject({ stage: 'opening', source: { name: 'protected.jpg' } });
  });

  it('what is nothing of ours says so where photos are opened', async () => {
    const { stores, take } = await page();
    await take(null, new File(['Dear doctor'], 'letter.txt'));
    expect(stores.protect.getState().problem).toMatchObject({ code: 'not-an-image' });
  });

  it('photos on the comparing screen become visits', async () => {
    const { stores, take } = await page();
    await take('compare', photo('first.jpg'));
    await take('compare', photo('second.jpg'));
    expect(stores.compare.getState().visits.map(({ file }) => file.name)).toEqual([
      'first.jpg',
      'second.jpg',
    ]);
  });
});

describe('a new photo while another one is here', () => {
  async function protectedPage(): Promise<Page> {
    const made = await page();
    await made.take('protect', photo('first.jpg'));
    await (await made.engine.next('open')).answer();
    const running = made.stores.protect.getState().protect();
    await (await made.engine.next('protect')).answer();
    await running;
    return made;
  }

  it('throws nothing away that is not saved before the person says so', async () => {
    const { stores, take } = await protectedPage();
    await take('protect', photo('second.jpg'));
    expect(stores.intake.getState().question).toBe('unsaved');
    expect(stores.protect.getState().source?.name).toBe('first.jpg');
    stores.intake.getState().dismiss();
    expect(stores.protect.getState().stage).toBe('done');
    await take('protect', photo('second.jpg'));
    stores.intake.getState().answer('discard');
    await settle();
    expect(stores.protect.getState().source?.name).toBe('second.jpg');
    expect(stores.visitKey.getState().key).toBeNull();
  });

  it('gets the key of the one before only when the person says so', async () => {
    const { stores, take } = await protectedPage();
    const id = stores.visitKey.getState().key?.id;
    stores.protect.getState().markPhotoSaved();
    stores.protect.getState().markKeySaved();
    await take('protect', photo('second.jpg'));
    expect(stores.intake.getState().question).toBe('visit');
    stores.intake.getState().answer('same-key');
    await settle();
    expect(stores.visitKey.getState().key?.id).toBe(id);
    expect(stores.protect.getState().source?.name).toBe('second.jpg');
  });

  it('is opened once the key of the one before may go', async () => {
    const { stores, take } = await protectedPage();
    stores.protect.getState().markPhotoSaved();
    await take('protect', photo('second.jpg'));
    stores.intake.getState().answer('new-key');
    expect(stores.visit.getState().losing).toHaveLength(1);
    expect(stores.protect.getState().source?.name).toBe('first.jpg');
    stores.visit.getState().endAnyway();
    await settle();
    expect(stores.protect.getState().source?.name).toBe('second.jpg');
    expect(stores.visitKey.getState().key).toBeNull();
  });
});
