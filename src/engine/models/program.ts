import landmarkerBinary from '@mediapipe/tasks-vision/vision_wasm_module_internal.wasm?sized';
import { RofiError } from '../../errors';
import type { DownloadProgress, ModelState, Need } from '../api';
import { codecFiles, wideDecoder } from '../image/codecs.worker';
import { ortFiles, type OrtBuild } from '../networks/builds';
import type { Compression } from './library';

/** The service worker answers from it; see src/sw.ts. */
const CACHE = 'rofi-program';

interface Part {
  readonly name: string;
  readonly need: ModelState['need'];
  readonly files: readonly SizedAsset[];
}

/** Everything that may be kept: what a device takes now, or took when it was asked for. */
const known = [landmarkerBinary, ...codecFiles, wideDecoder, ...ortFiles];

/** The parts of the program that are too large to come before the person agrees. */
export class Program {
  /** Downloaded by this worker, though the browser may have refused to keep them. */
  readonly #here = new Set<string>();

  /** @param caches - undefined in some private windows */
  constructor(private readonly caches: CacheStorage | undefined) {}

  /** What there is for a build, how large, and whether it is already here. */
  async list(build: OrtBuild, compression: Compression): Promise<readonly ModelState[]> {
    const kept = await this.#kept();
    return partsOf(build).map(({ name, need, files }) => ({
      name,
      need,
      version: files[0]?.version ?? '',
      bytes: sum(files, ({ bytes }) => bytes),
      sentBytes: sum(files, (file) => sentBytes(file, compression)),
      cached: files.every(({ url }) => kept.has(absolute(url))),
    }));
  }

  /**
   * Downloads what a need takes and is not here, for use offline as well, and drops what no version uses.
   *
   * @throws RofiError `model-missing`
   */
  async download(
    build: OrtBuild,
    need: Exclude<Need, 'nothing'>,
    compression: Compression,
    onProgress: (progress: DownloadProgress) => void,
  ): Promise<void> {
    await this.#dropOld();
    const kept = await this.#kept();
    for (const { name, files } of partsOf(build).filter((part) => need === 'all' || part.need === need)) {
      const totalBytes = sum(files, (file) => sentBytes(file, compression));
      let before = 0;
      for (const file of files) {
        const sent = sentBytes(file, compression);
        const onBytes = (bytes: number): void => {
          const receivedBytes = before + Math.round(Math.min(bytes / file.bytes, 1) * sent);
          onProgress({ model: name, receivedBytes, totalBytes });
        };
        if (!kept.has(absolute(file.url))) await this.#fetch(name, file.url, onBytes);
        before += sent;
        onBytes(0);
      }
    }
  }

  async clear(): Promise<void> {
    this.#here.clear();
    await this.caches?.delete(CACHE).catch(() => false);
  }

  async #fetch(name: string, url: string, onBytes: (bytes: number) => void): Promise<void> {
    try {
      const response = await fetch(url);
      if (!response.ok || !response.body) throw new Error(`status ${response.status}`);
      const counted = new Response(response.body.pipeThrough(counting(onBytes)), {
        headers: response.headers,
      });
      await this.#keep(url, counted);
    } catch (cause) {
      throw new RofiError('model-missing', `${url}: ${String(cause)}`, { model: name }, { cause });
    }
    this.#here.add(absolute(url));
  }

  /** Refused or full storage costs the offline use, nothing else. */
  async #keep(url: string, response: Response): Promise<void> {
    const cache = await this.#opened();
    await cache?.put(url, response).catch(() => undefined);
  }

  async #kept(): Promise<ReadonlySet<string>> {
    const cache = await this.#opened();
    const requests = (await cache?.keys().catch(() => [])) ?? [];
    return new Set([...this.#here, ...requests.map(({ url }) => url)]);
  }

  async #dropOld(): Promise<void> {
    const current = new Set(known.map(({ url }) => absolute(url)));
    const cache = await this.#opened();
    for (const request of (await cache?.keys().catch(() => [])) ?? []) {
      if (!current.has(request.url)) await cache?.delete(request).catch(() => false);
    }
  }

  #opened(): Promise<Cache | undefined> {
    return Promise.resolve(this.caches?.open(CACHE)).catch(() => undefined);
  }
}

function partsOf({ glue, binary }: OrtBuild): readonly Part[] {
  return [
    { name: 'landmark_program', need: 'landmarks', files: [landmarkerBinary] },
    { name: 'codecs', need: 'landmarks', files: codecFiles },
    { name: 'runtime', need: 'all', files: [binary, glue] },
  ];
}

function sentBytes(file: SizedAsset, compression: Compression): number {
  return compression === null ? file.bytes : Math.min(file.bytes, file[compression]);
}

function absolute(url: string): string {
  return new URL(url, self.location.origin).href;
}

function sum<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}

function counting(
  onBytes: (bytes: number) => void,
): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let bytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.length;
      onBytes(bytes);
      controller.enqueue(chunk);
    },
  });
}
