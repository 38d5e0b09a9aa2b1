import { embedRecord } from '../record/container';
import { pixelsDigest, sealRecord } from '../record/record';
import type { OutputOptions, ProtectOptions } from './api';
import { encodeJpeg, encodePng } from './image/codecs';
import { decodePixels } from './image/decode';
import type { StepClock } from './worker/step-clock';
import type { Tools } from './tools';
import type { Box, Pixels, SourceFile, TranslatedFace } from './types';

/** A protected photo as it leaves the device, and what its own bytes decode to. */
export interface ProtectedFile {
  readonly source: SourceFile;
  readonly mime: string;
  readonly decoded: Pixels;
}

/** What the record tells besides the pixels. */
export interface ExportContext {
  readonly original: SourceFile;
  /** With the number of the person drawn on each. */
  readonly faces: readonly (TranslatedFace & { readonly number: number })[];
  /** Boxes round what is covered, whole pixels. */
  readonly covered: readonly Box[];
  readonly key: Uint8Array;
  readonly options: ProtectOptions;
}

/**
 * Encodes the protected pixels and seals the record into the file. Nothing else of the original goes along.
 *
 * @throws RofiError what codecs and record throw
 */
export async function exportPhoto(
  pixels: Pixels,
  { original, faces, covered, key, options }: ExportContext,
  { modelDigests }: Tools,
  clock: StepClock,
): Promise<ProtectedFile> {
  const { format, sealOriginal } = options.output;
  const image = await clock.run('encode', () => ENCODERS[format](pixels));
  return clock.run('seal', async () => {
    const { width, height } = pixels;
    // What the record vouches for is what a reader will decode, which JPEG changes.
    const sha256 = await pixelsDigest(format === 'png' ? pixels : await decodePixels(image, format));
    const details = {
      image: { width, height, sha256 },
      faces: faces.map(({ aligned, number }) => ({ transform: aligned.transform, person: number })),
      ...(covered.length > 0 && { covered }),
      signThreshold: options.signThreshold,
      options: { keepBothEyes: options.keepBothEyes },
      models: modelDigests,
    };
    const bytes = embedRecord(image, await sealRecord(key, details, sealOriginal ? original : null));
    return {
      source: { name: `protected-${sha256.slice(0, 8)}.${EXTENSIONS[format]}`, bytes },
      mime: `image/${format}`,
      decoded: await decodePixels(bytes, format),
    };
  });
}

const ENCODERS: Readonly<
  Record<OutputOptions['format'], (pixels: Pixels) => Promise<Uint8Array<ArrayBuffer>>>
> = {
  png: encodePng,
  jpeg: encodeJpeg,
};
const EXTENSIONS = { png: 'png', jpeg: 'jpg' } as const;
