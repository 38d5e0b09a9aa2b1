import { describe, expect, it } from 'vitest';
import { agreement } from './agreement';
import { CROP_SIZE } from './face/alignment';

const PLANE = CROP_SIZE * CROP_SIZE;

describe('the agreement of a restoration with itself', () => {
  it('prefers what is alike across cells to what is not', () => {
    const virtual = new Float32Array(3 * PLANE);
    const cells = virtual.map((_, i) => ((Math.floor((i % CROP_SIZE) / 8) % 2) * 2 - 1) * 0.3);
    const smooth = virtual.map(() => 0.3);
    expect(agreement({ image: smooth, virtual }).total).toBeGreaterThan(
      agreement({ image: virtual, virtual }).total,
    );
    expect(agreement({ image: virtual, virtual }).total).toBeGreaterThan(
      agreement({ image: cells, virtual }).total,
    );
  });

  it('is measured as training measures it', () => {
    const virtual = new Float32Array(3 * PLANE);
    const even = agreement({ image: virtual.map(() => 0.3), virtual });
    const waves = agreement({ image: virtual.map((_, i) => 0.3 * Math.sin(i / 500)), virtual });
    expect(even.total / 2466).toBeCloseTo(1, 2);
    expect(even.share).toBeCloseTo(1, 2);
    expect(waves.total / 1075).toBeCloseTo(1, 2);
    expect(waves.share).toBeCloseTo(0.871, 2);
  });

  it('knows where the cells agree', () => {
    const virtual = new Float32Array(3 * PLANE);
    const right = virtual.map((_, i) => (i % CROP_SIZE < CROP_SIZE / 2 ? 0 : 0.3));
    const { x, y } = agreement({ image: right, virtual }).middle;
    expect(x).toBeGreaterThan(CROP_SIZE / 2);
    expect(Math.abs(y - CROP_SIZE / 2)).toBeLessThan(CROP_SIZE / 8);
  });
});
