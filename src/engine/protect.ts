import { RofiError } from '../errors';
import { wipe } from '../record/bytes';
import { createKey, keyId } from '../record/key';
import { people } from './constants.json';
import { MIN_EYE_SPAN, type ProtectOptions, type ProtectResult, type Step } from './api';
import { isKnownCovered } from './checks/known-covered';
import { proveProtection, recogniseFaces } from './checks/proof';
import { embed, marginAbove, type KnownFace } from './checks/recognition';
import { lookAgain } from './checks/second-look';
import { areaCovering, coverMask, coverPhoto, faceCovering, type Covering } from './drawing/cover';
import { drawPerson, type DrawnPerson } from './drawing/draw-person';
import { fineLayer, finenessOf, type FineLayer } from './drawing/grain';
import { refuseTurned } from './drawing/limits';
import { exportPhoto, withoutClaims } from './export';
import { CROP_SIZE } from './geometry/alignment';
import { alignFace } from './geometry/alignment-grid';
import { blendFaces, type BlendedFace } from './drawing/blending';
import { eyeSpan, scaleBox, scaleFace } from './landmarks/faces';
import { keptDetail } from './drawing/kept-detail';
import { faceOpacity, layOver } from './drawing/overlay';
import { realign } from './landmarks/realignment';
import { resampleCrop } from './geometry/resampling';
import { keptShares, type SignSelection } from './drawing/kept-shares';
import { signMask, wholeEyes } from './drawing/sign-map';
import { compose } from './geometry/similarity';
import { previewOf, shrinkTo } from './image/resize';
import { inToneOf } from './image/tone';
import { layOnWhite } from './image/transparency';
import type { InspectedFace, InspectedPhoto } from './inspect';
import { identityOf, type KeyIdentity } from './key-identity';
import type { Person } from './people/compose';
import type { Coordinates } from './people/looks';
import { patientCoordinates } from './people/patient';
import { findPerson, MOST_PERSONS, type Judge } from './people/search';
import { sealFace } from './sealed-code/seal-face';
import type { StepClock } from './worker/step-clock';
import type { Tools } from './tools';
import type { AlignedFace, Pixels, SignMap, TranslatedFace } from './types';

/** So many keys are made for a photo that has none yet, each with its own people, before it is called recognisable. */
const MOST_KEYS = 3;
/** How often the search goes on when a face is recognised in the exported bytes though it was not in the drawing. */
const MOST_ROUNDS = people.rounds;

/** What {@link protectPhoto} does, in order; the next person, or key, begins anew with its virtual face. */
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
  'check-faces',
];

/**
 * Protects a photo. Without a key it makes one, and another while a face is recognised whoever of the key's people is drawn.
 *
 * @throws RofiError `no-face`, `face-too-small`, `face-turned`, and what codecs, record and networks throw
 */
export async function protectPhoto(
  inspected: InspectedPhoto,
  options: ProtectOptions,
  tools: Tools,
  clock: StepClock,
): Promise<ProtectResult> {
  if (options.key) return protectUnder(options.key, inspected, options, tools, clock);
  let tried = 0;
  for (let keys = 1; ; keys++) {
    const result = await protectUnder(createKey(), inspected, options, tools, clock);
    tried += result.proof.peopleTried;
    const hopeless = isKnownCovered(result.proof) || keys === MOST_KEYS;
    if (result.proof.verdict !== 'recognised' || hopeless) {
      return { ...result, proof: { ...result.proof, peopleTried: tried } };
    }
    wipe(result.key);
  }
}

/**
 * Protects a photo with a key: align → draw the key's person → translate, signs kept → blend → seal → prove. What cannot
 * be replaced, or a person marks, is covered.
 * The key's next person is drawn while a face is still recognised in the drawing, or in the exported bytes.
 */
