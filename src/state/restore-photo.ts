import type { Glance, PictureCheck, ProtectedSummary, RestoreResult } from '../engine/api';
import { thumbnailOf } from '../engine/worker/client';
import { unshared } from '../bytes';
import type { Pixels, SourceFile } from '../engine/types';
import type { PrivacyKey } from '../record/types';
import type { Problem } from './problem';
import { readSource } from './source';

/** What came back of a photo, with the file where the browser may keep it on disk. */
export interface Restored extends Omit<RestoreResult, 'file' | 'pictures'> {
  readonly name: string;
  readonly blob: Blob;
  /** Which picture of the file was protected. */
  readonly frame: number;
  /** Number of the key that was used. */
  readonly keyId: string;
  /** Undefined until it is decoded; null for what cannot be shown here, though its bytes are whole. */
  readonly preview: Pixels | null | undefined;
  /** Undefined until it is made, which takes longer than the original itself; null when it could not be. */
  readonly check: PictureCheck | null | undefined;
}

/** A protected photo and how far its restoration is. */
export interface RestorePhoto {
  readonly id: number;
  readonly file: File;
  /** Null until the file has been read. */
  readonly summary: ProtectedSummary | null;
  /** What the file shows, small; undefined until it is decoded, which what comes back at once does not wait for. */
  readonly glance: Glance | null | undefined;
  readonly state: 'reading' | 'waiting' | 'working' | 'done' | 'failed';
  readonly problem: Problem | null;
  readonly restored: Restored | null;
}

/**
 * What can be done about a photo: `needs-key` with the keys that are here none can, `other-key` it names one that is not
 * here, `exact` its original comes back by itself, `pixels` its face has to be rebuilt, which takes its time.
 */
export type Standing =
  Exclude<RestorePhoto['state'], 'waiting'> | 'needs-key' | 'other-key' | 'exact' | 'pixels';

/** The keys that may fit a photo: the one that it names, or where it names none all of them, the newest first. */
export function keysFor({ summary }: RestorePhoto, keys: readonly PrivacyKey[]): readonly PrivacyKey[] {
  if (summary === null) return [];
  if (summary.keyId === null) return keys.toReversed();
  return keys.filter(({ id }) => id === summary.keyId);
}

export function standingOf(photo: RestorePhoto, keys: readonly PrivacyKey[]): Standing {
  if (photo.state !== 'waiting') return photo.state;
  if (keys.length === 0) return 'needs-key';
  if (keysFor(photo, keys).length === 0) return 'other-key';
  return photo.summary?.kind === 'sealed' ? 'exact' : 'pixels';
}

/** Whether the picture shows the person: with a key that does not fit it shows nobody. */
export function isPerson({ keyFits }: Pick<Restored, 'keyFits'>): boolean {
  return keyFits !== 'nothing';
}

export function restoredFrom({ file, pictures, ...result }: RestoreResult, keyId: string): Restored {
  return {
    ...result,
    name: file.name,
    frame: file.frame ?? 0,
    keyId,
    blob: new Blob([unshared(file.bytes)], { type: result.mime }),
    preview: pictures?.preview,
    check: pictures?.check,
  };
}

/** One of several: only what a list shows of the pictures is kept. */
export function smallOf(restored: Restored): Restored {
  const { preview, check } = restored;
  const protectedPreview = check?.protectedPreview && thumbnailOf(check.protectedPreview);
  return {
    ...restored,
    preview: preview && thumbnailOf(preview),
    check: check && { ...check, protectedPreview: protectedPreview ?? null },
  };
}

/** The restored file for the engine. @throws RofiError as {@link readSource} does */
export async function sourceOf(restored: Restored): Promise<SourceFile> {
  return { ...(await readSource(fileOf(restored), 'protected')), frame: restored.frame };
}

/** The restored file for a screen that takes files. */
export function fileOf({ name, blob }: Pick<Restored, 'name' | 'blob'>): File {
  return new File([blob], name, { type: blob.type });
}
