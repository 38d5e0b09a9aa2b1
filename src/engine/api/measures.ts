/** What faces are measured at: lids of a visit's photo, and a camera's frame. */
import type { Box, Pixels, Point, SourceFile } from '../types';

/** What one eye is measured at, photo pixels. */
export interface EyeMarks {
  readonly pupil: Point;
  /** The lids' margins above and below the pupil. */
  readonly upper: Point;
  readonly lower: Point;
  /** The two sides of the visible iris. */
  readonly iris: readonly [Point, Point];
  readonly innerCorner: Point;
  readonly outerCorner: Point;
  /** The margins from corner to corner, for drawing them. */
  readonly upperLid: readonly Point[];
  readonly lowerLid: readonly Point[];
}

/** One face of a photo and what its lids are measured at, photo pixels; right and left are the subject's. */
export interface MeasuredFace {
  /** A small picture of it, to choose by. */
  readonly thumbnail: Pixels;
  /** Eye centres, subject's right first. */
  readonly eyes: readonly [Point, Point];
  readonly right: EyeMarks;
  readonly left: EyeMarks;
  /** Degrees the head is turned aside (positive: towards the picture's right) and raised; null when it cannot be told. */
  readonly yaw: number | null;
  readonly pitch: number | null;
  /** Mean luma round each eye, 0..1, subject's right first. */
  readonly brightness: readonly [number, number];
}

export interface VisitMeasures {
  readonly width: number;
  readonly height: number;
  /** At most 2048 px a side. */
  readonly preview: Pixels;
  /** Largest first. */
  readonly faces: readonly MeasuredFace[];
  /** Whether the photo carries a record: its lids may have moved a little. */
  readonly isProtected: boolean;
  /** When the file says that it was taken, `YYYY-MM-DD`. */
  readonly taken: string | null;
}

/** One face of a photo, by its eye centres in photo pixels, subject's right first. */
export interface FaceAt {
  readonly file: SourceFile;
  readonly eyes: readonly [Point, Point];
}

/** What the camera's live guidance needs from one video frame. */
export interface FrameGuidance {
  readonly faces: number;
  readonly box: Box | null;
  /** Inter-ocular distance as a share of the frame's width. */
  readonly eyeDistance: number;
  /** Degrees, 0 = frontal. */
  readonly yaw: number;
  readonly pitch: number;
  /** Mean luma of the face, 0..1. */
  readonly brightness: number;
  /** Variance of the Laplacian of luma 0..1 over the face; low means blurred. */
  readonly sharpness: number;
}
