/** For this folder's tests: an engine that does at once what it is told. */
import { RofiError } from '../errors';
import type {
  EyeMarks,
  FaceView,
  Inspection,
  JobNews,
  MeasuredFace,
  Need,
  OnNews,
  ProtectOptions,
  ProtectResult,
} from '../engine/api';
import type { Engine, PhotoSession } from '../engine/worker/client';
import type { Box, Point } from '../engine/types';
import { createKey, keyId } from '../record/key';

export const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0);

const PIXEL = { width: 1, height: 1, data: new Uint8ClampedArray(4) };

/** A call that waits for the test: it answers, fails, or is aborted by the store. */
interface Call {
  readonly name: string;
  readonly signal: AbortSignal | undefined;
  readonly news: (news: JobNews) => void;
  readonly key: Uint8Array | undefined;
  /** What protecting was asked for. */
  readonly options: ProtectOptions | undefined;
  answer: (changes?: object) => Promise<void>;
  fail: (error: Error) => Promise<void>;
}

export interface FakeEngine extends Engine {
  /** Calls that wait, oldest first. */
  readonly calls: Call[];
  /** The oldest call of a name, once it is there. */
  readonly next: (name: string) => Promise<Call>;
  readonly cached: Set<Need>;
}

/** Lets every promise that can settle do so. */
export const settle = async (): Promise<void> => {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setTimeout(resolve));
};

export function fakeEngine(): FakeEngine {
  const calls: Call[] = [];
  const cached = new Set<Need>(['all', 'landmarks']);

  /** As the real engine: an abort rejects at once, the key is copied before anything else. */
  function call<Result>(
    name: string,
    signal: AbortSignal | undefined,
    make: (changes: object, key: Uint8Array | undefined) => Result | Promise<Result>,
    onNews: OnNews = () => undefined,
    given?: Uint8Array,
    options?: ProtectOptions,
  ): Promise<Result> {
    const key = given?.slice();
    return new Promise<Result>((resolve, reject) => {
      if (signal?.aborted) {
        reject(new RofiError('aborted'));
        return;
      }
      signal?.addEventListener('abort', () => reject(new RofiError('aborted')));
      const done = async (): Promise<void> => {
        const at = calls.indexOf(waiting);
        if (at >= 0) calls.splice(at, 1);
        await settle();
      };
      const waiting: Call = {
        name,
        signal,
        news: onNews,
        key,
        options,
        answer: async (changes = {}) => {
          resolve(await make(changes, key));
          await done();
        },
        fail: async (error: Error) => {
          reject(error);
          await done();
        },
      };
      calls.push(waiting);
    });
  }

  function session(
    source: PhotoSession['source'],
    found: readonly FaceView[],
    heads: readonly Box[],
  ): PhotoSession {
    const faces = [...found];
    return {
      source,
      inspection: {
        photoId: source.name,
        width: 100,
        height: 100,
        frames: 1,
        faces: found,
        heads,
      } as unknown as Inspection,
      get faces() {
        return [...faces];
      },
      place: (_: readonly [Point, Point], signal) =>
        call('place', signal, () => {
          const placed = face(faces.length);
          faces.push(placed);
          return placed;
        }),
      protect: (options: ProtectOptions, onNews, signal) =>
        call('protect', signal, (changes, key) => protection(changes, key), onNews, options.key, options),
    };
  }

  return {
    calls,
    cached,
    async next(name) {
      // A slow machine imports modules slowly.
      for (const end = Date.now() + 10_000; Date.now() < end;) {
        const found = calls.find((waiting) => waiting.name === name);
        if (found) return found;
        await settle();
      }
      throw new Error(`nobody called ${name}`);
    },
    models: () =>
      Promise.resolve(
        (['landmarks', 'all'] as const).map((need) => ({
          name: need,
          version: '1',
          bytes: 10,
          sentBytes: 10,
          cached: cached.has(need),
          need,
        })),
      ),
    prepare: (need, _onProgress, signal) =>
      call('prepare', signal, () => {
        cached.add(need);
        if (need === 'all') cached.add('landmarks');
        return null;
      }),
    clearModels: () => {
      cached.clear();
      return Promise.resolve();
    },
    open: (source, onNews, signal) =>
      call(
        'open',
        signal,
        ({ heads = [], empty = false, ...changes }: { heads?: readonly Box[]; empty?: boolean }) =>
          session(source, empty ? [] : [{ ...face(0), ...changes }], heads),
        onNews,
      ),
    summarise: (_, signal) =>
      call('summarise', signal, (changes) => ({
        kind: 'sealed' as const,
        keyId: null,
        ...changes,
      })),
    glance: (_, signal) =>
      call('glance', signal, (changes) => ({ preview: PIXEL, pixelsChanged: false, ...changes })),
    picture: (_, signal) => call('picture', signal, () => PIXEL),
    restore: (file, key, _, onNews, signal) =>
      call(
        'restore',
        signal,
        (changes, copied) =>
          ({ file, copied, method: 'exact', pictures: null, keyFits: 'record', ...changes }) as never,
        onNews,
        key,
      ),
    checkOriginal: (_, key, signal) =>
      call(
        'checkOriginal',
        signal,
        (changes) => ({
          protectedPreview: PIXEL,
          pixelsChanged: false,
          samePicture: true,
          ...changes,
        }),
        undefined,
        key,
      ),
    compareFaces: (_one, _other, signal) =>
      call('compareFaces', signal, (changes) => [
        {
          recogniser: 'recogniser',
          distance: 1,
          threshold: 0.6,
          ofChild: false,
          recognised: false,
          ...changes,
        },
      ]),
    measureLids: (_, signal) =>
      call('measureLids', signal, (changes) => ({
        width: 1000,
        height: 800,
        preview: PIXEL,
        faces: [measuredFace()],
        isProtected: false,
        taken: null,
        ...changes,
      })),
    guide: (_, signal) => call('guide', signal, () => ({ faces: 0 }) as never),
  };
}

