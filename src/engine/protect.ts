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
import { previewOf } from './image/resize';
import { inToneOf } from './image/tone';
import type { InspectedPhoto } from './inspect';
import { identityOf } from './key-identity';
import { uncovered } from './protection/chosen-faces';
import { drawNext, seekPersons, settleFaces, type DrawnFace } from './protection/drawn-faces';
import { preparePhoto, type PreparedPhoto } from './protection/prepared-photo';
import { translateFaces } from './protection/translated-faces';
import { sealFace } from './sealed-code/seal-face';
import type { Tools } from './tools';
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
  const prepared = await preparePhoto(inspected, options, tools, clock);
  if (options.key) {
    const drawn = await drawPeople(options.key, prepared, true, tools, clock);
    return protectDrawn(options.key, drawn, prepared, inspected, options, tools, clock);
  }
  let tried = 0;
  for (let keys = 1; ; keys++) {
    const key = createKey();
    const drawn = await drawPeople(key, prepared, false, tools, clock);
    // Whoever is recognised in the drawing is recognised in the photo, nearly always: that need not be waited for.
    if (keys < MOST_KEYS && drawn.some(({ margin }) => margin < 0)) {
      tried += mostTried(drawn);
      wipe(key);
      continue;
    }
    const result = await protectDrawn(key, drawn, prepared, inspected, options, tools, clock);
    tried += result.proof.peopleTried;
    const hopeless = isKnownCovered(result.proof) || keys === MOST_KEYS;
    if (result.proof.verdict !== 'recognised' || hopeless) {
      return { ...result, proof: { ...result.proof, peopleTried: tried } };
    }
    wipe(result.key);
  }
}

/** A person of the key on each face: the first that is not taken for the patient, or the best. */
async function drawPeople(
  key: Uint8Array,
  { patients }: PreparedPhoto,
  isGiven: boolean,
  tools: Tools,
  clock: StepClock,
): Promise<readonly DrawnFace[]> {
  const shown = tools.visit.personsOf(await keyId(key));
  return clock.runEach('draw-virtual-face', patients, async (patient, index) =>
    drawNext(await seekPersons(patient, index, key, isGiven, shown, tools), key, tools),
  );
}

/**
 * Protects a photo with a key and its people: translate, signs kept → blend → seal → prove. What cannot be replaced, or a
 * person marks, is covered.
 * The key's next person is drawn while a face is still recognised in the exported bytes, then over what is in front of it
 * as well.
 */
async function protectDrawn(
  key: Uint8Array,
  people: readonly DrawnFace[],
  { pixels, base, shown, covered, coverings, everybody }: PreparedPhoto,
  { photo, timings }: Pick<InspectedPhoto, 'photo' | 'timings'>,
  options: ProtectOptions,
  tools: Tools,
  clock: StepClock,
): Promise<ProtectResult> {
  const { source: original, metadata: stripped } = photo;
  const id = await keyId(key);
  const identity = await identityOf(key);
  let drawn = people;

  for (let round = 1; ; round++) {
    const settled = await settleFaces(pixels, drawn, tools, clock);
    const translated = await translateFaces(pixels, settled, identity, options, tools, clock);
    const blended = await clock.run('blend', () =>
      blendFaces(base, [...translated, ...covered.map(uncovered)]),
    );
    await clock.runEach('blend', translated, (face) => sealFace(blended, face, key));
    const hidden = await clock.run('blend', () => coverPhoto(blended, coverings));
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
    const claim = {
      ...{ original, file, sealed, key, judged, peopleTried: mostTried(settled) },
      faces: alignedFaces,
      covered: covered.map(({ aligned }) => aligned),
      mosaic: coverings.length > 0,
      surroundings: options.surroundings ?? 'everything',
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

/** How many people were drawn on the face that took the most. */
function mostTried(faces: readonly Pick<DrawnFace, 'tried'>[]): number {
  return Math.max(0, ...faces.map(({ tried }) => tried));
}
