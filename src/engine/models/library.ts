import { RofiError } from '../../errors';
import type { DownloadProgress, ModelState, Need } from '../api';
import { download, verify, type Fetch } from './download';
import { parseManifest, type Manifest, type ModelEntry } from './manifest';
import type { ModelStore } from './store';

/** How this page's host compresses what can be compressed on its way; null where it does not. */
export type Compression = 'brotli' | 'gzip' | null;

const compressions: Readonly<Record<string, Compression>> = { br: 'brotli', gzip: 'gzip' };

/**
 * The files under `models/`: downloaded from this page's own origin and nowhere else, verified before every use,
 * kept in a {@link ModelStore}.
 */
export class ModelLibrary {
  #manifest: Promise<Manifest> | undefined;
  #compression: Compression = null;

  /**
   * @param baseUrl - where `manifest.json` lies, with a slash at the end
   */
  constructor(
    private readonly baseUrl: string,
    private readonly store: ModelStore,
    private readonly fetch: Fetch,
  ) {}

  /** What there is, how large, and whether it is already here. */
  async list(): Promise<readonly ModelState[]> {
    const { models } = await this.manifest();
    return Promise.all(
      models.map(async (entry) => ({
        name: entry.name,
        version: entry.version,
        bytes: entry.bytes,
        sentBytes: entry.sentBytes ?? entry.bytes,
        cached: await this.store.has(entry),
        need: needOf(entry),
      })),
    );
  }

  /** Told by how the manifest came. */
  async compression(): Promise<Compression> {
    await this.manifest();
    return this.#compression;
  }

  /** Downloads what a need takes and is not here yet, one file after the other, and drops older versions. */
  async downloadAll(
    onProgress: (progress: DownloadProgress) => void,
    need: Exclude<Need, 'nothing'> = 'all',
  ): Promise<void> {
    const { models } = await this.manifest();
    await this.store.keepOnly(models);
    for (const entry of models) {
      if (need !== 'all' && needOf(entry) !== need) continue;
      if (await this.store.has(entry)) continue;
      await this.#downloadTwice(entry, onProgress);
    }
  }

  /**
   * A model's verified bytes, downloaded when they are not here.
   *
   * @throws RofiError `model-missing`, `model-corrupt`
   */
  async bytes(name: string): Promise<Uint8Array<ArrayBuffer>> {
    const entry = await this.entry(name);
    const kept = await this.store.read(entry);
    if (kept && (await isIntact(kept, entry))) return kept;
    if (kept) await this.store.remove(entry);
    return this.#downloadTwice(entry, () => undefined);
  }

  /** @throws RofiError `model-missing` when the manifest has no such model */
  async entry(name: string): Promise<ModelEntry> {
    const entry = (await this.manifest()).models.find((model) => model.name === name);
    if (!entry) throw new RofiError('model-missing', `manifest: no ${name}`, { model: name });
    return entry;
  }

  /** A JSON file beside the models that the manifest names but does not count, such as golden tensors. */
  async json(file: string): Promise<unknown> {
    try {
      const response = await this.fetch(this.baseUrl + file, { cache: 'no-cache' });
      if (!response.ok) throw new Error(`status ${response.status}`);
      this.#compression = compressions[response.headers.get('content-encoding') ?? ''] ?? null;
      return (await response.json()) as unknown;
    } catch (cause) {
      throw new RofiError('model-missing', `${file}: ${String(cause)}`, { model: file }, { cause });
    }
  }

  /** Forgets every model on this device. */
  clear(): Promise<void> {
    return this.store.keepOnly([]);
  }

  /** Read once; a failure is forgotten, so that a retry can work. */
  manifest(): Promise<Manifest> {
    this.#manifest ??= this.json('manifest.json')
      .then(parseManifest)
      .then(madeForThis)
      .catch((error: unknown) => {
        this.#manifest = undefined;
        throw error;
      });
    return this.#manifest;
  }

  /** One retry: a connection may break, a proxy may garble. Progress never goes back. */
  async #downloadTwice(
    entry: ModelEntry,
    onProgress: (progress: DownloadProgress) => void,
  ): Promise<Uint8Array<ArrayBuffer>> {
    let furthest = 0;
    const onBytes = (receivedBytes: number): void => {
      if (receivedBytes <= furthest) return;
      furthest = receivedBytes;
      onProgress({ model: entry.name, receivedBytes, totalBytes: entry.sentBytes ?? entry.bytes });
    };
    const attempt = () => download(this.fetch, this.baseUrl + entry.file, entry, onBytes);
    const bytes = await attempt().catch(attempt);
    await this.store.write(entry, bytes);
    return bytes;
  }
}

/** Models of another version of the page would draw with other numbers than it does. */
function madeForThis(manifest: Manifest): Manifest {
  if (manifest.constants === import.meta.env.CONSTANTS_DIGEST) return manifest;
  throw new RofiError('model-corrupt', 'manifest: made for another version');
}

function needOf({ name }: ModelEntry): ModelState['need'] {
  return name === 'face_landmarker' ? 'landmarks' : 'all';
}

async function isIntact(bytes: Uint8Array<ArrayBuffer>, entry: ModelEntry): Promise<boolean> {
  return verify(bytes, entry).then(
    () => true,
    () => false,
  );
}
