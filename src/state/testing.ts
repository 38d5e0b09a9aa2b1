/** Shared by this folder's tests: stores on the fake engine, and what they are given. */
import { createKey } from '../record/key';
import { describeKey, writeKey } from '../record/key-file';
import type { PrivacyKey } from '../record/types';
import { fakeEngine, JPEG, type FakeEngine } from './fake-engine';
import { createStores, type Stores } from './stores';

/** Stores on a fake engine whose networks are here and run. */
export async function readyStores(): Promise<{ engine: FakeEngine; stores: Stores }> {
  const engine = fakeEngine();
  const stores = createStores(engine);
  const checking = stores.models.getState().check();
  await (await engine.next('prepare')).answer();
  await checking;
  return { engine, stores };
}

export function photo(name = 'a.jpg'): File {
  return new File([JPEG], name);
}

export async function newKey(): Promise<PrivacyKey> {
  return describeKey(createKey(), '', new Date(0));
}

export function keyFile(key: PrivacyKey): File {
  return new File([writeKey(key)], `${key.id}.rofikey`);
}

export const isWiped = ({ key }: PrivacyKey): boolean => key.every((byte) => byte === 0);

/** Stores with an opened photo. */
export async function opened(): Promise<{
  engine: FakeEngine;
  stores: Stores;
  protect: Stores['protect'];
}> {
  const { engine, stores } = await readyStores();
  const opening = stores.protect.getState().open(photo());
  await (await engine.next('open')).answer();
  await opening;
  return { engine, stores, protect: stores.protect };
}

/** Protects the opened photo to the end. @returns the key's id */
export async function protectOpened(
  { engine, protect }: Awaited<ReturnType<typeof opened>>,
  changes = {},
): Promise<string> {
  const running = protect.getState().protect();
  await (await engine.next('protect')).answer(changes);
  await running;
  return protect.getState().protection?.result.keyId ?? '';
}
