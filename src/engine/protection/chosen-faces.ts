/** Which faces of a photo are protected and how: replaced, or covered. */
import { RofiError } from '../../errors';
import { MIN_EYE_SPAN, type ProtectOptions } from '../api';
import { embed, type KnownFace } from '../checks/recognition';
import type { BlendedFace } from '../drawing/blending';
import { areaCovering, coverMask, faceCovering, type Covering } from '../drawing/cover';
import { keptDetail } from '../drawing/kept-detail';
import { keptShares, SIGN_GRID } from '../drawing/kept-shares';
import { refuseTurned } from '../drawing/limits';
import { wholeEyes } from '../drawing/sign-map';
import { CROP_SIZE } from '../geometry/alignment';
import { alignFace } from '../geometry/alignment-grid';
import type { InspectedFace } from '../inspect';
import { eyeSpan, scaleBox, scaleFace } from '../landmarks/faces';
import type { Tools } from '../tools';
import type { AlignedFace, Pixels, SignMap } from '../types';

export interface ChosenFace {
  readonly aligned: AlignedFace;
  readonly signs: SignMap;
}

/** The faces that were chosen, by what becomes of them. */
export interface ChosenFaces {
  readonly replaced: readonly ChosenFace[];
  readonly covered: readonly ChosenFace[];
}

/** Aligns the faces that were chosen, and refuses those that cannot be replaced and are not to be covered. */
export function alignChosen(
  original: Pixels,
  pixels: Pixels,
  faces: readonly InspectedFace[],
  { faces: ids, covered = [], areas = [] }: ProtectOptions,
  { mesh }: Tools,
): ChosenFaces {
  const factor = pixels.width / original.width;
  const chosen = faces
    .filter(({ face }) => ids.includes(face.id))
    .map(({ face, signs }) => ({ signs, aligned: alignFace({ pixels }, scaleFace(face, factor)) }));
  if (chosen.length + areas.length === 0) throw new RofiError('no-face', 'no face chosen');
  // Whoever was asked for and is not there would go out as he is.
  if (chosen.length !== new Set(ids).size)
    throw new RofiError('internal', 'a face was chosen that is not known');
  const isCovered = ({ aligned }: ChosenFace): boolean => covered.includes(aligned.face.id);
  const replaced = chosen.filter((face) => !isCovered(face));
  for (const { aligned } of replaced) {
    refuseTooSmall(eyeSpan(aligned.face));
    refuseTurned(aligned.landmarks, mesh);
  }
  return { replaced, covered: chosen.filter(isCovered) };
}

function refuseTooSmall(span: number): void {
  if (span >= MIN_EYE_SPAN) return;
  const values = { pixels: Math.floor(span), minimum: MIN_EYE_SPAN };
  throw new RofiError('face-too-small', `${span} px between the outer corners of the eyes`, values);
}

/** A face that is to be recognised or not. */
export async function recognisable<Chosen extends ChosenFace>(
  face: Chosen,
  tools: Tools,
): Promise<Chosen & KnownFace> {
  const { image } = face.aligned;
  const { age } = await tools.networks.guessAttributes(image);
  return { ...face, embeddings: await embed(image, tools), age };
}

/**
 * Mosaics over covered faces and marked areas, at the output's size. A face that is too small beside one that is replaced is
 * a bystander's: nobody needs its eyes, by which it would be known, so they are covered as well.
 */
export function coveringsOf(
  original: Pick<Pixels, 'width'>,
  pixels: Pick<Pixels, 'width' | 'height'>,
  { replaced, covered }: ChosenFaces,
  { areas = [], ...selection }: ProtectOptions,
  { mesh }: Pick<Tools, 'mesh'>,
): readonly Covering[] {
  const factor = pixels.width / original.width;
  const isBystander = ({ aligned: { face } }: ChosenFace): boolean =>
    replaced.length > 0 && eyeSpan(face) < MIN_EYE_SPAN * factor;
  return [
    ...covered.map((chosen) => {
      const { aligned, signs } = chosen;
      if (isBystander(chosen)) return faceCovering(aligned, new Float32Array(SIGN_GRID ** 2));
      const shares = keptShares(signs.scores, wholeEyes(aligned), selection);
      return faceCovering(aligned, coverMask(shares, aligned, mesh));
    }),
    ...areas.map((area) => areaCovering(scaleBox(area, factor), pixels)),
  ];
}

/** What shows of a covered face is the photo's own, but for the irises' pattern. */
export function uncovered({ aligned }: ChosenFace): BlendedFace {
  const { image } = aligned;
  const nothingDrawn = new Float32Array(CROP_SIZE * CROP_SIZE);
  return { image, aligned, detail: { kept: keptDetail(nothingDrawn, aligned), own: image } };
}
