import { describe, expect, it } from 'vitest';
import type { RecogniserName } from '../api';
import { fakeTools } from '../testing/fake-tools';
import { embed, judge } from './recognition';

const FACE = new Float32Array(3 * 256 * 256);
const AT = { recogniser: 0, mobilefacenet: 0 };

async function judged(at: Record<RecogniserName, number>): ReturnType<typeof judge> {
  const place = (where: Record<RecogniserName, number>) =>
    fakeTools(new Float32Array(), {
      embedFace: (name) => Promise.resolve(Float32Array.of(where[name], 0)),
    });
  const embeddings = await embed(FACE, await place(AT));
  return judge({ embeddings }, FACE, await place(at));
}

describe('judge', () => {
  it('needs every recogniser to see a stranger, and gives the least margin', async () => {
    const stranger = await judged({ recogniser: 0.9, mobilefacenet: 1.32 });
    expect(stranger.recognised).toBe(false);
    expect(stranger.margin).toBeCloseTo(0.1);
    expect(stranger.recognitions).toMatchObject([
      { recogniser: 'recogniser', threshold: 0.6, recognised: false },
      { recogniser: 'mobilefacenet', threshold: 1.2, recognised: false },
    ]);
    const known = await judged({ recogniser: 0.9, mobilefacenet: 1.1 });
    expect(known.recognised).toBe(true);
    expect(known.margin).toBeLessThan(0);
  });

  it('takes a face that cannot be compared for recognised', async () => {
    expect((await judged({ recogniser: NaN, mobilefacenet: 1.4 })).recognised).toBe(true);
  });
});
