/** A photo as the page shows it before protection. */
import type { ImageFormat } from '../../formats/labels';
import type { MetadataEntry } from '../../formats/metadata-entry';
import type { Box, Pixels, Point } from '../types';

/** Below this distance between the eyes' outer corners, in pixels, a face has too few of them to protect well. */
export const MIN_EYE_SPAN = 80;

/** One face as the page shows it before protection. */
export interface FaceView {
  readonly id: number;
  readonly box: Box;
  readonly origin: 'detected' | 'placed';
  /** Distance between the eyes' outer corners, photo pixels. */
  readonly eyeSpan: number;
  /** Below 80 px between the outer corners: cannot be replaced, only covered. */
  readonly tooSmall: boolean;
  /** The head is turned so far that it cannot be replaced, only covered. */
  readonly turned: boolean;
  /** [32, 32] sign scores and the crop's corners in photo pixels, for the overlay. */
  readonly signScores: Float32Array;
  /** [32, 32] in 0..1: what keeping both eyes whole keeps of each cell. */
  readonly wholeEyes: Float32Array;
  readonly cropCorners: readonly [Point, Point, Point, Point];
}

export interface Inspection {
  /** Handle to the decoded photo kept in the worker; one photo at a time. */
  readonly photoId: string;
  readonly format: ImageFormat;
  readonly width: number;
  readonly height: number;
  /** At most 2048 px a side: what the engine works on, and all that the page shows of the photo. */
  readonly preview: Pixels;
  /** A moving picture, of which only the first counts. */
  readonly animated: boolean;
  /** How many pictures the file holds to choose from, by `frame` of its source. */
  readonly frames: number;
  readonly metadata: readonly MetadataEntry[];
  readonly faces: readonly FaceView[];
  /** Heads that were seen, but from the side or half hidden, photo pixels: they can be covered, not replaced. */
  readonly heads: readonly Box[];
}
