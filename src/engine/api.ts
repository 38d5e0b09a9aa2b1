/**
 * The surface the page may call. `worker.ts` implements it, `client.ts` is the page's end of it.
 * Everything crosses by structured clone; large arrays are transferred.
 * Every call may reject with a {@link RofiError}.
 */
import type { Dates } from '../dicom/types';
import type { Box, ImageFormat, MetadataEntry, Pixels, Point, SourceFile } from './types';

export { isKnownCovered } from './checks/known-covered';
export { keptShares, SIGN_GRID, type SignSelection } from './drawing/kept-shares';

/** Below this distance between the eyes' outer corners, in pixels, a face has too few of them to protect well. */
export const MIN_EYE_SPAN = 80;

/** What the browser offers and what was chosen, with the reason, for the About screen. */
export interface RuntimeReport {
  readonly backend: 'webgpu' | 'wasm';
  /** Code for the catalogue: why this backend runs. */
  readonly reason:
    | 'self-test-agreed'
    | 'no-adapter'
    | 'software-adapter'
    | 'not-asked'
    | 'wasm-faster'
    | 'self-test-disagreed'
    | 'webgpu-failed'
    | 'webgpu-lost';
  /** Of one warm run of the largest network on each backend, milliseconds; null where they were not compared. */
  readonly times: Readonly<Record<RuntimeReport['backend'], number>> | null;
  readonly threads: number;
  readonly crossOriginIsolated: boolean;
  /** Largest difference between the self-test's output and the golden tensors. */
  readonly selfTestError: number;
}

/**
 * What a call needs to be on this device first: nothing but the page, the landmark model (inspecting frames, measuring),
 * or all networks.
 */
export type Need = 'nothing' | 'landmarks' | 'all';

/** A model, or a part of the program, that comes once the person agrees. */
export interface ModelState {
  readonly name: string;
  readonly version: string;
  /** On this device. */
  readonly bytes: number;
  /** On the way here, as this page's host compresses. */
  readonly sentBytes: number;
  readonly cached: boolean;
  /** The least need that takes it. */
  readonly need: Exclude<Need, 'nothing'>;
}

/** In bytes on the way here. */
export interface DownloadProgress {
  readonly model: string;
  readonly receivedBytes: number;
  readonly totalBytes: number;
}

/** What a job tells while it runs: once its steps in order, of which it may leave some out, then each as it begins. */
export type JobNews = { readonly plan: readonly Step[] } | StepProgress;
export type OnNews = (news: JobNews) => void;

/** A step of a job that has begun. Emitted by the work itself, never by a timer. */
export interface StepProgress {
  readonly step: Step;
  /** Which face of how many, from 0; absent for steps on the whole photo. */
  readonly face?: number;
  readonly faces?: number;
  /** How much of the step is done, 0..1; absent for steps that are done in one go. */
  readonly share?: number;
}

export type Step =
  | 'load-networks'
  | 'decode'
  | 'find-faces'
  | 'align'
  | 'find-signs'
  | 'draw-virtual-face'
  | 'translate'
  | 'blend'
  | 'seal'
  | 'encode'
  | 'check-recognition'
  | 'check-faces'
  | 'check-eyes'
  | 'check-restoration'
  | 'open-record'
  | 'restore';

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

/** Measured on the exported bytes, decoded again. */
export interface Proof {
  /** `not-restorable`: not recognised, but the sealed original does not come back. */
  /** `doubtful`: nobody is recognised, but a finding wants to be looked at. */
  /** `covered`: nobody is recognised, but something is covered, which hides less of who it is than another face does. */
  readonly verdict: 'protected' | 'doubtful' | 'covered' | 'recognised' | 'not-restorable';
  /** The most persons drawn for a face; 0 where all are covered. */
  readonly draws: number;
  readonly faces: readonly FaceProof[];
  readonly sealedOriginalMatches: boolean | 'not-sealed';
  /** What a second look at the finished picture found. */
  readonly findings: readonly Finding[];
}

/**
 * Something in the finished picture that a person has to look at: a face that nobody was drawn on, or a drawn one that
 * is not found again, found standing on its head, has its lids closed or opened, or was placed by hand, where nothing
 * but the person's own eyes says that it fits; or writing in the picture that, by the file, may tell who it shows.
 */
export interface Finding {
  readonly kind:
    'other-face' | 'face-lost' | 'face-turned' | 'lids-closed' | 'lids-opened' | 'placed' | 'burned-in';
  /** Id of the drawn face; null for another one. */
  readonly face: number | null;
}

/** The recognisers that a protected photo is tried with, by their names in the manifest. */
export const recogniserNames = ['recogniser', 'mobilefacenet'] as const;
export type RecogniserName = (typeof recogniserNames)[number];

