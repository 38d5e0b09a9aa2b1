/**
 * The surface the page may call. `worker.ts` implements it, `client.ts` is the page's end of it.
 * Everything crosses by structured clone; large arrays are transferred.
 * Every call may reject with a {@link RofiError}.
 */
import type { Pixels, Point, SourceFile } from '../types';
import type { FaceView, Inspection } from './inspection';
import type { FaceAt, FrameGuidance, VisitMeasures } from './measures';
import type { DownloadProgress, ModelState, Need, RuntimeReport } from './models';
import type { OnNews } from './progress';
import type { Recognition } from './proof';
import type { ProtectOptions, ProtectResult } from './protection';
import type { Glance, PictureCheck, ProtectedSummary, RestoreOptions, RestoreResult } from './restoration';

export { isKnownCovered } from '../checks/known-covered';
export { keptShares, SIGN_GRID } from '../drawing/kept-shares';
export * from './inspection';
export type * from './measures';
export type * from './models';
export type * from './progress';
export * from './proof';
export type * from './protection';
export type * from './restoration';

/** Callbacks are Comlink proxies. What each call needs is said where it is not `all`. */
export interface EngineApi {
  /** Needs nothing. */
  models(): Promise<readonly ModelState[]>;
  /**
   * Downloads what is missing for a need and verifies it; for all, opens sessions and self-tests. Null where no network
   * was asked for.
   */
  prepare(
    need: Exclude<Need, 'nothing'>,
    onProgress: (progress: DownloadProgress) => void,
  ): Promise<RuntimeReport | null>;
  /** Needs nothing. */
  clearModels(): Promise<void>;

  inspect(source: SourceFile, onNews: OnNews): Promise<Inspection>;
  /** Whether the photo is the one that this worker holds. Needs nothing. */
  holds(photoId: string): boolean;
  /** Lays the mean shape on two eye centres given by hand, in any order. */
  placeFace(photoId: string, eyes: readonly [Point, Point]): Promise<FaceView>;
  protect(photoId: string, options: ProtectOptions, onNews: OnNews): Promise<ProtectResult>;

  /** Needs nothing. */
  summarise(file: SourceFile): Promise<ProtectedSummary>;
  /** Decodes a picture, protected or restored, to be shown small. Needs nothing. */
  glance(file: SourceFile): Promise<Glance>;
  /** All pixels of a picture, for looking closely. Needs nothing. */
  picture(file: SourceFile): Promise<Pixels>;
  /** Needs nothing in `auto` mode where the key fits a sealed original. */
  restore(file: SourceFile, key: Uint8Array, options: RestoreOptions, onNews: OnNews): Promise<RestoreResult>;
  /** Whether the original that a key opens belongs to the picture it came with. Needs nothing. */
  checkOriginal(file: SourceFile, key: Uint8Array): Promise<PictureCheck>;

  /** Needs `landmarks`. */
  measureLids(file: SourceFile): Promise<VisitMeasures>;
  /** What the recognisers say of two faces. */
  compareFaces(one: FaceAt, other: FaceAt): Promise<readonly Recognition[]>;
  /** Needs `landmarks`. */
  guide(frame: ImageBitmap): Promise<FrameGuidance>;

  /** Ends the job in work before its next step or network; it rejects with `aborted`. */
  cancel(): void;
}
