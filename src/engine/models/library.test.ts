import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ModelLibrary } from './library';
import type { Fetch } from './download';
import { CacheStore, MemoryStore } from './store';

const constants = import.meta.env.CONSTANTS_DIGEST;
const content = Uint8Array.from({ length: 1000 }, (_, index) => index % 251);
const entry = {
  name: 'protector',
  version: '0.1.0',
  file: 'protector.onnx',
  bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
};

/** Serves the manifest, and one body after the other for the model; counts what was asked for. */
function server(...bodies: (Uint8Array | Error)[]): { fetch: Fetch; asked: string[] } {
  const asked: string[] = [];
  const fetch: Fetch = (url) => {
    asked.push(url);
    if (url.endsWith('manifest.json'))
      return Promise.resolve(Response.json({ version: 1, constants, models: [entry] }));
    const body = bodies.shift();
    if (body === undefined) return Promise.resolve(new Response('', { status: 404 }));
    if (body instanceof Error) return Promise.reject(body);
    return Promise.resolve(new Response(inChunks(body)));
  };
  return { fetch, asked };
}

function inChunks(body: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < body.length; at += 300) controller.enqueue(body.slice(at, at + 300));
      controller.close();
    },
  });
}

function changedByOneByte(): Uint8Array {
  const changed = content.slice();
  changed[500]! ^= 1;
  return changed;
}

/** Cache Storage as far as the store uses it. @param onMatch - called with each key whose content is opened */
function fakeCaches(onMatch: (key: string) => void = () => undefined): CacheStorage {
  const kept = new Map<string, Response>();
  const cache = {
    match: (key: string) => {
      onMatch(key);
      return Promise.resolve(kept.get(key)?.clone());
    },
    put: (key: string, response: Response) => Promise.resolve(void kept.set(key, response)),
    delete: (key: string | Request) =>
      Promise.resolve(kept.delete(typeof key === 'string' ? key : new URL(key.url).pathname)),
    keys: (asked?: string) =>
      Promise.resolve(
        [...kept.keys()]
          .filter((key) => asked === undefined || asked === key)
          .map((key) => new Request(`http://page.test${key}`)),
      ),
  };
  return { open: () => Promise.resolve(cache) } as unknown as CacheStorage;
}

const refusingCaches = {
  open: () => Promise.reject(new DOMException('refused', 'SecurityError')),
} as unknown as CacheStorage;

function modelRequests(asked: string[]): number {
  return asked.filter((url) => url.endsWith('.onnx')).length;
}