async function protectUnder(
  key: Uint8Array,
  { photo, faces, heads, timings }: InspectedPhoto,
  options: ProtectOptions,
  tools: Tools,
  clock: StepClock,
): Promise<ProtectResult> {
  const { source: original, metadata: stripped } = photo;
  const pixels = outputPixels(photo.pixels, options);
  const chosen = await clock.run('align', () => alignChosen(photo.pixels, pixels, faces, options, tools));
  const patients = await clock.runEach('align', chosen.replaced, (face, index) => know(face, index, tools));
  const covered = await clock.runEach('align', chosen.covered, (face) => recognisable(face, tools));
  const coverings = coveringsOf(photo.pixels, pixels, covered, options, tools);
  const identity = await identityOf(key);
  let drawn = await clock.runEach('draw-virtual-face', patients, (face) => drawNext(face, key, tools));

  for (let round = 1; ; round++) {
    const settled = await settleFaces(pixels, drawn, tools, clock);
    const translated = await translateFaces(pixels, settled, identity, options, tools, clock);
    const blended = await clock.run('blend', () =>
      blendFaces(pixels, [...translated, ...covered.map(uncovered)]),
    );
    await clock.runEach('blend', translated, (face) => sealFace(blended, face, key));
    const hidden = await clock.run('blend', () => coverPhoto(blended, coverings));
    const everybody = coverings.length === 0 && heads.length === 0 && chosen.replaced.length === faces.length;
    const context = { original, faces: translated, covered: hidden.boxes, everybody, key, options };
    const file = await exportPhoto(inToneOf(pixels, hidden.pixels), context, tools, clock);

    const judged = await recogniseFaces([...settled, ...covered], file, tools, clock);
    const next = drawn.map((face, index) => judged[index]?.recognised === true && face.left.length > 0);
    if (round < MOST_ROUNDS && next.includes(true)) {
      drawn = await clock.runEach('draw-virtual-face', drawn, (face, index) =>
        next[index] ? drawNext(face, key, tools) : face,
      );
      continue;
    }
    const sealed = options.output.sealOriginal;
    const alignedFaces = settled.map(({ aligned }) => aligned);
    const peopleTried = Math.max(0, ...settled.map(({ left }) => MOST_PERSONS - left.length));
    const claim = {
      ...{ original, file, sealed, key, judged, peopleTried },
      faces: alignedFaces,
      covered: covered.map(({ aligned }) => aligned),
      mosaic: coverings.length > 0,
    };
    const proof = await proveProtection(claim, tools, clock);
    const shown = faces.map(({ face }) => scaleFace(face, pixels.width / photo.pixels.width).landmarks);
    const { decoded } = file;
    const look = { drawn: settled, covered, shown, decoded, burnedIn: photo.burnedIn };
    const seen = await lookAgain(proof, look, tools, clock);
    return {
      file: seen.verdict === 'protected' ? file.source : withoutClaims(file.source),
      mime: file.mime,
      key,
      keyId: await keyId(key),
      proof: seen,
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

/** The faces that were chosen, by what becomes of them. */
interface ChosenFaces {
  readonly replaced: readonly ChosenFace[];
  readonly covered: readonly ChosenFace[];
}

/** A face with what decides which people suit it, and the numbers of the key's persons not yet tried on it. */
interface Patient extends ChosenFace, KnownFace {
  readonly coordinates: Coordinates;
  readonly left: readonly number[];
}

/** A face with one of the key's persons drawn on it, ready to be translated. */
interface DrawnFace extends Patient {
  readonly number: number;
  readonly person: Person;
  readonly virtual: DrawnPerson;
}

/** The photo at its output size, without transparency where the file knows none. */
function outputPixels(original: Pixels, { output }: ProtectOptions): Pixels {
  const seen = output.format === 'png' ? original : layOnWhite(original);
  return output.size === 'original' ? seen : shrinkTo(seen, output.size);
}

/** Aligns the faces that were chosen, and refuses those that cannot be replaced and are not to be covered. */
function alignChosen(
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

/** Mosaics over covered faces and marked areas, at the output's size. */
function coveringsOf(
  original: Pixels,
  pixels: Pixels,
  covered: readonly ChosenFace[],
  { areas = [], ...selection }: ProtectOptions,
  { mesh }: Tools,
): readonly Covering[] {
  const factor = pixels.width / original.width;
  return [
    ...covered.map(({ aligned, signs }) => {
      const shares = keptShares(signs.scores, wholeEyes(aligned), selection);
      return faceCovering(aligned, coverMask(shares, aligned, mesh));
    }),
    ...areas.map((area) => areaCovering(scaleBox(area, factor), pixels)),
  ];
}

/** What shows of a covered face is the photo's own, but for the irises' pattern. */
function uncovered({ aligned }: ChosenFace): BlendedFace {
  const { image } = aligned;
  const nothingDrawn = new Float32Array(CROP_SIZE * CROP_SIZE);
  return { image, aligned, detail: { kept: keptDetail(nothingDrawn, aligned), own: image } };
}

/** A face that is to be recognised or not. */
async function recognisable<Chosen extends ChosenFace>(
  face: Chosen,
  tools: Tools,
): Promise<Chosen & KnownFace> {
  return { ...face, embeddings: await embed(face.aligned.image, tools) };
}

/** Every face of a photo has its own range of persons, so that no two look alike. */
async function know(face: ChosenFace, index: number, tools: Tools): Promise<Patient> {
  const known = await recognisable(face, tools);
  const coordinates = await patientCoordinates(face.aligned, tools);
  const left = Array.from({ length: MOST_PERSONS }, (_, i) => index * MOST_PERSONS + i);
  return { ...known, coordinates, left };
}

function refuseTooSmall(span: number): void {
  if (span >= MIN_EYE_SPAN) return;
  const values = { pixels: Math.floor(span), minimum: MIN_EYE_SPAN };
  throw new RofiError('face-too-small', `${span} px between the outer corners of the eyes`, values);
}

/** Draws the first person that is not taken for the patient; the best one where all are. */
async function drawNext(face: Patient, key: Uint8Array, tools: Tools): Promise<DrawnFace> {
  const judge: Judge = (drawing, best) => marginAbove(best, face, drawing, tools);
  const found = await findPerson(face.aligned, face.coordinates, key, face.left, judge, tools);
  const { number, person, virtual } = found;
  return { ...face, number, person, virtual, left: face.left.slice(found.tried) };
}

/** Faces whose eyes seem to lie elsewhere once the person is drawn are aligned there and drawn again. */
async function settleFaces(
  pixels: Pixels,
  drawn: readonly DrawnFace[],
  tools: Tools,
  clock: StepClock,
): Promise<readonly DrawnFace[]> {
  const settled = await clock.runEach('draw-virtual-face', drawn, ({ aligned, virtual }) =>
    realign(aligned, pixels, tools.findNear(pixels, aligned.face.landmarks, virtual.image)),
  );
  return drawn.map((face, index) => {
    const aligned = settled[index] ?? face.aligned;
    if (aligned === face.aligned) return face;
    return { ...face, aligned, virtual: drawPerson(aligned, face.person, tools.mesh, tools.atlas.turnModes) };
  });
}

/** The Neural Identity Translator on each face, guided by the drawn person (paper, section 4.3). */
function translateFaces(
  pixels: Pixels,
  drawn: readonly DrawnFace[],
  identity: KeyIdentity,
  selection: SignSelection,
  { networks }: Tools,
  clock: StepClock,
): Promise<
  readonly (TranslatedFace & BlendedFace & Pick<DrawnFace, 'number'> & { opacity: Float32Array })[]
> {
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
