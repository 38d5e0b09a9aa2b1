import { wipe } from '../bytes';
import { createKey, keyId } from '../record/key';
import type { ProtectOptions, ProtectResult, Step } from './api';
import { isKnownCovered } from './checks/known-covered';
import { proveProtection, recogniseFaces } from './checks/proof';
import { lookAgain } from './checks/second-look';
import { people } from './constants.json';
import { blendFaces } from './drawing/blending';
import { coverPhoto } from './drawing/cover';
import { exportPhoto, withoutClaims } from './export';
import { previewOf, shrinkTo } from './image/resize';
import { inToneOf } from './image/tone';
import { layOnWhite } from './image/transparency';
import type { InspectedPhoto } from './inspect';
import { identityOf } from './key-identity';
import { scaleFace } from './landmarks/faces';
import { alignChosen, coveringsOf, recognisable, uncovered } from './protection/chosen-faces';
import { drawNext, toPatient, settleFaces } from './protection/drawn-faces';
import { translateFaces } from './protection/translated-faces';
import { sealFace } from './sealed-code/seal-face';
import { surroundingsOf } from './surroundings/surroundings';
import type { Tools } from './tools';
import type { Pixels } from './types';
import type { StepClock } from './worker/step-clock';

/** So many keys are made for a photo that has none yet, each with its own people, before it is called recognisable. */
const MOST_KEYS = people.keys;
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
 * The key's next person is drawn while a face is still recognised in the drawing, or in the exported bytes; then over
 * what is in front of it as well.
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
  const id = await keyId(key);
  const patients = await clock.runEach('align', chosen.replaced, (face, index) =>
    toPatient(face, index, key, options, tools.visit.personsOf(id), tools),
  );
  const covered = await clock.runEach('align', chosen.covered, (face) => recognisable(face, tools));
  const coverings = coveringsOf(photo.pixels, pixels, chosen, options, tools);
  const identity = await identityOf(key);
  const shown = faces.map(({ face }) => scaleFace(face, pixels.width / photo.pixels.width));
  const surroundings = options.surroundings ?? 'everything';
  const base = await clock.run('align', () => surroundingsOf(surroundings, pixels, shown, tools));
  let drawn = await clock.runEach('draw-virtual-face', patients, (face) => drawNext(face, key, tools));

  for (let round = 1; ; round++) {
    const settled = await settleFaces(pixels, drawn, tools, clock);
    const translated = await translateFaces(pixels, settled, identity, options, tools, clock);
    const blended = await clock.run('blend', () =>
      blendFaces(base, [...translated, ...covered.map(uncovered)]),
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
        next[index] ? drawNext({ ...face, front: null }, key, tools) : face,
      );
      continue;
    }
    const sealed = options.output.sealOriginal;
    const alignedFaces = settled.map(({ aligned }) => aligned);
    const peopleTried = Math.max(0, ...settled.map(({ tried }) => tried));
    const claim = {
      ...{ original, file, sealed, key, judged, peopleTried },
      faces: alignedFaces,
      covered: covered.map(({ aligned }) => aligned),
      mosaic: coverings.length > 0,
      surroundings,
    };
    const proof = await proveProtection(claim, tools, clock);
    const { decoded } = file;
    const look = {
      drawn: settled,
      covered,
      shown: shown.map(({ landmarks }) => landmarks),
      decoded,
      burnedIn: photo.burnedIn,
    };
    const seen = await lookAgain(proof, look, tools, clock);
    if (seen.verdict === 'protected') {
      tools.visit.remember(
        id,
        settled.map(({ number, person }) => [number, person.donors]),
      );
    }
    return {
      file: seen.verdict === 'protected' ? file.source : withoutClaims(file.source),
      mime: file.mime,
      key,
      keyId: id,
      proof: seen,
      preview: previewOf(file.decoded),
      original: previewOf(pixels),
      stripped,
      timings: [...timings, ...clock.timings],
    };
  }
}

/** The photo at its output size, without transparency where the file knows none. */
function outputPixels(original: Pixels, { output }: ProtectOptions): Pixels {
  const seen = output.format === 'png' ? original : layOnWhite(original);
  return output.size === 'original' ? seen : shrinkTo(seen, output.size);
}
