import type { ProtectedSummary, RestoreResult } from '../engine/api';
import { thumbnailOf } from '../engine/worker/client';
import { unshared } from '../bytes';
import type { PrivacyKey } from '../record/types';
import type { Problem } from './problem';

/** What came back of a photo, with the file where the browser may keep it on disk. */
export interface Restored extends Omit<RestoreResult, 'file'> {
  readonly name: string;
  readonly blob: Blob;
  /** Number of the key that was used. */
  readonly keyId: string;
}

/** A protected photo and how far its restoration is. */
export interface RestorePhoto {
  readonly id: number;
  readonly file: File;
  /** Null until the file has been read. Its preview is small. */
  readonly summary: ProtectedSummary | null;
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

/** @param small - one of several: only what a list shows of the pictures is kept */
export function restoredFrom({ file, ...result }: RestoreResult, keyId: string, small: boolean): Restored {
  const { preview, protectedPreview } = result;
  return {
    ...result,
    name: file.name,
    keyId,
    blob: new Blob([unshared(file.bytes)], { type: result.mime }),
    preview: small ? preview && thumbnailOf(preview) : preview,
    protectedPreview: small ? protectedPreview && thumbnailOf(protectedPreview) : protectedPreview,
  };
}

/** The restored file for a screen that takes files. */
export function fileOf({ name, blob }: Pick<Restored, 'name' | 'blob'>): File {
  return new File([blob], name, { type: blob.type });
}
