import { describe, expect, it } from 'vitest';
import { clampView, eyeRegions, lookAt, panBy, project, wholeView, zoomAt, type Stage } from './view';

const stage: Stage = { frame: { width: 4, height: 3 }, pane: { width: 800, height: 300 }, maxZoom: 10 };

describe('a view', () => {
  it('shows the whole frame in the middle of a pane of another shape', () => {
    const { scale, x, y } = project(wholeView(stage), stage);
    expect([scale, x, y]).toEqual([100, 200, 0]);
  });

  it('keeps what lies under the pointer there, while it comes closer', () => {
    const at = { x: 420, y: 130 };
    const near = zoomAt(wholeView(stage), 4, at, stage);
    const nearer = zoomAt(near, 1.5, at, stage);
    const [one, other] = [project(near, stage), project(nearer, stage)];
    expect(other.scale / one.scale).toBeCloseTo(1.5);
    expect((at.x - other.x) / other.scale).toBeCloseTo((at.x - one.x) / one.scale);
    expect((at.y - other.y) / other.scale).toBeCloseTo((at.y - one.y) / one.scale);
  });

  it('never leaves the frame, nor its limits', () => {
    const far = panBy(zoomAt(wholeView(stage), 100, { x: 0, y: 0 }, stage), { x: 1e6, y: 1e6 }, stage);
    expect(far.zoom).toBe(10);
    const { x, y } = project(far, stage);
    expect(x).toBeCloseTo(0);
    expect(y).toBeCloseTo(0);
    expect(clampView({ zoom: 0.1, centre: { x: 9, y: 9 } }, stage)).toEqual(wholeView(stage));
  });

  it('moves with the finger', () => {
    const near = zoomAt(wholeView(stage), 5, { x: 400, y: 150 }, stage);
    const moved = project(panBy(near, { x: 30, y: -20 }, stage), stage);
    expect(moved.x - project(near, stage).x).toBeCloseTo(30);
    expect(moved.y - project(near, stage).y).toBeCloseTo(-20);
  });

  it('shows the eyes, both and each', () => {
    const regions = eyeRegions([
      [
        { x: 1.5, y: 1 },
        { x: 2.5, y: 1 },
      ],
    ]);
    expect(regions.map(({ eye }) => eye)).toEqual(['both', 'right', 'left']);
    const [both, right] = regions.map((region) => lookAt(region, stage));
    expect(both?.centre).toEqual({ x: 2, y: 1 });
    expect(right!.zoom).toBeGreaterThan(both!.zoom);
  });
});
