import { describe, expect, it } from 'vitest';
import { photo, readyStores } from './testing';

async function shown() {
  const { engine, stores } = await readyStores();
  const running = stores.stand.getState().start(photo());
  await (await engine.next('open')).answer();
  await (await engine.next('protect')).answer();
  await running;
  return { engine, stand: stores.stand, visitKey: stores.visitKey };
}

describe('a stand', () => {
  it('shows a photo protected, opened by its key and by a wrong one, each made once', async () => {
    const { engine, stand } = await shown();
    expect(stand.getState()).toMatchObject({ stage: 'shown', view: 'protected', verdict: 'protected' });

    const opening = stand.getState().show('restored');
    const right = await engine.next('restore');
    await right.answer();
    await (await engine.next('glance')).answer();
    await opening;
    const attacking = stand.getState().show('wrong-key');
    const wrong = await engine.next('restore');
    const preview = { width: 1, height: 1, data: new Uint8ClampedArray(4) };
    await wrong.answer({ method: 'neural', pictures: { preview } });
    await attacking;
    expect(wrong.key).not.toEqual(right.key);
    expect(Object.keys(stand.getState().pictures)).toEqual(['protected', 'restored', 'wrong-key']);

    await stand.getState().show('restored');
    expect(engine.calls).toEqual([]);
  });

  it('covers a head that is turned too far', async () => {
    const { engine, stores } = await readyStores();
    void stores.stand.getState().start(photo());
    await (await engine.next('open')).answer({ turned: true });
    expect((await engine.next('protect')).options).toMatchObject({ faces: [0], covered: [0] });
  });

  it('takes no visit’s key and leaves none', async () => {
    const { visitKey } = await shown();
    expect(visitKey.getState().key).toBeNull();
  });

  it('forgets the photo, its key and what runs', async () => {
    const { engine, stand } = await shown();
    const opening = stand.getState().show('restored');
    const call = await engine.next('restore');
    stand.getState().forget();
    await opening;
    expect(call.signal?.aborted).toBe(true);
    expect(stand.getState()).toMatchObject({ stage: 'waiting', original: null, pictures: {}, problem: null });
    await stand.getState().show('restored');
    expect(stand.getState().pictures).toEqual({});
  });

  it('says what is wrong with a photo, and waits for the next one', async () => {
    const { engine, stores } = await readyStores();
    const running = stores.stand.getState().start(photo());
    await (await engine.next('open')).answer({ empty: true });
    await running;
    expect(stores.stand.getState()).toMatchObject({ stage: 'waiting', problem: { code: 'no-face' } });
  });
});
