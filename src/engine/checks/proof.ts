import type { FaceProof, Proof, Surroundings } from '../api';
import type { ProtectedFile } from '../export';
import { CROP_SIZE } from '../geometry/alignment';
import { resampleCrop } from '../geometry/resampling';
import type { StepClock } from '../worker/step-clock';
import type { Tools } from '../tools';
import type { AlignedFace, SourceFile } from '../types';
import { eyeShift } from './eyes';
import { judge, type Judgement, type KnownFace } from './recognition';
import { rebuiltSsim, sealedOriginalMatches } from './restoration';

/** Tries to recognise each face in what the exported bytes decode to. */
export function recogniseFaces(
  faces: readonly KnownFace[],
  { decoded }: ProtectedFile,
  tools: Tools,
  clock: StepClock,
): Promise<readonly Judgement[]> {
  return clock.runEach('check-recognition', faces, (face) =>
    judge(face, resampleCrop(decoded, face.aligned.transform, CROP_SIZE), tools),
  );
}

/** A protection that is to be proved. */
export interface Claim {
  readonly original: SourceFile;
  /** The faces that were replaced, and those that were covered. */
  readonly faces: readonly AlignedFace[];
  readonly covered: readonly AlignedFace[];
  /** Whether anything is covered, faces or areas. */
  readonly mosaic: boolean;
  readonly surroundings: Surroundings;
  readonly file: ProtectedFile;
  readonly sealed: boolean;
  readonly key: Uint8Array;
  /** What the recognisers say of each face in the file: the replaced, then the covered. */
  readonly judged: readonly Judgement[];
  readonly peopleTried: number;
}

/** Measures, on what the exported bytes decode to, whether eyes stayed and the way back works. */
export async function proveProtection(claim: Claim, tools: Tools, clock: StepClock): Promise<Proof> {
  const { faces, covered, file, judged, peopleTried } = claim;
  const seen = await clock.runEach('check-eyes', faces, ({ face }) =>
    tools.findNear(file.decoded, face.landmarks),
  );
  const proofs = await clock.runEach(
    'check-restoration',
    faces,
    async (aligned, index): Promise<FaceProof> => {
      const { face } = aligned;
      return {
        id: face.id,
        method: 'replaced',
        recognitions: judged[index]?.recognitions ?? [],
        ...eyeShift(face.origin === 'detected' ? face.landmarks : null, seen[index] ?? null),
        restoredSsim: await rebuiltSsim(aligned, file.decoded, claim.key, tools),
      };
    },
  );
  // Nothing of a covered face can be measured or rebuilt.
  const nothing = { eyelidShift: null, irisShift: null, restoredSsim: null };
  const coveredProofs = covered.map(({ face }, index): FaceProof => {
    const { recognitions = [] } = judged[faces.length + index] ?? {};
    return { id: face.id, method: 'covered', recognitions, ...nothing };
  });
  const matches = claim.sealed
    ? await clock.run('check-restoration', () =>
        sealedOriginalMatches(file.source, claim.key, claim.original),
      )
    : 'not-sealed';
  const recognised = ![...faces, ...covered].every((_, index) => judged[index]?.recognised === false);
  return {
    verdict: recognised
      ? 'recognised'
      : matches === false
        ? 'not-restorable'
        : claim.mosaic
          ? 'covered'
          : 'protected',
    peopleTried,
    faces: [...proofs, ...coveredProofs],
    sealedOriginalMatches: matches,
    surroundings: claim.surroundings,
    findings: [],
  };
}