describe('ModelLibrary', () => {
  it('unpacks what the build has compressed, and counts it as it is sent', async () => {
    const packed = gzipSync(content);
    const { fetch } = server(packed);
    const packedEntry = { ...entry, file: 'protector-12345678.onnx.gzip', sentBytes: packed.length };
    const library = new ModelLibrary('/models/', new MemoryStore(), (url) =>
      url.endsWith('manifest.json')
        ? Promise.resolve(Response.json({ version: 1, constants, models: [packedEntry] }))
        : fetch(url),
    );
    const counted: number[] = [];
    await library.downloadAll(({ receivedBytes }) => counted.push(receivedBytes));
    expect(counted.at(-1)).toBe(packed.length);
    expect(await library.bytes('protector')).toEqual(content);
    expect(await library.list()).toMatchObject([{ bytes: 1000, sentBytes: packed.length, cached: true }]);
  });

  it('refuses what is garbled inside a compressed file', async () => {
    const packed = gzipSync(content);
    packed[packed.length >> 1]! ^= 1;
    const packedEntry = { ...entry, sentBytes: packed.length };
    const library = new ModelLibrary('/models/', new MemoryStore(), (url) =>
      Promise.resolve(
        url.endsWith('manifest.json')
          ? Response.json({ version: 1, constants, models: [packedEntry] })
          : new Response(packed),
      ),
    );
    await expect(library.bytes('protector')).rejects.toMatchObject({ code: 'model-corrupt' });
  });

  it('downloads once, reports true bytes, then reads from the cache', async () => {
    const { fetch, asked } = server(content);
    const caches = fakeCaches();
    const library = new ModelLibrary('/models/', new CacheStore(caches), fetch);
    expect(await library.list()).toEqual([
      { name: 'protector', version: '0.1.0', bytes: 1000, sentBytes: 1000, cached: false, need: 'all' },
    ]);

    const received: number[] = [];
    await library.downloadAll((progress) => received.push(progress.receivedBytes));
    expect(received).toEqual([300, 600, 900, 1000]);
    expect((await library.list())[0]?.cached).toBe(true);

    const nextVisit = new ModelLibrary('/models/', new CacheStore(caches), fetch);
    expect(await nextVisit.bytes('protector')).toEqual(content);
    expect(modelRequests(asked)).toBe(1);
    expect(asked.every((url) => url.startsWith('/models/'))).toBe(true);
  });

  it('downloads no network where landmarks are enough', async () => {
    const { fetch, asked } = server(content);
    const library = new ModelLibrary('/models/', new MemoryStore(), fetch);
    await library.downloadAll(() => undefined, 'landmarks');
    expect(modelRequests(asked)).toBe(0);
    await library.downloadAll(() => undefined, 'all');
    expect(modelRequests(asked)).toBe(1);
  });

  it('opens nothing of what is kept to say that it is there', async () => {
    const opened: string[] = [];
    const caches = fakeCaches((key) => opened.push(key));
    const library = new ModelLibrary('/models/', new CacheStore(caches), server(content).fetch);
    await library.downloadAll(() => undefined);
    expect(await library.list()).toMatchObject([{ cached: true }]);
    expect(opened).toEqual([]);
    await library.bytes('protector');
    expect(opened).toHaveLength(1);
  });

  it('calls a file with one changed byte corrupt, after one retry', async () => {
    const { fetch, asked } = server(changedByOneByte(), changedByOneByte(), content);
    const library = new ModelLibrary('/models/', new MemoryStore(), fetch);
    await expect(library.bytes('protector')).rejects.toMatchObject({
      code: 'model-corrupt',
      values: { model: 'protector' },
    });
    expect(modelRequests(asked)).toBe(2);
    expect((await library.list())[0]?.cached).toBe(false);
  });

  it.each([
    ['too short', content.slice(0, 999)],
    ['too long', new Uint8Array(1001)],
  ])('calls a file that is %s corrupt', async (_, body) => {
    const { fetch } = server(body, body);
    const library = new ModelLibrary('/models/', new MemoryStore(), fetch);
    await expect(library.bytes('protector')).rejects.toMatchObject({ code: 'model-corrupt' });
  });

  it('retries once, and progress never goes back', async () => {
    const { fetch } = server(content.slice(0, 700), content);
    const library = new ModelLibrary('/models/', new MemoryStore(), fetch);
    const received: number[] = [];
    await library.downloadAll((progress) => received.push(progress.receivedBytes));
    expect(received).toEqual([300, 600, 700, 900, 1000]);
    expect(await library.bytes('protector')).toEqual(content);
  });

  it('says model-missing when the second try fails too', async () => {
    const { fetch, asked } = server(new TypeError('offline'), new TypeError('offline'), content);
    const library = new ModelLibrary('/models/', new MemoryStore(), fetch);
    await expect(library.bytes('protector')).rejects.toMatchObject({ code: 'model-missing' });
    expect(modelRequests(asked)).toBe(2);
  });

  it('works from memory when storage is refused or absent', async () => {
    for (const caches of [refusingCaches, undefined]) {
      const { fetch, asked } = server(content);
      const library = new ModelLibrary('/models/', new CacheStore(caches), fetch);
      await library.downloadAll(() => undefined);
      expect(await library.bytes('protector')).toEqual(content);
      expect(modelRequests(asked)).toBe(1);
    }
  });

  it('downloads again when the kept copy has rotted', async () => {
    const { fetch, asked } = server(content);
    const store = new MemoryStore();
    await store.write(entry, changedByOneByte() as Uint8Array<ArrayBuffer>);
    const library = new ModelLibrary('/models/', store, fetch);
    expect(await library.bytes('protector')).toEqual(content);
    expect(modelRequests(asked)).toBe(1);
  });

  it('drops older versions and, when asked, everything', async () => {
    const { fetch } = server(content);
    const store = new CacheStore(fakeCaches());
    const older = { ...entry, sha256: 'a'.repeat(64) };
    await store.write(older, content);
    const library = new ModelLibrary('/models/', store, fetch);
    await library.downloadAll(() => undefined);
    expect(await store.has(older)).toBe(false);
    expect(await store.has(entry)).toBe(true);
    await library.clear();
    expect(await store.has(entry)).toBe(false);
  });

  it('refuses models that were made with other constants than the page', async () => {
    const others = { version: 1, constants: 'c'.repeat(64), models: [entry] };
    const library = new ModelLibrary('/models/', new MemoryStore(), () =>
      Promise.resolve(Response.json(others)),
    );
    await expect(library.list()).rejects.toMatchObject({ code: 'model-corrupt' });
  });

  it('reads the manifest again after a failure', async () => {
    const { fetch } = server();
    let fails = true;
    const library = new ModelLibrary('/models/', new MemoryStore(), (url, init) => {
      if (!fails) return fetch(url, init);
      fails = false;
      return Promise.reject(new TypeError('offline'));
    });
    await expect(library.list()).rejects.toMatchObject({ code: 'model-missing' });
    expect(await library.list()).toHaveLength(1);
  });
});
