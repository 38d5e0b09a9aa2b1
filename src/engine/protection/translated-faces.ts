/** The drawn person in the photo: translated, signs kept, and as fine as the photo is. */
import type { BlendedFace } from '../drawing/blending';
import type { DrawnPerson } from '../drawing/draw-person';
import { fineLayer, finenessOf, type FineLayer } from '../drawing/grain';
import { keptDetail } from '../drawing/kept-detail';
import { keptShares, type SignSelection } from '../drawing/kept-shares';
import { faceOpacity, layOver } from '../drawing/overlay';
import { signMask, wholeEyes } from '../drawing/sign-map';
import { CROP_SIZE } from '../geometry/alignment';
import { resampleCrop } from '../geometry/resampling';
import { compose } from '../geometry/similarity';
import type { KeyIdentity } from '../key-identity';
import type { Person } from '../people/compose';
import type { Tools } from '../tools';
import type { AlignedFace, Pixels, TranslatedFace } from '../types';
import type { StepClock } from '../worker/step-clock';
import type { DrawnFace } from './drawn-faces';

/** A face as it is blended into the photo, and sealed into. */
export type FaceInPhoto = TranslatedFace &
  BlendedFace &
  Pick<DrawnFace, 'number'> & { readonly opacity: Float32Array };

/** The Neural Identity Translator on each face, guided by the drawn person (paper, section 4.3). */
export function translateFaces(
  pixels: Pixels,
  drawn: readonly Pick<DrawnFace, 'aligned' | 'signs' | 'virtual' | 'person' | 'number'>[],
  identity: KeyIdentity,
  selection: SignSelection,
  { networks }: Tools,
  clock: StepClock,
): Promise<readonly FaceInPhoto[]> {
  return clock.runEach('translate', drawn, async ({ aligned, signs, virtual, person, number }) => {
    const shares = keptShares(signs.scores, wholeEyes(aligned), selection);
    const mask = signMask(shares);
    const face = await networks.translateIdentity(aligned.image, virtual.image, identity.vector, mask);
    const opacity = faceOpacity(shares, virtual);
    const image = layOver(aligned.image, face, opacity);
    // The crop is coarser than most photos: where the photo shows through, it shows as sharp as it is.
    const detail = { kept: keptDetail(opacity, aligned), own: aligned.image };
    const grain = grainOf(pixels, aligned, { ...virtual, opacity }, person, number);
    return { aligned, image, opacity, detail, grain, number };
  });
}

/** The drawn skin, as fine as the photo is. */
function grainOf(
  pixels: Pixels,
  { transform }: AlignedFace,
  drawn: DrawnPerson,
  { detail }: Person,
  seed: number,
): FineLayer | undefined {
  const factor = finenessOf(transform);
  if (factor === 1) return undefined;
  const larger = compose({ a: factor, b: 0, tx: 0, ty: 0 }, transform);
  const fine = resampleCrop(pixels, larger, CROP_SIZE * factor);
  return fineLayer(fine, drawn, detail, seed, factor);
}
