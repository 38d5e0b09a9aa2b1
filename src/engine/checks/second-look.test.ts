import { beforeAll, expect, it } from 'vitest';
import type { Proof } from '../api';
import { placeFace } from '../landmarks/faces';
import { StepClock } from '../worker/step-clock';
import { fakeTools } from '../testing/fake-tools';
import { alignedSample, type Sample } from '../testing/fixtures';
import type { Face } from '../types';
import { lookAgain } from './second-look';

const GREEN: Proof = {
  verdict: 'protected',
  peopleTried: 1,
  faces: [],
  sealedOriginalMatches: true,
  surroundings: 'everything',
  findings: [],
};
let sample: Sample;

beforeAll(async () => {
  sample = await alignedSample();
});

/** What a second look makes of these faces in the finished picture. */
async function look(
  seen: readonly Float32Array[],
  face: Face = sample.face,
  distance = 2,
  burnedIn = false,
): Promise<Proof> {
  const tools = {
    ...(await fakeTools(face.landmarks, { embedFace: () => Promise.resolve(Float32Array.of(distance)) })),
    findFaces: () => seen,
  };
  const drawn = [
    {
      aligned: { ...sample.aligned, face },
      embeddings: { recogniser: Float32Array.of(0), mobilefacenet: Float32Array.of(0) },
      age: 40,
    },
  ];
  const second = { drawn, covered: [], shown: [face.landmarks], decoded: sample.photo.pixels, burnedIn };
  return lookAgain(GREEN, second, tools, new StepClock(() => undefined, tools.networks));
}

const kinds = ({ findings }: Proof): readonly string[] => findings.map(({ kind }) => kind);

it('stays green when every face is found again and nobody else', async () => {
  expect(await look([sample.face.landmarks])).toEqual(GREEN);
});

it('doubts a face that nobody was drawn on, and one that is not found again', async () => {
  const other = placeFace(
    1,
    [
      { x: 10, y: 10 },
      { x: 40, y: 10 },
    ],
    sample.mesh,
  ).landmarks;
  const proof = await look([other]);
  expect(proof.verdict).toBe('doubtful');
  expect(kinds(proof)).toEqual(['other-face', 'face-lost']);
});

it('doubts a picture whose file says that writing in it may tell who it shows', async () => {
  const proof = await look([sample.face.landmarks], sample.face, 2, true);
  expect(proof).toEqual({
    ...GREEN,
    verdict: 'doubtful',
    findings: [{ kind: 'burned-in', face: null }],
  });
});

it('doubts a face that stands on its head', async () => {
  const { x, y, width, height } = sample.face.box;
  const turned = sample.face.landmarks.map((value, i) =>
    i % 2 === 0 ? 2 * x + width - value : 2 * y + height - value,
  );
  expect(kinds(await look([turned]))).toEqual(['face-turned']);
});

it('doubts lids that were closed, and those that were opened', async () => {
  const closed = sample.face.landmarks.slice();
  // The upper lid of the right eye on its lower one.
  for (const [upper, lower] of [
    [246, 7],
    [161, 163],
    [160, 144],
    [159, 145],
    [158, 153],
    [157, 154],
    [173, 155],
  ] as const) {
    closed.copyWithin(2 * upper, 2 * lower, 2 * lower + 2);
  }
  expect(kinds(await look([closed]))).toEqual(['lids-closed']);
  expect(kinds(await look([sample.face.landmarks], { ...sample.face, landmarks: closed }))).toEqual([
    'lids-opened',
  ]);
});

it('never calls a face protected that was placed by hand', async () => {
  const placed: Face = { ...sample.face, origin: 'placed' };
  expect(await look([], placed)).toMatchObject({
    verdict: 'doubtful',
    findings: [{ kind: 'placed', face: 0 }],
  });
});

it('recognises a person by the landmarks of the finished picture alone', async () => {
  expect((await look([sample.face.landmarks], sample.face, 0.3)).verdict).toBe('recognised');
});
