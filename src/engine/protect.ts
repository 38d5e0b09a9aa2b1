import { RofiError } from '../errors';
import { createKey, keyId } from '../record/key';
import type { ProtectOptions, ProtectResult } from './api';
import { proveProtection, recogniseFaces } from './checks/proof';
import { exportPhoto } from './export';
import { alignFace } from './face/alignment';
import { blendFaces } from './face/blending';
import { eyeSpan, MIN_EYE_SPAN, scaleFace } from './face/faces';
import { realign } from './face/realignment';
import { signMask, type SignSelection } from './face/sign-map';
import { drawVirtualFace } from './face/virtual-face';
import { previewOf, shrinkTo } from './image/resize';
import type { InspectedFace, InspectedPhoto } from './inspect';
import { identityOf, type KeyIdentity } from './key-identity';
import type { StepClock } from './step-clock';
import type { Tools } from './tools';
import type { AlignedFace, Pixels, SignMap, TranslatedFace } from './types';

/** How often a key is drawn before the photo is called recognisable. */
const MAX_DRAWS = 5;

/**
 * Protects a photo: align → draw the key's virtual face → translate, signs kept → blend → seal → prove. Faces that the
 * landmarker finds elsewhere in the result are aligned there and translated again.
 * A key made here is drawn again while the recogniser still knows a face in the exported bytes.
 *
 * @throws RofiError `no-face`, `face-too-small`, and what codecs, record and networks throw
 */
export async function protectPhoto(
  { photo, faces, timings }: InspectedPhoto,
  options: ProtectOptions,
  tools: Tools,
  clock: StepClock,
): Promise<ProtectResult> {
  const { source: original, metadata: stripped } = photo;
  const { pixels, chosen } = await clock.run('align', () => alignChosen(photo.pixels, faces, options));
  const maxDraws = options.key === undefined ? MAX_DRAWS : 1;

  for (let draws = 1; ; draws++) {
    const key = options.key ?? createKey();
    const identity = await clock.run('draw-virtual-face', () => identityOf(key, tools));
    const translate = (faces: readonly ChosenFace[]) =>
      translatePhoto(pixels, faces, identity, options, tools, clock);
    const first = await translate(chosen);
    const settled = await clock.run('align', () => realignChosen(chosen, pixels, first.pixels, tools));
    const blended = settled === chosen ? first : await translate(settled);
    const context = { original, faces: blended.faces, key, options };
    const file = await exportPhoto(blended.pixels, context, tools, clock);

    const alignedFaces = settled.map(({ aligned }) => aligned);
    const recognition = await recogniseFaces(alignedFaces, file, tools, clock);
    if (draws < maxDraws && recognition.some(({ recognised }) => recognised)) continue;
    const sealed = options.output.sealOriginal;
    const claim = { original, faces: alignedFaces, file, sealed, key, identity, recognition, draws };
    return {
      file: file.source,
      mime: file.mime,
      key,
      keyId: await keyId(key),
      proof: await proveProtection(claim, tools, clock),
      preview: previewOf(file.decoded),
      original: previewOf(pixels),
      stripped,
      timings: [...timings, ...clock.timings],
    };
  }
}

interface ChosenFace {
  readonly aligned: AlignedFace;
  readonly signs: SignMap;
}

/** Brings the photo to its output size and aligns the faces that were chosen. */
function alignChosen(
  original: Pixels,
  faces: readonly InspectedFace[],
  { faces: ids, output }: ProtectOptions,
): { readonly pixels: Pixels; readonly chosen: readonly ChosenFace[] } {
  const pixels = output.size === 'original' ? original : shrinkTo(original, output.size);
  const factor = pixels.width / original.width;
  const chosen = faces
    .filter(({ face }) => ids.includes(face.id))
    .map(({ face, signs }) => {
      const scaled = scaleFace(face, factor);
      refuseTooSmall(eyeSpan(scaled));
      return { aligned: alignFace({ pixels }, scaled), signs };
    });
  if (chosen.length === 0) throw new RofiError('no-face', 'no face chosen');
  return { pixels, chosen };
}

function refuseTooSmall(span: number): void {
  if (span >= MIN_EYE_SPAN) return;
  const values = { pixels: Math.floor(span), minimum: MIN_EYE_SPAN };
  throw new RofiError('face-too-small', `${span} px between the outer corners of the eyes`, values);
}

/** The same list when every face is found again where it was aligned. */
function realignChosen(
  chosen: readonly ChosenFace[],
  original: Pixels,
  protectedPixels: Pixels,
  { findFaces }: Tools,
): readonly ChosenFace[] {
  const found = findFaces(protectedPixels);
  const settled = chosen.map(({ aligned, signs }) => ({ aligned: realign(aligned, original, found), signs }));
  return settled.every(({ aligned }, i) => aligned === chosen[i]?.aligned) ? chosen : settled;
}

/** A photo with its faces translated, and these faces. */
interface TranslatedPhoto {
  readonly pixels: Pixels;
  readonly faces: readonly TranslatedFace[];
}

async function translatePhoto(
  pixels: Pixels,
  chosen: readonly ChosenFace[],
  identity: KeyIdentity,
  selection: SignSelection,
  tools: Tools,
  clock: StepClock,
): Promise<TranslatedPhoto> {
  const faces = await translateFaces(chosen, identity, selection, tools, clock);
  return { faces, pixels: await clock.run('blend', () => blendFaces(pixels, faces)) };
}

/** The Neural Identity Translator on each face, guided by the key's virtual face (paper, section 4.3). */
async function translateFaces(
  faces: readonly ChosenFace[],
  identity: KeyIdentity,
  selection: SignSelection,
  { networks, mesh }: Tools,
  clock: StepClock,
): Promise<readonly TranslatedFace[]> {
  const drawn = await clock.runEach('draw-virtual-face', faces, ({ aligned, signs }) => ({
    aligned,
    virtual: drawVirtualFace(aligned, identity, mesh),
    mask: signMask(signs, aligned, mesh, selection),
  }));
  return clock.runEach('translate', drawn, async ({ aligned, virtual, mask }) => ({
    aligned,
    image: await networks.translateIdentity(aligned.image, virtual.image, identity.vector, mask),
  }));
}
