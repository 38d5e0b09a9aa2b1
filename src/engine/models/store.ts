import type { ModelEntry } from './manifest';

/** Where verified model files are kept between visits. */
export interface ModelStore {
  has(entry: ModelEntry): Promise<boolean>;
  read(entry: ModelEntry): Promise<Uint8Array<ArrayBuffer> | null>;
  write(entry: ModelEntry, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  remove(entry: ModelEntry): Promise<void>;
  /** Drops every file that is not one of these: older versions. */
  keepOnly(entries: readonly ModelEntry[]): Promise<void>;
}

/** Holds the files for as long as the worker lives. */
export class MemoryStore implements ModelStore {
  readonly #files = new Map<string, Uint8Array<ArrayBuffer>>();

  has(entry: ModelEntry): Promise<boolean> {
    return Promise.resolve(this.#files.has(entry.sha256));
  }

  read(entry: ModelEntry): Promise<Uint8Array<ArrayBuffer> | null> {
    return Promise.resolve(this.#files.get(entry.sha256) ?? null);
  }

  write(entry: ModelEntry, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#files.set(entry.sha256, bytes);
    return Promise.resolve();
  }

  remove(entry: ModelEntry): Promise<void> {
    this.#files.delete(entry.sha256);
    return Promise.resolve();
  }

  keepOnly(entries: readonly ModelEntry[]): Promise<void> {
    const kept = new Set(entries.map((entry) => entry.sha256));
    for (const digest of this.#files.keys()) if (!kept.has(digest)) this.#files.delete(digest);
    return Promise.resolve();
  }
}

/** Cache Storage; whatever the browser refuses to keep there stays in memory. */
export class CacheStore implements ModelStore {
  readonly #memory = new MemoryStore();

  constructor(
    private readonly caches: CacheStorage | undefined,
    private readonly cacheName = 'rofi-models-v1',
  ) {}

  async has(entry: ModelEntry): Promise<boolean> {
    if (await this.#memory.has(entry)) return true;
    // A match would open a stream of megabytes that nobody reads; browsers keep it open until they tidy up.
    const kept = await this.#attempt((cache) => cache.keys(keyOf(entry)));
    return kept !== undefined && kept.length > 0;
  }

  async read(entry: ModelEntry): Promise<Uint8Array<ArrayBuffer> | null> {
    const inMemory = await this.#memory.read(entry);
    if (inMemory) return inMemory;
    const buffer = await this.#attempt(async (cache) => (await cache.match(keyOf(entry)))?.arrayBuffer());
    return buffer ? new Uint8Array(buffer) : null;
  }

  async write(entry: ModelEntry, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const kept = await this.#attempt(async (cache) => {
      await cache.put(keyOf(entry), new Response(bytes));
      return true;
    });
    if (!kept) await this.#memory.write(entry, bytes);
  }

  async remove(entry: ModelEntry): Promise<void> {
    await this.#memory.remove(entry);
    await this.#attempt((cache) => cache.delete(keyOf(entry)));
  }

  async keepOnly(entries: readonly ModelEntry[]): Promise<void> {
    await this.#memory.keepOnly(entries);
    const kept = new Set(entries.map((entry) => keyOf(entry)));
    await this.#attempt(async (cache) => {
      for (const request of await cache.keys()) {
        const { pathname } = new URL(request.url);
        if (!kept.has(pathname)) await cache.delete(request);
      }
    });
  }

  /** Runs on the opened cache; undefined when the browser refuses storage. */
  async #attempt<T>(action: (cache: Cache) => Promise<T>): Promise<T | undefined> {
    try {
      return this.caches && (await action(await this.caches.open(this.cacheName)));
    } catch {
      return undefined;
    }
  }
}

/** The digest names the content, so a new version never meets an old copy. */
function keyOf(entry: ModelEntry): string {
  return `/model-store/${entry.sha256}`;
}
