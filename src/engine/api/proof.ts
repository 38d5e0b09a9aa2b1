/** What was checked of a protected photo. */
import type { Surroundings } from './protection';

/** Measured on the exported bytes, decoded again. */
export interface Proof {
  /** `not-restorable`: not recognised, but the sealed original does not come back. */
  /** `doubtful`: nobody is recognised, but a finding wants to be looked at. */
  /** `covered`: nobody is recognised, but something is covered, which hides less of who it is than another face does. */
  readonly verdict: 'protected' | 'doubtful' | 'covered' | 'recognised' | 'not-restorable';
  /** The most persons drawn for a face; 0 where all are covered. */
  readonly peopleTried: number;
  readonly faces: readonly FaceProof[];
  readonly sealedOriginalMatches: boolean | 'not-sealed';
  /** What was left round the faces. */
  readonly surroundings: Surroundings;
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
  /** Whether that is the distance of children, whom recognisers take for one another. */
  readonly ofChild: boolean;
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
  readonly restoredSsim: number | null;
}
