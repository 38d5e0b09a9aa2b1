import { describe, expect, it } from 'vitest';
import type { RecogniserName } from '../api';
import { fakeTools } from '../testing/fake-tools';
import { embed, judge, marginAbove } from './recognition';

const FACE = new Float32Array(3 * 256 * 256);
const AT = { recogniser: 0, mobilefacenet: 0 };

const asked: RecogniserName[] = [];

const place = (where: Record<RecogniserName, number>) =>
  fakeTools(new Float32Array(), {
    embedFace: (name) => {
      asked.push(name);
      return Promise.resolve(Float32Array.of(where[name], 0));
    },
  });

async function judged(at: Record<RecogniserName, number>, age = 40): ReturnType<typeof judge> {
  const embeddings = await embed(FACE, await place(AT));
  return judge({ embeddings, age }, FACE, await place(at));
}

async function margin(best: number, at: Record<RecogniserName, number>, age = 40): Promise<number | null> {
  const embeddings = await embed(FACE, await place(AT));
  asked.length = 0;
  return marginAbove(best, { embeddings, age }, FACE, await place(at));
}

describe('judge', () => {
  it('needs every recogniser to see a stranger', async () => {
    const stranger = await judged({ recogniser: 0.9, mobilefacenet: 1.32 });
    expect(stranger.recognised).toBe(false);
    expect(stranger.recognitions).toMatchObject([
      { recogniser: 'recogniser', threshold: 0.6, recognised: false },
      { recogniser: 'mobilefacenet', threshold: 1.2, recognised: false },
    ]);
    const known = await judged({ recogniser: 0.9, mobilefacenet: 1.1 });
    expect(known.recognised).toBe(true);
  });

  it.each([
    [0, 0.62, 0.7],
    [7, 0.81, 0.85],
    [12, 1, 1],
  ])(
    'asks less of a child, and of a face of %s years %s and %s of a grown-up’s',
    async (age, dlib, other) => {
      const { recognitions } = await judged({ recogniser: 0.9, mobilefacenet: 1.32 }, age);
      const [first, second] = recognitions.map(({ threshold }) => threshold);
      expect(first).toBeCloseTo(0.6 * dlib);
      expect(second).toBeCloseTo(1.2 * other);
      expect(recognitions.every(({ ofChild }) => ofChild === !(age >= 12))).toBe(true);
    },
  );

  it('takes nobody of an unknown age for a stranger', async () => {
    expect((await judged({ recogniser: 0.9, mobilefacenet: 1.32 }, NaN)).recognised).toBe(true);
  });

  it('takes a face that cannot be compared for recognised', async () => {
    expect((await judged({ recogniser: NaN, mobilefacenet: 1.4 })).recognised).toBe(true);
  });
});

describe('marginAbove', () => {
  it('gives the least margin of all where that is above the best', async () => {
    expect(await margin(-Infinity, { recogniser: 0.3, mobilefacenet: 1.8 })).toBeCloseTo(-0.5);
    expect(await margin(-0.6, { recogniser: 0.3, mobilefacenet: 1.8 })).toBeCloseTo(-0.5);
    expect(await margin(-0.49, { recogniser: 0.3, mobilefacenet: 1.8 })).toBeNull();
  });

  it('measures a child against what is asked of it', async () => {
    expect(await margin(-Infinity, { recogniser: 0.372, mobilefacenet: 1.8 }, 1)).toBeCloseTo(0);
  });

  it('asks nobody else once one recogniser is no more convinced than the best', async () => {
    expect(await margin(-0.2, { recogniser: 0.9, mobilefacenet: 0.6 })).toBeNull();
    expect(asked).toEqual(['mobilefacenet']);
    expect(await margin(-Infinity, { recogniser: 0.9, mobilefacenet: NaN })).toBeNull();
  });
});