/**
 * A face in a photo of 1000 by 800 pixels that looks straight ahead: ten pixels a millimetre, MRD1 4 and MRD2 5.5.
 *
 * @param x - where it lies
 */
export function measuredFace(x = 500): MeasuredFace {
  const eye = (at: number, inwards: number): EyeMarks => {
    const point = (dx: number, dy: number) => ({ x: at + dx, y: 400 + dy });
    return {
      pupil: point(0, 0),
      upper: point(0, -40),
      lower: point(0, 55),
      iris: [point(-58.5, 0), point(58.5, 0)],
      innerCorner: point(150 * inwards, 0),
      outerCorner: point(-150 * inwards, 0),
      upperLid: [],
      lowerLid: [],
    };
  };
  return {
    thumbnail: PIXEL,
    eyes: [
      { x: x - 310, y: 400 },
      { x: x + 310, y: 400 },
    ],
    right: eye(x - 310, 1),
    left: eye(x + 310, -1),
    yaw: 0,
    pitch: 0,
    brightness: [0.5, 0.5],
  };
}

function face(id: number): FaceView {
  return { id, tooSmall: false, turned: false, eyeSpan: 200, origin: 'detected' } as FaceView;
}

async function protection(changes: object, given: Uint8Array | undefined): Promise<ProtectResult> {
  const key = given?.slice() ?? createKey();
  const proof = {
    verdict: 'protected',
    peopleTried: 1,
    faces: [],
    findings: [],
    sealedOriginalMatches: true,
    surroundings: 'everything',
    ...changes,
  };
  const file = { name: 'protected.png', bytes: JPEG };
  return {
    file,
    mime: 'image/png',
    key,
    keyId: await keyId(key),
    proof,
    preview: PIXEL,
    original: PIXEL,
  } as unknown as ProtectResult;
}
