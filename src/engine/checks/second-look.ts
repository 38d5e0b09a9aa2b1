/** Looks through the finished picture as if it were a new one: what was drawn wrongly looks right where it was drawn. */
import type { Finding, Proof } from '../api';
import { alignEyes, CROP_SIZE, cropCorners, eyeCentres } from '../geometry/alignment';
import { boundingBox } from '../landmarks/faces';
import { lidOpenings } from '../landmarks/lids';
import { resampleCrop } from '../geometry/resampling';
import { isSamePlace } from '../landmarks/search';
import { angleBetween, rollOf } from '../landmarks/turns';
import type { StepClock } from '../worker/step-clock';
import type { Tools } from '../tools';
import type { Box, Pixels, Similarity } from '../types';
import { judge, type KnownFace } from './recognition';

/** A face drawn on its head is turned by more. */
const SAME_TURN = Math.PI / 4;

/**
 * Lids closed or opened by more, in widths of the eye. Nobody's eye differed by more than 0.01 between a photo and the
 * same photo turned; a face drawn round it changes more of how lids are seen, and a closed eye drawn open 0.15 and more.
 */
const LID_NOISE = 0.1;

/** What was protected, and everybody who was known to be in the photo. */
export interface SecondLook {
  readonly drawn: readonly KnownFace[];
  /** Faces under a mosaic: that they are not found again is as it should be. */
  readonly covered: readonly KnownFace[];
  /** Landmarks of all faces that the page showed, in the finished picture's pixels. */
  readonly shown: readonly Float32Array[];
  readonly decoded: Pixels;
  /** Whether the file says that writing in the picture may tell who it shows. */
  readonly burnedIn: boolean;
}

/** The proof with what a second look found; only without findings a photo stays `protected`. */
export async function lookAgain(
  proof: Proof,
  { drawn, covered, shown, decoded, burnedIn }: SecondLook,
  tools: Tools,
  clock: StepClock,
): Promise<Proof> {
  // Elsewhere the picture is the one that was searched when the photo was opened.
  const changed = [...drawn, ...covered].map(({ aligned }) => cropBox(aligned.transform));
  const seen = await clock.run('check-faces', () => tools.findFaces(decoded, changed));
  const findings: Finding[] = seen
    .filter((mesh) => !shown.some((known) => isSamePlace(mesh, known)))
    .map(() => ({ kind: 'other-face', face: null }));
  if (burnedIn) findings.push({ kind: 'burned-in', face: null });
  let { verdict } = proof;
  for (const known of covered) {
    const mesh = seen.find((found) => isSamePlace(found, known.aligned.face.landmarks));
    if (mesh && (await isRecognised(known, mesh, decoded, tools))) verdict = 'recognised';
  }
  for (const known of drawn) {
    const { id, origin, landmarks } = known.aligned.face;
    const mesh = seen.find((found) => isSamePlace(found, landmarks));
    if (origin === 'placed') findings.push({ kind: 'placed', face: id });
    if (mesh === undefined) {
      if (origin === 'detected') findings.push({ kind: 'face-lost', face: id });
      continue;
    }
    if (await isRecognised(known, mesh, decoded, tools)) verdict = 'recognised';
    if (angleBetween(rollOf(mesh), rollOf(landmarks)) > SAME_TURN) {
      findings.push({ kind: 'face-turned', face: id });
    } else if (origin === 'detected') {
      findings.push(...lidFindings(id, landmarks, mesh));
    }
  }
  if (findings.length > 0 && verdict === 'protected') verdict = 'doubtful';
  return { ...proof, verdict, findings };
}

/** Whether a face is recognised where the finished picture's own landmarks say it is. */
async function isRecognised(
  known: KnownFace,
  mesh: Float32Array,
  decoded: Pixels,
  tools: Tools,
): Promise<boolean> {
  const crop = resampleCrop(decoded, alignEyes(eyeCentres(mesh)), CROP_SIZE);
  return (await judge(known, crop, tools)).recognised;
}

/** Smallest upright box round an aligned crop, in the photo's pixels. */
function cropBox(transform: Similarity): Box {
  return boundingBox(Float32Array.from(cropCorners(transform).flatMap(({ x, y }) => [x, y])));
}

function lidFindings(face: number, before: Float32Array, after: Float32Array): readonly Finding[] {
  const [was, is] = [lidOpenings(before), lidOpenings(after)];
  const changes = was.map((opening, eye) => (is[eye] ?? 0) - opening);
  if (Math.max(...changes) > LID_NOISE) return [{ kind: 'lids-opened', face }];
  return Math.min(...changes) < -LID_NOISE ? [{ kind: 'lids-closed', face }] : [];
}
