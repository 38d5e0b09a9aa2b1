import type { Remote } from 'comlink';
import { describe, expect, it } from 'vitest';
import { RofiError } from '../../errors';
import type { EngineApi, FaceView, Inspection, ProtectOptions, ProtectResult } from '../api';
import { createEngine } from './client';
import type { Point } from '../types';
import type { WorkerLink } from './worker-link';

const SOURCE = { name: 'a.jpg', bytes: new Uint8Array(1) };
const EYES: readonly [Point, Point] = [
  { x: 10, y: 10 },
  { x: 90, y: 10 },
];
const OPTIONS: ProtectOptions = {
  faces: [0],
  signThreshold: 0.5,
  keepBothEyes: false,
  output: { format: 'png', size: 'original', sealOriginal: true },
};
const ignore = () => undefined;

function face(id: number, x = 0): FaceView {
  return { id, box: { x, y: 0, width: 100, height: 100 } } as FaceView;
}

/** Workers that hold one photo, as the real one does, and tell what they were asked. */
function setUp({ found = [face(0)] }: { found?: readonly FaceView[] } = {}) {
  const asked: string[] = [];
  const links: { die: () => void }[] = [];
  const control: { fail: string | null; found: readonly FaceView[] } = { fail: null, found };
  let photos = 0;
  const start = (): WorkerLink => {
    let held: { id: string; faces: number } | null = null;
    let die = (): void => undefined;
    const died = new Promise<string>((resolve) => (die = () => resolve('killed')));
    links.push({ die: () => die() });
    const failing = (name: string): boolean => {
      asked.push(name);
      if (control.fail !== name) return false;
      control.fail = null;
      return true;
    };
    const api = {
      inspect: (): Promise<Inspection> => {
        held = null;
        if (failing('inspect')) return Promise.reject(new RofiError('out-of-memory'));
        held = { id: `photo-${photos++}`, faces: control.found.length };
        return Promise.resolve({ photoId: held.id, faces: control.found } as unknown as Inspection);
      },
      holds: (id: string) => Promise.resolve(held?.id === id),
      placeFace: (id: string): Promise<FaceView> => {
        if (failing('place')) {
          // It may have been placed all the same.
          if (held) held.faces++;
          return Promise.reject(new RofiError('backend-failed'));
        }
        if (held?.id !== id) return Promise.reject(new RofiError('worker-lost'));
        return Promise.resolve(face(held.faces++));
      },
      protect: (id: string, options: ProtectOptions): Promise<ProtectResult> => {
        if (failing('protect')) return new Promise(() => die());
        if (held?.id !== id) return Promise.reject(new RofiError('worker-lost'));
        const unknown = options.faces.some((chosen) => chosen >= (held?.faces ?? 0));
        if (unknown) return Promise.reject(new RofiError('internal'));
        return Promise.resolve({ key: options.key?.slice() } as unknown as ProtectResult);
      },
      cancel: () => Promise.resolve(),
    };
    return { api: api as unknown as Remote<EngineApi>, died, terminate: ignore };
  };
  return { engine: createEngine(start, 10), asked, control, links };
}

describe('a photo session', () => {
  it('protects what it opened', async () => {
    const { engine, asked } = setUp();
    const photo = await engine.open(SOURCE, ignore);
    await photo.protect(OPTIONS, ignore);
    expect(asked).toEqual(['inspect', 'protect']);
  });

  it('opens its photo again after another one was opened, with the eyes that were placed', async () => {
    const { engine, asked } = setUp();
    const first = await engine.open(SOURCE, ignore);
    expect(await first.place(EYES)).toMatchObject({ id: 1 });
    await engine.open(SOURCE, ignore);
    asked.length = 0;
    await first.protect({ ...OPTIONS, faces: [0, 1] }, ignore);
    expect(asked).toEqual(['inspect', 'place', 'protect']);
  });

  it('works on after the worker has died in the middle of a protection', async () => {
    const { engine, control, links } = setUp();
    const photo = await engine.open(SOURCE, ignore);
    await photo.place(EYES);
    control.fail = 'protect';
    await expect(photo.protect(OPTIONS, ignore)).rejects.toMatchObject({ code: 'worker-lost' });
    await photo.protect({ ...OPTIONS, faces: [0, 1] }, ignore);
    expect(links).toHaveLength(2);
  });

  it('places eyes after the worker has died while doing nothing', async () => {
    const { engine, links } = setUp();
    const photo = await engine.open(SOURCE, ignore);
    links[0]!.die();
    await new Promise((resolve) => setTimeout(resolve));
    expect(await photo.place(EYES)).toMatchObject({ id: 1 });
    expect(photo.faces).toHaveLength(2);
  });

  it('counts no face that could not be placed, whatever the worker made of it', async () => {
    const { engine, control } = setUp();
    const photo = await engine.open(SOURCE, ignore);
    control.fail = 'place';
    await expect(photo.place(EYES)).rejects.toMatchObject({ code: 'backend-failed' });
    expect(photo.faces).toHaveLength(1);
    expect(await photo.place(EYES)).toMatchObject({ id: 1 });
    await photo.protect({ ...OPTIONS, faces: [1] }, ignore);
  });

  it('protects nobody when it finds other faces than the person chose from', async () => {
    const { engine, control } = setUp({ found: [face(0), face(1, 500)] });
    const photo = await engine.open(SOURCE, ignore);
    await engine.open(SOURCE, ignore);
    control.found = [face(0, 500), face(1)];
    await expect(photo.protect(OPTIONS, ignore)).rejects.toMatchObject({ code: 'worker-lost' });
    control.found = [face(0)];
    await expect(photo.protect(OPTIONS, ignore)).rejects.toMatchObject({ code: 'worker-lost' });
  });

  it('can be tried again when it could not be opened again', async () => {
    const { engine, control } = setUp();
    const photo = await engine.open(SOURCE, ignore);
    await engine.open(SOURCE, ignore);
    control.fail = 'inspect';
    await expect(photo.protect(OPTIONS, ignore)).rejects.toMatchObject({ code: 'out-of-memory' });
    await photo.protect(OPTIONS, ignore);
  });

  it('uses the key as it was given, though its owner overwrites it while the call waits', async () => {
    const { engine } = setUp();
    const photo = await engine.open(SOURCE, ignore);
    const key = new Uint8Array(32).fill(7);
    const other = engine.open(SOURCE, ignore);
    const protecting = photo.protect({ ...OPTIONS, key }, ignore);
    key.fill(0);
    await other;
    expect((await protecting).key).toEqual(new Uint8Array(32).fill(7));
    await expect(photo.protect({ ...OPTIONS, key }, ignore)).rejects.toMatchObject({ code: 'not-a-key' });
  });

  it('does nothing for a call that was aborted while it waited', async () => {
    const { engine, asked } = setUp();
    const photo = await engine.open(SOURCE, ignore);
    const abort = new AbortController();
    const other = engine.open(SOURCE, ignore);
    const protecting = photo.protect(OPTIONS, ignore, abort.signal);
    abort.abort();
    await expect(protecting).rejects.toMatchObject({ code: 'aborted' });
    await other;
    expect(asked).not.toContain('protect');
  });
});
