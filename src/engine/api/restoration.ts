/** What a protected photo says of itself, and what comes back of it. */
import type { Pixels, Point, SourceFile } from '../types';

/** What a dropped file says of itself, without any key: nobody vouches for it. */
export interface ProtectedSummary {
  readonly kind: 'sealed' | 'pixels-only' | 'no-record';
  readonly keyId: string | null;
}

/** What a file shows, without any key. */
export interface Glance {
  /** At most 2048 px a side; null when the picture cannot be read, which a record makes up for. */
  readonly preview: Pixels | null;
  /** Whether a record says that the pixels are no longer those that were protected, or cannot be read any more. */
  readonly pixelsChanged: boolean;
}

export interface RestoreOptions {
  /** `auto` takes the sealed original when there is one, else the networks. */
  readonly mode: 'auto' | 'neural';
  /** On request: show what the networks make of a key that does not fit, instead of the error. */
  readonly allowWrongKey: boolean;
}

/** How the protected picture stands to what came back of it. */
export interface PictureCheck {
  /** Null when it cannot be read, though the original's bytes are whole. */
  readonly protectedPreview: Pixels | null;
  /** Null when there is no record that the key has opened, which alone could tell. */
  readonly pixelsChanged: boolean | null;
  /** Exact only: whether the protected picture shows, outside its faces, what the original does. */
  readonly samePicture: boolean | null;
}

export interface RestoreResult {
  readonly method: 'exact' | 'neural';
  /** Exact: the original's very bytes and name. Neural: a PNG whose name says that it is no original. */
  readonly file: SourceFile;
  readonly mime: string;
  /** Exact only: hex SHA-256 of the original, as sealed and as returned. */
  readonly sha256: string | null;
  /** What the key fits: the file's record, or at least what is hidden in the pixels; `nothing` shows virtual faces. */
  readonly keyFits: 'record' | 'pixels' | 'nothing';
  /** Faces that do not answer to the key, and what was covered, stay as they are in the protected photo. */
  readonly facesLeft: number;
  /** Width by height of what came back, as far as a record or pixels say. */
  readonly shape: number;
  /** Where to look: each face's eye centres, subject's right first, in widths of the picture. */
  readonly eyes: readonly (readonly [Point, Point])[];
  /** What the pictures show. Null for the exact original, whose bytes come before any picture is decoded. */
  readonly pictures: { readonly preview: Pixels; readonly check: PictureCheck } | null;
}
