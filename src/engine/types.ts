/** One type per stage of the picture in docs/how-it-works.md; each is made from the one before and never changed in place. */
import type { ImageFormat } from '../formats/labels';
import type { MetadataEntry } from '../formats/metadata-entry';

/** A point in pixels of the photo it belongs to (or, where said so, in 0..1 of the aligned crop). */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** An axis-parallel rectangle in pixels of the photo. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A file as the person chose it. */
export interface SourceFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Which picture of a file that holds several, from 0; the first where it is not said. */
  readonly frame?: number;
}

/** Pixels, 8 bits a channel, RGBA interleaved, not premultiplied, row by row from the top. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** A decoded photo in sRGB, upright, and of one colour where it is transparent. */
export interface Photo {
  readonly source: SourceFile;
  readonly format: ImageFormat;
  readonly pixels: Pixels;
  /** A moving picture, of which this is the first. */
  readonly animated: boolean;
  /** How many pictures the file holds to choose from. */
  readonly frames: number;
  /** Whether the file says that writing in its picture may tell who it shows. */
  readonly burnedIn: boolean;
  readonly metadata: readonly MetadataEntry[];
}

/** Where one person's face is in a photo. */
export interface Face {
  /** Index within its photo, in reading order. */
  readonly id: number;
  /** 478 landmarks, x and y interleaved, in photo pixels. */
  readonly landmarks: Float32Array;
  readonly box: Box;
  /** `placed`: the person put the two eyes by hand and the landmarks are the mean shape laid on them. */
  readonly origin: 'detected' | 'placed';
}

/** Similarity from photo pixels to crop pixels: x' = a·x − b·y + tx, y' = b·x + a·y + ty. */
export interface Similarity {
  readonly a: number;
  readonly b: number;
  readonly tx: number;
  readonly ty: number;
}

/** A face resampled to the 256×256 crop: eye centres at (0.35, 0.42) and (0.65, 0.42). */
export interface AlignedFace {
  readonly face: Face;
  readonly transform: Similarity;
  /** [3, 256, 256] planar RGB in [-1, 1]. */
  readonly image: Float32Array;
  /** 468 mesh landmarks, x and y interleaved, in 0..1 of the crop. */
  readonly landmarks: Float32Array;
}

/** The Ophthalmic Sign Detector's scores on the protector's grid (paper, section 4.2). */
export interface SignMap {
  /** [32, 32] in 0..1; zero outside the two eye regions. */
  readonly scores: Float32Array;
}

/** What the key looks like on this face before the protector runs. */
export interface VirtualFace {
  /** [3, 256, 256] planar RGB in [-1, 1]: the key's texture drawn on the face's own mesh. */
  readonly image: Float32Array;
  /** [256, 256] in 0..1: how much of it is drawn; the rest is the photo's own. */
  readonly opacity: Float32Array;
}

/** Output of the protector or restorer network for one face, [3, 256, 256] planar RGB in [-1, 1]. */
export interface TranslatedFace {
  readonly aligned: AlignedFace;
  readonly image: Float32Array;
}
