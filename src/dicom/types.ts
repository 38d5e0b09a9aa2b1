/** What a DICOM file holds, as far as it is looked into here (DICOM PS3.5 and PS3.10). */

/** Group × 0x10000 + element. */
export type Tag = number;

export interface DataElement {
  readonly tag: Tag;
  /** Value representation, two letters; `UN` where the file does not say. */
  readonly vr: string;
  /** Empty for a sequence and for encapsulated pixels. */
  readonly value: Uint8Array;
  /** Of a sequence. */
  readonly items?: readonly DataSet[];
  /** Of encapsulated pixels: the offset table first, then what the frames are made of. */
  readonly fragments?: readonly Uint8Array[];
}

/** Elements by their tags; where a file has a tag twice, the first. */
export type DataSet = ReadonlyMap<Tag, DataElement>;

export interface DicomFile {
  /** UID that says how all that follows is coded. */
  readonly transferSyntax: string;
  readonly dataSet: DataSet;
}

/** How a frame's pixels are stored. */
export interface PhotoDescription {
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly coding: 'native' | 'jpeg' | 'jp2';
  /** Whether something of the pixels has been given up to make them smaller, now or before. */
  readonly lossy: boolean;
  /** Upper-case, such as `RGB` or `YBR_FULL_422`. */
  readonly photometric: string;
  /** Whether the file says that writing in its pixels may tell who it shows. */
  readonly burnedIn: boolean;
  /** Profile of the colours, null when there is none. */
  readonly profile: Uint8Array | null;
}

/** One frame: a picture of its own, or plain RGBA. */
export type Frame =
  | { readonly kind: 'jpeg' | 'jp2'; readonly bytes: Uint8Array; readonly inverted: boolean }
  | { readonly kind: 'pixels'; readonly data: Uint8ClampedArray<ArrayBuffer> };

/** What becomes of the file's dates: as they are, or all moved by the same number of days, which the key decides. */
export type Dates = 'kept' | 'shifted';
