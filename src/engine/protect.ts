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
import type { AlignedFace, Pixels, SignMap, TranslatedFace, VirtualFace } from './types';

/** How often a key is drawn before the photo is called recognisable. */
const MAX_DRAWS = 5;

/**
 * Protects a photo: align → draw the key's virtual face → translate, signs kept → blend → seal → prove.
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
    const drawn = await drawFaces(pixels, chosen, identity, tools, clock);
    const translated = await translateFaces(drawn, identity, options, tools, clock);
    const blended = await clock.run('blend', () => blendFaces(pixels, translated));
    const context = { original, faces: translated, key, options };
    const file = await exportPhoto(blended, context, tools, clock);

    const alignedFaces = drawn.map(({ aligned }) => aligned);
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

/** A face with the key's virtual face drawn on it, ready to be translated. */
interface DrawnFace extends ChosenFace {
  readonly virtual: VirtualFace;
}

/** Draws the key's face on each; those whose eyes then seem to lie elsewhere are aligned there and drawn again. */
async function drawFaces(
  pixels: Pixels,
  chosen: readonly ChosenFace[],
  identity: KeyIdentity,
  { mesh, findNear }: Tools,
  clock: StepClock,
): Promise<readonly DrawnFace[]> {
  const draw = (face: ChosenFace): DrawnFace => ({
    ...face,
    virtual: drawVirtualFace(face.aligned, identity, mesh),
  });
  const drawn = await clock.runEach('draw-virtual-face', chosen, draw);
  const settled = await clock.run('align', () => {
    const images = drawn.map(({ aligned, virtual }) => ({ aligned, image: virtual.image }));
    const shown = blendFaces(pixels, images);
    return drawn.map(({ aligned }) => realign(aligned, pixels, findNear(shown, aligned.face.landmarks)));
  });
  return clock.runEach('draw-virtual-face', drawn, (face, index) => {
    const aligned = settled[index] ?? face.aligned;
    return aligned === face.aligned ? face : draw({ ...face, aligned });
  });
}

/** The Neural Identity Translator on each face, guided by the key's virtual face (paper, section 4.3). */
function translateFaces(
  drawn: readonly DrawnFace[],
  identity: KeyIdentity,
  selection: SignSelection,
  { networks, mesh }: Tools,
  clock: StepClock,
): Promise<readonly TranslatedFace[]> {
  return clock.runEach('translate', drawn, async ({ aligned, signs, virtual }) => {
    const mask = signMask(signs, aligned, mesh, selection);
    const image = await networks.translateIdentity(aligned.image, virtual.image, identity.vector, mask);
    return { aligned, image };
  });
}
