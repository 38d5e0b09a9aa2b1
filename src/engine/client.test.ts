import { expose, wrap, type Remote } from 'comlink';
import { describe, expect, it } from 'vitest';
import { RofiError } from '../errors';
import type { EngineApi } from './api';
import { createEngine, type EngineClient } from './client';
import type { WorkerLink } from './worker-link';

/** A worker that never answers until told to, one call a promise. */
interface FakeWorker {
  terminated: boolean;
  die: () => void;
  calls: { resolve: (value: unknown) => void; reject: (error: unknown) => void }[];
}

function setUp(): { engine: EngineClient; workers: FakeWorker[] } {
  const workers: FakeWorker[] = [];
  const start = (): WorkerLink => {
    let die = (): void => undefined;
    const died = new Promise<string>((resolve) => (die = () => resolve('killed')));
    const worker: FakeWorker = { terminated: false, die, calls: [] };
    workers.push(worker);
    const call = () =>
      new Promise((resolve, reject) => {
        worker.calls.push({ resolve, reject });
      });
    const api = new Proxy({}, { get: () => call }) as unknown as Remote<EngineApi>;
    return { api, died, terminate: () => (worker.terminated = true) };
  };
  return { engine: createEngine(start), workers };
}

/** Lets every promise that can settle do so. */
const settle = () => new Promise((resolve) => setTimeout(resolve));

const source = { name: 'a.jpg', bytes: new Uint8Array(1) };
const onStep = () => undefined;

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
    const second = engine.inspect(source, onStep);
    await settle();
    expect(workers[0]!.calls).toHaveLength(1);
    workers[0]!.calls[0]!.reject(new RofiError('model-missing'));
    await expect(first).rejects.toMatchObject({ code: 'model-missing' });
    await settle();
    expect(workers[0]!.calls).toHaveLength(2);
    workers[0]!.calls[1]!.resolve('inspection');
    expect(await second).toBe('inspection');
    expect(workers).toHaveLength(1);
  });

  it('ends the worker on abort, and the next call gets a fresh one', async () => {
    const { engine, workers } = setUp();
    const abort = new AbortController();
    const running = engine.inspect(source, onStep, abort.signal);
    const waiting = engine.models();
    await settle();
    abort.abort();
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
    expect(workers[0]!.terminated).toBe(true);
    await settle();
    workers[1]!.calls[0]!.resolve([]);
    expect(await waiting).toEqual([]);
  });

  it('drops an aborted call that still waits and leaves the running one alone', async () => {
    const { engine, workers } = setUp();
    const running = engine.models();
    const abort = new AbortController();
    const waiting = engine.inspect(source, onStep, abort.signal);
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
    await settle();
    expect(workers[0]!.terminated).toBe(false);
  });

  it('rejects all that waits when the worker dies, and starts a fresh one for the next call', async () => {
    const { engine, workers } = setUp();
    const running = engine.inspect(source, onStep);
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
