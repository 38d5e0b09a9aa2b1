/** What is asked for when a photo is protected, and what comes of it. */
import type { Dates } from '../../dicom/types';
import type { MetadataEntry } from '../../formats/metadata-entry';
import type { Box, Pixels, SourceFile } from '../types';
import type { StepTiming } from './progress';
import type { Proof } from './proof';

/** What stays of the photo round the faces; a plain colour takes the place of the rest. */
export type Surroundings = 'everything' | 'people' | 'faces';

export interface ProtectOptions {
  /** Face ids to protect; the others stay as they are. */
  readonly faces: readonly number[];
  /** Of these, the ones that are covered by a mosaic in place of being replaced. None when absent. */
  readonly covered?: readonly number[];
  /** Areas that are covered whole, photo pixels: heads without a mesh, and what a person marked. None when absent. */
  readonly areas?: readonly Box[];
  /** Sign scores above this keep their features (paper, Table 1). 0..1, default 0.5. */
  readonly signThreshold: number;
  readonly keepBothEyes: boolean;
  /** `everything` when absent. */
  readonly surroundings?: Surroundings;
  readonly output: OutputOptions;
  /** 32 key bytes to use (a visit's key), or absent to make one. Only a key made here is re-drawn when recognition succeeds. */
  readonly key?: Uint8Array;
}

export interface OutputOptions {
  /** `dicom` where the photo came as such. */
  readonly format: 'png' | 'jpeg' | 'dicom';
  /** Longest side in pixels; `original` keeps the size. */
  readonly size: 'original' | 2048 | 1024;
  /** False: "pixels only", the record without the sealed original. */
  readonly sealOriginal: boolean;
  /** What becomes of a DICOM file's dates; `shifted` where it is not said. */
  readonly dates?: Dates;
}

export interface ProtectResult {
  readonly file: SourceFile;
  readonly mime: string;
  /** For the before/after slider, at most 2048 px a side: decoded from the exported bytes. */
  readonly preview: Pixels;
  readonly original: Pixels;
  /** The 32 key bytes that fit the file. */
  readonly key: Uint8Array;
  readonly keyId: string;
  readonly proof: Proof;
  readonly stripped: readonly MetadataEntry[];
  readonly timings: readonly StepTiming[];
}