/** What one recogniser says of the original and the protected face. */
export interface Recognition {
  readonly recogniser: RecogniserName;
  /** Euclidean distance between the two embeddings. */
  readonly distance: number;
  /** From this distance on they are clearly two people. */
  readonly threshold: number;
  readonly recognised: boolean;
}

export interface FaceProof {
  readonly id: number;
  readonly method: 'replaced' | 'covered';
  /** One for each recogniser; the face is protected when none of them recognises it. */
  readonly recognitions: readonly Recognition[];
  /** Mean displacement as a fraction of the inter-ocular distance; null when covered or not found again. */
  readonly eyelidShift: number | null;
  readonly irisShift: number | null;
  /** The face rebuilt from the pixels against the original: SSIM 0..1 inside the oval; null when they hold too little, or it is covered. */
  readonly restoredSimilarity: number | null;
}

/** How long a step took, and how much of that its networks. */
export interface StepTiming {
  readonly step: Step;
  readonly milliseconds: number;
  readonly networkMilliseconds: number;
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

/** What a dropped file says of itself, without any key: nobody vouches for it. */
export interface ProtectedSummary {
  readonly kind: 'sealed' | 'pixels-only' | 'no-record';
  readonly keyId: string | null;
  /** True when the pixels are no longer those that were protected, or cannot be read any more. */
  readonly pixelsChanged: boolean;
  /** At most 2048 px a side; null when the picture cannot be read. */
  readonly preview: Pixels | null;
}

export interface RestoreOptions {
  /** `auto` takes the sealed original when there is one, else the networks. */
  readonly mode: 'auto' | 'neural';
  /** On request: show what the networks make of a key that does not fit, instead of the error. */
  readonly allowWrongKey: boolean;
}

export interface RestoreResult {
  readonly method: 'exact' | 'neural';
  /** Exact: the original's very bytes and name. Neural: a PNG whose name says that it is no original. */
  readonly file: SourceFile;
  readonly mime: string;
  /** Null for what cannot be shown here, though its bytes are whole; likewise the protected picture. */
  readonly preview: Pixels | null;
  readonly protectedPreview: Pixels | null;
  /** Exact only: hex SHA-256 of the original, as sealed and as returned. */
  readonly sha256: string | null;
  /** What the key fits: the file's record, or at least what is hidden in the pixels; `nothing` shows virtual faces. */
  readonly keyFits: 'record' | 'pixels' | 'nothing';
  /** Faces that do not answer to the key, and what was covered, stay as they are in the protected photo. */
  readonly facesLeft: number;
  /** Null when there is no record that the key has opened, which alone could tell. */
  readonly pixelsChanged: boolean | null;
  /** Exact only: whether the protected picture shows, outside its faces, what the original does. */
  readonly samePicture: boolean | null;
  /** Where to look: each face's eye centres, subject's right first, in widths of the protected picture. */
  readonly eyes: readonly (readonly [Point, Point])[];
}

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

/** Callbacks are Comlink proxies. What each call needs is said where it is not `all`. */
export interface EngineApi {
  /** Needs nothing. */
  models(): Promise<readonly ModelState[]>;
  /**
   * Downloads what is missing for a need and verifies it; for all, opens sessions and self-tests. Null where no network
   * was asked for.
   */
  prepare(
    need: Exclude<Need, 'nothing'>,
    onProgress: (progress: DownloadProgress) => void,
  ): Promise<RuntimeReport | null>;
  /** Needs nothing. */
  clearModels(): Promise<void>;

  inspect(source: SourceFile, onNews: OnNews): Promise<Inspection>;
  /** Whether the photo is the one that this worker holds. Needs nothing. */
  holds(photoId: string): boolean;
  /** Lays the mean shape on two eye centres given by hand, in any order. */
  placeFace(photoId: string, eyes: readonly [Point, Point]): Promise<FaceView>;
  protect(photoId: string, options: ProtectOptions, onNews: OnNews): Promise<ProtectResult>;

  /** Needs nothing. */
  summarise(file: SourceFile): Promise<ProtectedSummary>;
  /** All pixels of a picture, for looking closely. Needs nothing. */
  picture(file: SourceFile): Promise<Pixels>;
  /** Needs nothing in `auto` mode where the key fits a sealed original. */
  restore(file: SourceFile, key: Uint8Array, options: RestoreOptions, onNews: OnNews): Promise<RestoreResult>;

  /** Needs `landmarks`. */
  measureLids(file: SourceFile): Promise<VisitMeasures>;
  /** What the recognisers say of two faces. */
  compareFaces(one: FaceAt, other: FaceAt): Promise<readonly Recognition[]>;
  /** Needs `landmarks`. */
  guide(frame: ImageBitmap): Promise<FrameGuidance>;

  /** Ends the job in work before its next step or network; it rejects with `aborted`. */
  cancel(): void;
}
