import { readFile } from 'node:fs/promises';
import { beforeAll, expect, it } from 'vitest';
import { embed, GROWN_UP, judge } from '../checks/recognition';
import { blendFaces } from '../drawing/blending';
import { canvasOf, drawPerson } from '../drawing/draw-person';
import { findFront } from '../front/find-front';
import { CROP_SIZE } from '../geometry/alignment';
import { alignFace } from '../geometry/alignment-grid';
import { resampleCrop } from '../geometry/resampling';
import { useCodecs } from '../image/codecs';
import { decodePhoto } from '../image/decode';
import { identityOf } from '../key-identity';
import { facesFrom } from '../landmarks/faces';
import { suitableFor } from '../people/choose';
import { composePerson } from '../people/compose';
import { patientCoordinates } from '../people/patient';
import { readCodec } from '../testing/codecs';
import { fakeTools } from '../testing/fake-tools';
import samples from '../testing/protection-samples.json';
import { diskLibrary, nodeRuntime } from '../testing/runtime';
import { Networks, type Tools } from '../tools';
import { StepClock } from '../worker/step-clock';
import { translateFaces } from './translated-faces';

const KEY = Uint8Array.from({ length: 32 }, (_, i) => i);
/** Two JPEG decoders differ by a level, and networks carry it on. */
const LEVELS = 3;

let tools: Tools;
beforeAll(async () => {
  useCodecs(readCodec);
  const networks = new Networks(nodeRuntime(diskLibrary()), { milliseconds: 0 });
  tools = { ...(await fakeTools(Float32Array.from(samples.landmarks))), networks };
});

it('a photo is protected as the measurements in training do it', async () => {
  const file = await readFile(new URL(`../../../public/samples/${samples.sample}`, import.meta.url));
  const { pixels } = await decodePhoto({ name: samples.sample, bytes: new Uint8Array(file) });
  const [face] = facesFrom([Float32Array.from(samples.landmarks)]);
  const aligned = alignFace({ pixels }, face!);

  const { age, male } = await tools.networks.guessAttributes(aligned.image);
  expect(Math.abs(age - samples.attributes[0]!)).toBeLessThan(0.3);
  expect(Math.abs(male - samples.attributes[1]!)).toBeLessThan(0.01);
  const signs = await tools.networks.detectSigns(aligned.image);
  for (const [cell, score] of samples.signs) {
    expect(Math.abs(signs.scores[cell!]! - score!), `cell ${cell}`).toBeLessThan(0.03);
  }

  const { number } = samples;
  const suitable = suitableFor(await patientCoordinates(aligned, tools), tools.atlas);
  const person = await composePerson(KEY, number, suitable, tools.atlas);
  const front = await findFront(aligned, tools);
  const virtual = drawPerson(canvasOf(aligned, tools.mesh, tools.atlas.turnModes, front), person);
  const embeddings = await embed(aligned.image, tools);
  const drawn = { aligned, signs, person, virtual, number };
  const selection = { signThreshold: 0.5, keepBothEyes: false };
  const clock = new StepClock(() => undefined, tools.networks);
  const [translated] = await translateFaces(pixels, [drawn], await identityOf(KEY), selection, tools, clock);
  const { image, detail, grain } = translated!;
  const after = blendFaces(pixels, [{ aligned, image, detail: detail!, grain }]);
  for (const [x, y, ...colour] of samples.protected) {
    const at = (y! * pixels.width + x!) * 4;
    colour.forEach((value, channel) => {
      expect(Math.abs(after.data[at + channel]! - value), `${x}, ${y}`).toBeLessThanOrEqual(LEVELS);
    });
  }

  const seen = resampleCrop(after, aligned.transform, CROP_SIZE);
  const { recognitions } = await judge({ embeddings, age: GROWN_UP }, seen, tools);
  for (const { recogniser, distance } of recognitions) {
    expect(Math.abs(distance - samples.distances[recogniser]), recogniser).toBeLessThan(0.01);
  }
});
