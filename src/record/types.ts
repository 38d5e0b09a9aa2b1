/** What the file formats hold. Nothing here says who the person is, except {@link OriginalFile}, which is only ever sealed. */

/** A key with what its owner wrote on it. One key may serve all photos of a visit. */
export interface PrivacyKey {
  /** 16 hex digits derived from the key; also in the records that the key opens. */
  readonly id: string;
  /** When it was made, ISO 8601 in UTC. */
  readonly created: string;
  /** The owner's own words, such as "left eye, first visit"; never written into a photo. May be empty. */
  readonly label: string;
  /** The 32 secret bytes. */
  readonly key: Uint8Array;
}

/** What opens a locked file: the passphrase, or `AGE-SECRET-KEY-1…` identities. */
export type Secret = { readonly passphrase: string } | { readonly identities: readonly string[] };

/** Similarity from photo pixels to crop pixels: x' = a·x − b·y + tx, y' = b·x + a·y + ty. */
export interface FaceTransform {
  readonly a: number;
  readonly b: number;
  readonly tx: number;
  readonly ty: number;
}

/** The decoded protected photo: 8-bit RGBA, row by row from the top. */
export interface DecodedPixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** The protected photo that a record was made for. */
export interface ImageFingerprint {
  readonly width: number;
  readonly height: number;
  /** Hex, from {@link pixelsDigest}. */
  readonly sha256: string;
}

/** What the engine tells of one protected face. */
interface ProtectedFaceDetails {
  readonly transform: FaceTransform;
  /** Which of the key's persons was drawn, from 0; absent in records of older programs. */
  readonly person?: number;
}

/** A part of the picture that a mosaic covers, pixels. */
export interface CoveredBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What the engine tells of a protection, in the pixels of the protected photo. */
export interface ProtectionDetails {
  readonly image: ImageFingerprint;
  /** The faces that were replaced. */
  readonly faces: readonly ProtectedFaceDetails[];
  /** What was covered in place of being replaced; absent when nothing was, and in records of older programs. */
  readonly covered?: readonly CoveredBox[];
  /** 0..1 (paper, Table 1). */
  readonly signThreshold: number;
  readonly options: { readonly keepBothEyes: boolean };
  /** Network name → hex SHA-256 of its file. */
  readonly models: Readonly<Record<string, string>>;
}

/** The open part of a record, readable without any key and authentic once the record has been opened. */
export interface RecordHeader extends ProtectionDetails {
  readonly keyId: string;
  /** `pixels-only`: the original was not sealed into the file, by choice. */
  readonly contents: 'original' | 'pixels-only';
  /** Base64 of 32 bytes. */
  readonly salt: string;
  /** Base64 of 12 bytes. */
  readonly nonce: string;
}

/** The photo as the person chose it. */
export interface OriginalFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What was sealed into a record. */
export interface SealedContent {
  readonly original: OriginalFile;
  /** Hex SHA-256 of the original's bytes, as sealed and as returned. */
  readonly sha256: string;
}

/** A record that its key has opened: nothing of it has changed. `content` is null for `pixels-only`. */
export interface UnsealedRecord {
  readonly header: RecordHeader;
  readonly content: SealedContent | null;
}

/** A record opened with its key, with the original it holds. */
export interface OpenedRecord extends SealedContent {
  readonly header: RecordHeader;
}
