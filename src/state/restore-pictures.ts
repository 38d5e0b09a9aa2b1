import { thumbnailOf, type Engine } from '../engine/worker/client';
import type { PrivacyKey } from '../record/types';
import { smallOf, sourceOf, type Restored, type RestorePhoto } from './restore-photo';
import { readSource } from './source';

/** The list whose pictures are looked at. */
interface PhotoList {
  readonly photos: () => readonly RestorePhoto[];
  readonly keys: () => readonly PrivacyKey[];
  readonly update: (id: number, changed: Partial<RestorePhoto>) => void;
}

/**
 * Decodes what pictures show and compares originals with the pictures they came with: after all that comes back at once,
 * which waits for none of it, and one after the other.
 */
export class RestorePictures {
  #running = false;
  #job = new AbortController();

  constructor(
    private readonly engine: Engine,
    private readonly list: PhotoList,
  ) {}

  /** Looks at all that has not been looked at; what fails is said in its place. */
  async run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (let photo = this.#next(); photo; photo = this.#next()) {
      await (photo.restored ? this.#complete(photo, photo.restored) : this.#glanceAt(photo));
    }
    this.#running = false;
  }

  stop(): void {
    this.#job.abort();
    this.#job = new AbortController();
  }

  #next(): RestorePhoto | undefined {
    return this.list.photos().find(({ restored, state, summary, glance }) => {
      if (restored) return restored.check === undefined;
      return (state === 'waiting' || state === 'failed') && summary !== null && glance === undefined;
    });
  }

  async #glanceAt({ id, file }: RestorePhoto): Promise<void> {
    const { signal } = this.#job;
    const glance = await orNull(async () => this.engine.glance(await readSource(file, 'protected'), signal));
    this.list.update(id, {
      glance: glance && { ...glance, preview: glance.preview && thumbnailOf(glance.preview) },
    });
  }

  /** The restored picture first: it is what one waits for. */
  async #complete({ id, file }: RestorePhoto, restored: Restored): Promise<void> {
    const { signal } = this.#job;
    const shown = await orNull(async () => this.engine.glance(await sourceOf(restored), signal));
    const seen = this.#put(id, restored, { preview: shown?.preview ?? null });
    if (!seen) return;
    const key = this.list.keys().find((held) => held.id === restored.keyId)?.key;
    const check = await orNull(async () => {
      const source = await readSource(file, 'protected');
      return key ? this.engine.checkOriginal(source, key, signal) : null;
    });
    this.#put(id, seen, { check });
  }

  /** @returns null where the photo has gone or was restored in another way meanwhile */
  #put(id: number, before: Restored, changed: Partial<Restored>): Restored | null {
    const photos = this.list.photos();
    if (photos.find((photo) => photo.id === id)?.restored !== before) return null;
    const whole = { ...before, ...changed };
    const restored = photos.length > 1 ? smallOf(whole) : whole;
    this.list.update(id, { restored });
    return restored;
  }
}

/** What cannot be looked at is null, whatever the reason: the original itself is here. */
async function orNull<T>(look: () => Promise<T>): Promise<T | null> {
  try {
    return await look();
  } catch {
    return null;
  }
}
