import { proxy, type Remote } from 'comlink';
import { RofiError } from '../../errors';
import { assertKey } from '../../record/key';
import type { EngineApi, FaceView, Inspection, OnNews, ProtectOptions, ProtectResult } from '../api';
import type { EngineQueue } from './engine-queue';
import type { Point, SourceFile } from '../types';

/** One photo, opened, from its faces to its protection. It opens itself again when the worker has lost it. */
export interface PhotoSession {
  readonly source: SourceFile;
  readonly inspection: Inspection;
  /** The faces that were found, and then those that were placed. */
  readonly faces: readonly FaceView[];
  /**
   * Adds a face by its eye centres, photo pixels, in any order.
   *
   * @throws RofiError `face-too-small` when they lie together, `aborted`, `worker-lost`, and what opening throws
   */
  place(eyes: readonly [Point, Point], signal?: AbortSignal): Promise<FaceView>;
  /**
   * Protects faces of this photo. The key is copied before anything else happens.
   *
   * @throws RofiError `not-a-key` for a key that was wiped, `aborted`, `worker-lost`, and what protecting throws
   */
  protect(options: ProtectOptions, onNews: OnNews, signal?: AbortSignal): Promise<ProtectResult>;
}

type Api = Remote<EngineApi>;

/** @throws RofiError what inspecting throws */
export async function openPhoto(
  queue: EngineQueue,
  source: SourceFile,
  onNews: OnNews,
  signal?: AbortSignal,
): Promise<PhotoSession> {
  const inspection = await queue.run((api) => api.inspect(source, proxy(onNews)), signal);
  return new OpenedPhoto(queue, source, inspection);
}

class OpenedPhoto implements PhotoSession {
  readonly #placed: { readonly eyes: readonly [Point, Point]; readonly face: FaceView }[] = [];
  /** As the worker holds it; null when that is not known. */
  #photoId: string | null;

  constructor(
    private readonly queue: EngineQueue,
    readonly source: SourceFile,
    readonly inspection: Inspection,
  ) {
    this.#photoId = inspection.photoId;
  }

  get faces(): readonly FaceView[] {
    return [...this.inspection.faces, ...this.#placed.map(({ face }) => face)];
  }

  async place(eyes: readonly [Point, Point], signal?: AbortSignal): Promise<FaceView> {
    const face = await this.#onPhoto((api, photoId) => api.placeFace(photoId, eyes), ignore, signal);
    this.#placed.push({ eyes, face });
    return face;
  }

  async protect(options: ProtectOptions, onNews: OnNews, signal?: AbortSignal): Promise<ProtectResult> {
    const { key, ...others } = options;
    const copied = key && copyKey(key);
    const copy = copied ? { ...others, key: copied } : others;
    const protect = (api: Api, photoId: string) => api.protect(photoId, copy, proxy(onNews));
    return this.#onPhoto(protect, onNews, signal).finally(() => copied?.fill(0));
  }

  /** Runs a job on the photo, opened again if need be; what failed halfway may have left anything in the worker. */
  async #onPhoto<T>(
    job: (api: Api, photoId: string) => Promise<T>,
    onNews: OnNews,
    signal?: AbortSignal,
  ): Promise<T> {
    try {
      return await this.queue.run(async (api, ended) => {
        const photoId = await this.#held(api, onNews, ended);
        ended.throwIfAborted();
        return job(api, photoId);
      }, signal);
    } catch (error) {
      this.#photoId = null;
      throw error;
    }
  }

  async #held(api: Api, onNews: OnNews, ended: AbortSignal): Promise<string> {
    if (this.#photoId !== null && (await api.holds(this.#photoId))) return this.#photoId;
    ended.throwIfAborted();
    const again = await api.inspect(this.source, proxy(onNews));
    // Were they others, a face would be left that the person has chosen.
    const { faces } = this.inspection;
    if (again.faces.length !== faces.length || !again.faces.every((face, i) => isSameFace(face, faces[i]))) {
      throw new RofiError('worker-lost', 'the photo shows other faces now');
    }
    for (const { eyes } of this.#placed) {
      ended.throwIfAborted();
      await api.placeFace(again.photoId, eyes);
    }
    return (this.#photoId = again.photoId);
  }
}

/**
 * A copy for the worker: whoever owns the key may overwrite it while the call waits.
 *
 * @throws RofiError `not-a-key`
 */
export function copyKey(key: Uint8Array): Uint8Array {
  assertKey(key);
  return key.slice();
}

function isSameFace({ box }: FaceView, before: FaceView | undefined): boolean {
  const { x, y, width, height } = before?.box ?? { x: 0, y: 0, width: 0, height: 0 };
  return Math.abs(box.x - x) < width / 2 && Math.abs(box.y - y) < height / 2;
}

const ignore = (): void => undefined;
