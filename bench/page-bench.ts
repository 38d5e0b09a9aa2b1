import type * as ComlinkModule from 'comlink';
import type {
  EngineApi,
  ProtectResult,
  RestoreOptions,
  RestoreResult,
  RuntimeReport,
} from '../src/engine/api';
import type { Similarity } from '../src/engine/types';

/** A protection as it crosses to Node: bytes as base64. */
export interface Protection extends Pick<ProtectResult, 'proof' | 'timings'> {
  readonly file: string;
  readonly key: string;
  readonly width: number;
  readonly height: number;
  /** From the chosen file to the result. */
  readonly milliseconds: number;
}

/** A restoration as it crosses to Node, or the code of the error. */
export type Restoration = {
  /** Until the result or the error. */
  readonly milliseconds: number;
} & ({ readonly method: RestoreResult['method']; readonly file: string } | { readonly error: string });

/** What somebody does to a picture who saves it anew. */
export interface Resave {
  readonly type: 'image/png' | 'image/jpeg';
  /** 0..1, for JPEG. */
  readonly quality?: number;
  /** Share of the width and height cut off each side. */
  readonly crop?: number;
  /** Degrees about the middle, clockwise. */
  readonly turn?: number;
  /** Factor after the crop. */
  readonly scale?: number;
  /** The longer side has at most so many pixels then. */
  readonly longest?: number;
  /** CSS filters, such as another brightness. */
  readonly filter?: string;
}

/** A picture saved anew, and where in the old one its points come from. */
export interface Resaved {
  readonly file: string;
  readonly toOld: Similarity;
}

/** Of two pictures' colour values. */
export interface Difference {
  /** Share of the values that differ, 0..1. */
  readonly changed: number;
  /** By how much at most, of 255. */
  readonly largest: number;
}

export interface PageBench {
  /** Downloads the models with one worker, then starts a fresh one that finds them cached. */
  open(worker: string): Promise<RuntimeReport>;
  /** @param key - base64; a new one where there is none */
  protect(photo: string, key?: string): Promise<Protection>;
  /** How far two pictures of one size differ. */
  compare(one: string, other: string): Promise<Difference>;
  restore(file: string, key: string, mode: RestoreOptions['mode']): Promise<Restoration>;
  resave(file: string, change: Resave): Promise<Resaved>;
}

declare global {
  var bench: PageBench;
}

/** Runs in the page, before its own scripts; it can use nothing from outside itself but Comlink. */
export function installPageBench(): void {
  const { wrap, proxy, transferHandlers } = (globalThis as unknown as { Comlink: typeof ComlinkModule })
    .Comlink;
  const builtIn = transferHandlers.get('throw')!;
  transferHandlers.set('throw', {
    ...builtIn,
    deserialize: ({ code }: { code: string }): never => {
      throw new TypeError(code);
    },
  });

  let engine: ComlinkModule.Remote<EngineApi>;
  let running: Worker | undefined;
  const start = (address: string): void => {
    running?.terminate();
    const worker = new Worker(address, { type: 'module' });
    running = worker;
    engine = wrap<EngineApi>(worker);
  };
  const ignore = proxy(() => undefined);
  const decode = (base64: string) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const encode = (blob: Blob) =>
    new Promise<string>((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve((reader.result as string).replace(/^.*,/, ''));
      reader.readAsDataURL(blob);
    });
  const encodeBytes = (bytes: Uint8Array) => encode(new Blob([bytes.slice()]));

  globalThis.bench = {
    async open(address) {
      start(address);
      const report = (await engine.prepare('all', ignore))!;
      start(address);
      return report;
    },

    async protect(photo, given) {
      const bytes = decode(photo);
      const began = performance.now();
      const { photoId, faces, width, height } = await engine.inspect({ name: 'photo.jpg', bytes }, ignore);
      const result = await engine.protect(
        photoId,
        {
          faces: faces.filter(({ tooSmall }) => !tooSmall).map(({ id }) => id),
          signThreshold: 0.5,
          keepBothEyes: false,
          output: { format: 'png', size: 'original', sealOriginal: true },
          ...(given === undefined ? {} : { key: decode(given) }),
        },
        ignore,
      );
      const milliseconds = performance.now() - began;
      const [file, key] = await Promise.all([encodeBytes(result.file.bytes), encodeBytes(result.key)]);
      return { file, key, width, height, milliseconds, proof: result.proof, timings: result.timings };
    },

    async restore(file, key, mode) {
      const options = { mode, allowWrongKey: false };
      const source = { name: 'protected.png', bytes: decode(file) };
      const began = performance.now();
      try {
        const restored = await engine.restore(source, decode(key), options, ignore);
        const milliseconds = performance.now() - began;
        return { method: restored.method, file: await encodeBytes(restored.file.bytes), milliseconds };
      } catch (error) {
        return { error: (error as Error).message, milliseconds: performance.now() - began };
      }
    },

    async compare(...files) {
      const [one, other] = await Promise.all(
        files.map(async (file) => {
          const bitmap = await createImageBitmap(new Blob([decode(file)]));
          const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
          context.drawImage(bitmap, 0, 0);
          return context.getImageData(0, 0, bitmap.width, bitmap.height).data;
        }),
      );
      let [changed, largest] = [0, 0];
      one!.forEach((value, i) => {
        const difference = Math.abs(value - other![i]!);
        if (difference > 0) changed++;
        largest = Math.max(largest, difference);
      });
      return { changed: changed / one!.length, largest };
    },

    async resave(
      file,
      { type, quality, crop = 0, turn = 0, scale = 1, longest = Infinity, filter = 'none' },
    ) {
      const bitmap = await createImageBitmap(new Blob([decode(file)]));
      const [width, height] = [bitmap.width, bitmap.height].map((side) => side - 2 * Math.round(side * crop));
      const factor = Math.min(scale, longest / Math.max(width!, height!));
      const canvas = new OffscreenCanvas(Math.round(width! * factor), Math.round(height! * factor));
      const context = canvas.getContext('2d')!;
      context.imageSmoothingQuality = 'high';
      context.filter = filter;
      const angle = (turn * Math.PI) / 180;
      const exact = canvas.width / width!;
      context.translate(canvas.width / 2, canvas.height / 2);
      context.rotate(angle);
      context.scale(exact, exact);
      context.drawImage(bitmap, -bitmap.width / 2, -bitmap.height / 2);
      const blob = await canvas.convertToBlob({ type, ...(quality === undefined ? {} : { quality }) });
      const [a, b] = [Math.cos(angle) / exact, -Math.sin(angle) / exact];
      const tx = (bitmap.width - a * canvas.width + b * canvas.height) / 2;
      const ty = (bitmap.height - b * canvas.width - a * canvas.height) / 2;
      return { file: await encode(blob), toOld: { a, b, tx, ty } };
    },
  };
}
