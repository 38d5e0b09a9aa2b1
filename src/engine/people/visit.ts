import type { Choice } from './choose';

/** Whom the photos of a visit have shown, so that its next photo shows the same. Only the last key's visit is known. */
export class Visit {
  #keyId: string | null = null;
  #persons: ReadonlyMap<number, Choice> = new Map();

  /** The persons that a key's photos have shown, by number, the latest first. */
  personsOf(keyId: string): ReadonlyMap<number, Choice> {
    return keyId === this.#keyId ? this.#persons : new Map();
  }

  remember(keyId: string, shown: Iterable<readonly [number, Choice]>): void {
    const latest = new Map(shown);
    for (const [number, choice] of this.personsOf(keyId)) {
      if (!latest.has(number)) latest.set(number, choice);
    }
    [this.#keyId, this.#persons] = [keyId, latest];
  }
}
