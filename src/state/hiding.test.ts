import { describe, expect, it } from 'vitest';
import { canDrawAgain } from './protection';
import { coversSomething, hidesSomething, leftOut } from './hiding';
import { settle } from './fake-engine';
import { opened, photo, readyStores } from './testing';

describe('covering', () => {
  it('is what becomes of a head turned too far, and of nothing else before it is asked for', async () => {
    const { engine, stores } = await readyStores();
    const { open } = stores.protect.getState();
    const opening = open(photo());
    await (await engine.next('open')).answer({ turned: true });
    await opening;
    const { cover, choose } = stores.protect.getState();
    expect(stores.protect.getState()).toMatchObject({ chosen: new Set([0]), covered: new Set([0]) });
    cover(0, false);
    expect(stores.protect.getState().covered).toEqual(new Set([0]));
    void stores.protect.getState().protect();
    const call = await engine.next('protect');
    expect(call.options).toMatchObject({ faces: [0], covered: [0], areas: [] });
    await call.answer({ verdict: 'covered', peopleTried: 0 });
    expect(stores.protect.getState().protection?.key).not.toBeNull();
    expect(canDrawAgain(stores.protect.getState(), stores.visitKey.getState())).toBe(false);
    choose(0, false);
    expect(hidesSomething(stores.protect.getState())).toBe(false);
  });

  it('is what becomes of a small face, unless a person says that it stays', async () => {
    const { engine, stores } = await readyStores();
    const { protect } = stores;
    const opening = protect.getState().open(photo());
    await (await engine.next('open')).answer({ tooSmall: true });
    await opening;
    expect(leftOut(protect.getState())).toBe(0);
    protect.getState().choose(0, false);
    expect(leftOut(protect.getState())).toBe(1);
    protect.getState().choose(0, true);
    const running = protect.getState().protect();
    const call = await engine.next('protect');
    expect(call.options).toMatchObject({ faces: [0], covered: [0] });
    await call.answer({ verdict: 'covered' });
    await running;
    // What is ticked later changes nothing of the photo that was made.
    protect.getState().choose(0, false);
    expect(protect.getState().protection?.leftOut).toBe(0);
  });

  it('is how a head without a mesh is hidden; one that is taken away is said to stay', async () => {
    const { engine, stores } = await readyStores();
    const { protect } = stores;
    const head = { x: 1, y: 2, width: 10, height: 12 };
    const opening = protect.getState().open(photo());
    await (await engine.next('open')).answer({ heads: [head] });
    await opening;
    expect(protect.getState()).toMatchObject({ areas: [head], problem: null });
    expect(leftOut(protect.getState())).toBe(0);
    protect.getState().removeArea(head);
    expect(leftOut(protect.getState())).toBe(1);
  });

  it('is taken back on request, and areas that were marked go along', async () => {
    const { engine, protect } = await opened();
    const area = { x: 1, y: 2, width: 30, height: 40 };
    protect.getState().cover(0, true);
    expect(coversSomething(protect.getState())).toBe(true);
    protect.getState().cover(0, false);
    expect(coversSomething(protect.getState())).toBe(false);
    protect.getState().markArea(area);
    void protect.getState().protect();
    expect((await engine.next('protect')).options).toMatchObject({ faces: [0], covered: [], areas: [area] });
    protect.getState().cancel();
    await settle();
    protect.getState().removeArea(area);
    expect(protect.getState().areas).toEqual([]);
  });
});
