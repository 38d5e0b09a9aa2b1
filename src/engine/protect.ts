import { RofiError } from '../errors';
import { createKey, keyId } from '../record/key';
import { MIN_EYE_SPAN, type ProtectOptions, type ProtectResult, type Step } from './api';
import { proveProtection, recogniseFaces } from './checks/proof';
import { recognise, type KnownFace } from './checks/recognition';
import { exportPhoto } from './export';
import { alignFace } from './face/alignment-grid';
import { blendFaces, type BlendedFace } from './face/blending';
import { eyeSpan, scaleFace } from './face/faces';
import { keptDetail } from './face/kept-detail';
import { faceOpacity, layOver } from './face/overlay';
import { realign } from './face/realignment';
import { signMask, type SignSelection } from './face/sign-map';
import { drawVirtualFace } from './face/virtual-face';
import { previewOf, shrinkTo } from './image/resize';
import type { InspectedFace, InspectedPhoto } from './inspect';
import { identityOf, type KeyIdentity } from './key-identity';
import type { StepClock } from './step-clock';
import type { Tools } from './tools';
import type { AlignedFace, Pixels, SignMap, TranslatedFace, VirtualFace } from './types';

/** The first key and five more, before the photo is called recognisable. */
const MAX_DRAWS = 6;

/** What {@link protectPhoto} does, in order; a key that is drawn again begins anew with its virtual face. */
export const PROTECT_STEPS: readonly Step[] = [
  'align',
  'draw-virtual-face',
  'translate',
  'blend',
  'encode',
  'seal',
  'check-recognition',
  'check-eyes',
  'check-restoration',
];

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
  const pixels = outputPixels(photo.pixels, options);
  const chosen = await clock.run('align', () => alignChosen(photo.pixels, pixels, faces, options));
  const known = await clock.runEach('align', chosen, (face) => know(face, tools));
  const maxDraws = options.key === undefined ? MAX_DRAWS : 1;

  for (let draws = 1; ; draws++) {
    const key = options.key ?? createKey();
    const identity = await clock.run('draw-virtual-face', () => identityOf(key, tools));
    const drawn = await clock.runEach('draw-virtual-face', known, (face) => drawFace(face, identity, tools));
    // The drawing shows whom the recogniser will see: a key that fails here need not be tried to the end.
    const drawings = await clock.runEach('draw-virtual-face', drawn, (face) =>
      recognise(face, face.virtual.image, tools),
    );
    if (draws < maxDraws && drawings.some(({ recognised }) => recognised)) continue;
    const settled = await settleFaces(pixels, drawn, identity, tools, clock);
    const translated = await translateFaces(settled, identity, options, tools, clock);
    const blended = await clock.run('blend', () => blendFaces(pixels, translated));
    const context = { original, faces: translated, key, options };
    const file = await exportPhoto(blended, context, tools, clock);

    const recognition = await recogniseFaces(settled, file, tools, clock);
    if (draws < maxDraws && recognition.some(({ recognised }) => recognised)) continue;
    const sealed = options.output.sealOriginal;
    const alignedFaces = settled.map(({ aligned }) => aligned);
    const claim = { original, faces: alignedFaces, file, sealed, key, recognition, draws };
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

/** A face with the key's virtual face drawn on it, ready to be translated. */
interface DrawnFace extends ChosenFace, KnownFace {
  readonly virtual: VirtualFace;
}

/** The photo at its output size. */
function outputPixels(original: Pixels, { output }: ProtectOptions): Pixels {
  return output.size === 'original' ? original : shrinkTo(original, output.size);
}

/** Aligns the faces that were chosen. */
function alignChosen(
  original: Pixels,
  pixels: Pixels,
  faces: readonly InspectedFace[],
  { faces: ids }: ProtectOptions,
): readonly ChosenFace[] {
  const factor = pixels.width / original.width;
  const chosen = faces
    .filter(({ face }) => ids.includes(face.id))
    .map(({ face, signs }) => {
      const scaled = scaleFace(face, factor);
      refuseTooSmall(eyeSpan(scaled));
      return { aligned: alignFace({ pixels }, scaled), signs };
    });
  if (chosen.length === 0) throw new RofiError('no-face', 'no face chosen');
  // Whoever was asked for and is not there would go out as he is.
  if (chosen.length !== new Set(ids).size)
    throw new RofiError('internal', 'a face was chosen that is not known');
  return chosen;
}

async function know(face: ChosenFace, { networks }: Tools): Promise<ChosenFace & KnownFace> {
  return { ...face, embedding: await networks.embedFace(face.aligned.image) };
}

function refuseTooSmall(span: number): void {
  if (span >= MIN_EYE_SPAN) return;
  const values = { pixels: Math.floor(span), minimum: MIN_EYE_SPAN };
  throw new RofiError('face-too-small', `${span} px between the outer corners of the eyes`, values);
}

function drawFace(face: ChosenFace & KnownFace, identity: KeyIdentity, { mesh }: Tools): DrawnFace {
  return { ...face, virtual: drawVirtualFace(face.aligned, identity, mesh) };
}

/** Faces whose eyes seem to lie elsewhere once the virtual face is drawn are aligned there and drawn again. */
async function settleFaces(
  pixels: Pixels,
  drawn: readonly DrawnFace[],
  identity: KeyIdentity,
  tools: Tools,
  clock: StepClock,
): Promise<readonly DrawnFace[]> {
  const settled = await clock.runEach('draw-virtual-face', drawn, ({ aligned, virtual }) =>
    realign(aligned, pixels, tools.findNear(pixels, aligned.face.landmarks, virtual.image)),
  );
  return clock.runEach('draw-virtual-face', drawn, (face, index) => {
    const aligned = settled[index] ?? face.aligned;
    return aligned === face.aligned ? face : drawFace({ ...face, aligned }, identity, tools);
  });
}

/** The Neural Identity Translator on each face, guided by the key's virtual face (paper, section 4.3). */
function translateFaces(
  drawn: readonly DrawnFace[],
  identity: KeyIdentity,
  selection: SignSelection,
  { networks, mesh }: Tools,
  clock: StepClock,
): Promise<readonly (TranslatedFace & BlendedFace)[]> {
  return clock.runEach('translate', drawn, async ({ aligned, signs, virtual }) => {
    const mask = signMask(signs, aligned, mesh, selection);
    const face = await networks.translateIdentity(aligned.image, virtual.image, identity.vector, mask);
    const opacity = faceOpacity(mask, virtual);
    const image = layOver(aligned.image, face, opacity);
    // The crop is coarser than most photos: where the photo shows through, it shows as sharp as it is.
    const detail = { kept: keptDetail(opacity, aligned), own: aligned.image };
    return { aligned, image, detail };
  });
}
