import { expose, wrap, type Remote } from 'comlink';
import { describe, expect, it } from 'vitest';
import { RofiError } from '../../errors';
import type { EngineApi } from '../api';
import { createEngine, type Engine } from './client';
import type { WorkerLink } from './worker-link';

/** A worker that never answers until told to, one call a promise. */
interface FakeWorker {
  terminated: boolean;
  die: () => void;
  calls: {
    name: string;
    args: unknown[];
    resolve: (value?: unknown) => void;
    reject: (error: unknown) => void;
  }[];
}

/** Milliseconds after which a worker that does not leave a job is ended. */
const PATIENCE = 30;

function setUp(): { engine: Engine; workers: FakeWorker[] } {
  const workers: FakeWorker[] = [];
  const start = (): WorkerLink => {
    let die = (): void => undefined;
    const died = new Promise<string>((resolve) => (die = () => resolve('killed')));
    const worker: FakeWorker = { terminated: false, die, calls: [] };
    workers.push(worker);
    const call =
      (name: string) =>
      (...args: unknown[]) =>
        new Promise((resolve, reject) => {
          // As structured cloning would: what the caller does afterwards changes nothing.
          const sent = args.map((arg) => (arg instanceof Uint8Array ? arg.slice() : arg));
          worker.calls.push({ name, args: sent, resolve, reject });
        });
    const api = new Proxy({}, { get: (_, name) => call(String(name)) }) as unknown as Remote<EngineApi>;
    return { api, died, terminate: () => (worker.terminated = true) };
  };
  return { engine: createEngine(start, PATIENCE), workers };
}

/** Lets every promise that can settle do so. */
const settle = (milliseconds = 0) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const source = { name: 'a.jpg', bytes: new Uint8Array(1) };
const onNews = () => undefined;
const restoring = { mode: 'auto', allowWrongKey: false } as const;

describe('createEngine', () => {
  it('starts no worker before the first call', async () => {
    const { engine, workers } = setUp();
    expect(workers).toHaveLength(0);
    const models = engine.models();
    await settle();
    workers[0]!.calls[0]!.resolve([]);
    expect(await models).toEqual([]);
    expect(workers).toHaveLength(1);
  });

  it('runs one call at a time, in order, in one worker', async () => {
    const { engine, workers } = setUp();
    const first = engine.models();
    const second = engine.summarise(source);
    await settle();
    expect(workers[0]!.calls).toHaveLength(1);
    workers[0]!.calls[0]!.reject(new RofiError('model-missing'));
    await expect(first).rejects.toMatchObject({ code: 'model-missing' });
    await settle();
    expect(workers[0]!.calls).toHaveLength(2);
    workers[0]!.calls[1]!.resolve('summary');
    expect(await second).toBe('summary');
    expect(workers).toHaveLength(1);
  });

  it('keeps a worker that leaves an aborted job, and goes on when it has', async () => {
    const { engine, workers } = setUp();
    const abort = new AbortController();
    const running = engine.summarise(source, abort.signal);
    const waiting = engine.models();
    await settle();
    abort.abort();
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
    expect(workers[0]!.calls.map(({ name }) => name)).toEqual(['summarise', 'cancel']);
    workers[0]!.calls[0]!.reject(new RofiError('aborted'));
    await settle(2 * PATIENCE);
    expect(workers[0]!.terminated).toBe(false);
    expect(workers).toHaveLength(1);
    workers[0]!.calls[2]!.resolve([]);
    expect(await waiting).toEqual([]);
  });

  it('ends a worker that does not leave an aborted job, and the next call gets a fresh one', async () => {
    const { engine, workers } = setUp();
    const abort = new AbortController();
    const running = engine.summarise(source, abort.signal);
    const waiting = engine.models();
    await settle();
    abort.abort();
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
    await settle(3 * PATIENCE);
    expect(workers[0]!.terminated).toBe(true);
    workers[1]!.calls[0]!.resolve([]);
    expect(await waiting).toEqual([]);
  });

  it('drops an aborted call that still waits and leaves the running one alone', async () => {
    const { engine, workers } = setUp();
    const running = engine.models();
    const abort = new AbortController();
    const waiting = engine.summarise(source, abort.signal);
    await settle();
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'aborted' });
    expect(workers[0]!.terminated).toBe(false);
    workers[0]!.calls[0]!.resolve([]);
    expect(await running).toEqual([]);
    await settle();
    expect(workers[0]!.calls).toHaveLength(1);
  });

  it('rejects at once a call whose signal has fired before, without a worker', async () => {
    const { engine, workers } = setUp();
    await expect(engine.models(AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
    expect(workers).toHaveLength(0);
  });

  it('leaves the worker alone when a signal fires after its call is done', async () => {
    const { engine, workers } = setUp();
    const abort = new AbortController();
    const models = engine.models(abort.signal);
    await settle();
    workers[0]!.calls[0]!.resolve([]);
    await models;
    abort.abort();
    await settle(2 * PATIENCE);
    expect(workers[0]!.calls).toHaveLength(1);
    expect(workers[0]!.terminated).toBe(false);
  });

  it('rejects all that waits when the worker dies, and starts a fresh one for the next call', async () => {
    const { engine, workers } = setUp();
    const running = engine.summarise(source);
    const waiting = engine.models();
    await settle();
    workers[0]!.die();
    await expect(running).rejects.toMatchObject({ code: 'worker-lost' });
    await expect(waiting).rejects.toMatchObject({ code: 'worker-lost' });

    const next = engine.models();
    await settle();
    expect(workers).toHaveLength(2);
    workers[1]!.calls[0]!.resolve([]);
    expect(await next).toEqual([]);
  });

  it('sends the key as it was when it was given, though its owner overwrites it while the call waits', async () => {
    const { engine, workers } = setUp();
    const before = engine.models();
    const key = new Uint8Array(32).fill(7);
    const restored = engine.restore(source, key, restoring, onNews);
    key.fill(0);
    await settle();
    workers[0]!.calls[0]!.resolve([]);
    await before;
    await settle();
    expect(workers[0]!.calls[1]!.args[1]).toEqual(new Uint8Array(32).fill(7));
    workers[0]!.calls[1]!.resolve('restored');
    expect(await restored).toBe('restored');
  });

  it('refuses a key that was overwritten before, and asks no worker', async () => {
    const { engine, workers } = setUp();
    const blank = engine.restore(source, new Uint8Array(32), restoring, onNews);
    await expect(blank).rejects.toMatchObject({ code: 'not-a-key' });
    expect(workers).toHaveLength(0);
  });
});

describe('carryErrors', () => {
  it('keeps the code and values of an error over a real channel, and gives others a code', async () => {
    setUp();
    const { port1, port2 } = new MessageChannel();
    const throwing = {
      known: (): number => {
        throw new RofiError('too-large', 'too many pixels', { megapixels: 60 });
      },
      memory: (): number => {
        throw new RangeError('Array buffer allocation failed');
      },
      unknown: (): number => {
        throw new TypeError('x is undefined');
      },
    };
    expose(throwing, port1);
    const remote = wrap<typeof throwing>(port2);
    const known: unknown = await remote.known().catch((error: unknown) => error);
    expect(known).toBeInstanceOf(RofiError);
    expect(known).toMatchObject({
      code: 'too-large',
      values: { megapixels: 60 },
      message: 'too many pixels',
    });
    await expect(remote.memory()).rejects.toMatchObject({ code: 'out-of-memory' });
    await expect(remote.unknown()).rejects.toMatchObject({ code: 'internal', message: 'x is undefined' });
    port1.close();
    port2.close();
  });
});
