/**
 * What a format tells of itself, in three parts: the page loads the labels with its first script, the carriers later, and
 * the readers, with the libraries they need, never.
 */
import type { Colours } from './colours/profile';
import type { MetadataEntry } from './metadata-entry';
import type { ImagePart } from './parts';

/** How a format's files are called and known; in its folder's `label.ts`. */
export interface FormatLabel {
  /** What people call it. */
  readonly name: string;
  /** Media type. */
  readonly mime: string;
  /** What its files are named by, without a dot, the usual one first. */
  readonly extensions: readonly [string, ...string[]];
  /** Whether a file begins as this format's files do; never throws. */
  readonly begins: (bytes: Uint8Array) => boolean;
}

/** Width and height in pixels as stored, before any orientation is applied. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What is read from a format's files beside their pixels, each as far as it is read here. */
export interface FormatReader {
  /** From the header alone. @throws RangeError when it is cut off */
  readonly readSize?: (bytes: Uint8Array) => Size;
  /** @throws RangeError when what the file says of its colours is broken */
  readonly readColours?: (bytes: Uint8Array) => Colours;
  /** What lies beside the picture and is no tag. @throws RofiError `damaged-file` for more parts than any file has */
  readonly listHidden?: (bytes: Uint8Array) => readonly MetadataEntry[];
}

/** How a record travels in a format's files, which begin as `label` says. */
export interface RecordCarrier {
  readonly label: FormatLabel;
  /** Everything in the file, in its order. @throws RofiError `damaged-file` for more parts than any file has */
  readonly listParts: (image: Uint8Array) => readonly ImagePart[];
  /** Whether a part is the record, or needed to draw the pixels. */
  readonly isOwnPart: (image: Uint8Array, part: ImagePart) => boolean;
  /** The file with the record in place of any that it holds. @throws RofiError `damaged-file`, as `listParts` */
  readonly embed: (image: Uint8Array, record: Uint8Array) => Uint8Array;
  /** The record, or null when there is none. @throws RofiError `damaged-file` when it is cut off, changed or twice there */
  readonly extract: (image: Uint8Array) => Uint8Array | null;
}
