import { LABELS } from '../formats/labels';
import { sniffFormat } from '../formats/sniff';
import { embedRecord } from '../record/container';
import { pixelsDigest, sealRecord } from '../record/record';
import type { OutputOptions, ProtectOptions } from './api';
import { encodeJpeg, encodePng } from './image/codecs';
import { decodePhoto, decodePixels } from './image/decode';
import { MAX_PROTECTED_MEGABYTES } from './image/limits';
import { dicomWriter } from './export-dicom';
import { withdrawClaims } from '../dicom/protected-file';
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
  /** Boxes round what is covered by a mosaic, whole pixels. */
  readonly covered: readonly Box[];
  /** Whether these are all faces that were found, and none is covered: that hides less. */
  readonly everybody: boolean;
  readonly key: Uint8Array;
  readonly options: ProtectOptions;
}

/** How a picture gets into a file of some format. */
export interface PictureWriter {
  /** The picture alone. */
  readonly encode: (pixels: Pixels) => Promise<Uint8Array>;
  /** What the picture alone decodes to, which JPEG changes. */
  readonly decode: (picture: Uint8Array, pixels: Pixels) => Promise<Pixels>;
  /** @param sha256 - digest of the decoded pixels */
  readonly embed: (
    picture: Uint8Array,
    record: Uint8Array,
    pixels: Pixels,
    sha256: string,
  ) => Uint8Array | Promise<Uint8Array>;
}

/**
 * Encodes the protected pixels and seals the record into the file. Nothing else of the original goes along, but what the
 * list of a DICOM file's kept elements allows.
 *
 * @throws RofiError what codecs, record and DICOM files throw
 */
export async function exportPhoto(
  pixels: Pixels,
  context: ExportContext,
  { modelDigests }: Tools,
  clock: StepClock,
): Promise<ProtectedFile> {
  const { original, faces, covered, key, options } = context;
  const { format, sealOriginal } = options.output;
  const writer = WRITERS[format](context);
  const picture = await clock.run('encode', () => writer.encode(pixels));
  return clock.run('seal', async () => {
    const { width, height } = pixels;
    // What the record vouches for is what a reader will decode.
    const sha256 = await pixelsDigest(await writer.decode(picture, pixels));
    const details = {
      image: { width, height, sha256 },
      faces: faces.map(({ aligned, number }) => ({ transform: aligned.transform, person: number })),
      ...(covered.length > 0 && { covered }),
      signThreshold: options.signThreshold,
      options: { keepBothEyes: options.keepBothEyes },
      models: modelDigests,
    };
    const record = await sealRecord(key, details, sealOriginal ? original : null);
    const bytes = await writer.embed(picture, record, pixels, sha256);
    const { mime, extensions } = LABELS[format];
    const source = { name: `protected-${sha256.slice(0, 8)}.${extensions[0]}`, bytes };
    return { source, mime, decoded: await decodeFinished(source, format) };
  });
}

/** The file for a picture that somebody has to look at first: a DICOM file says there that nobody can be recognised. */
export function withoutClaims(file: SourceFile): SourceFile {
  return sniffFormat(file.bytes) === 'dicom' ? { ...file, bytes: withdrawClaims(file.bytes) } : file;
}

async function decodeFinished(file: SourceFile, format: OutputOptions['format']): Promise<Pixels> {
  if (format !== 'dicom') return decodePixels(file.bytes, format);
  return (await decodePhoto(file, MAX_PROTECTED_MEGABYTES)).pixels;
}

const WRITERS: Readonly<Record<OutputOptions['format'], (context: ExportContext) => PictureWriter>> = {
  png: () => ({ encode: encodePng, decode: (_, pixels) => Promise.resolve(pixels), embed: embedRecord }),
  jpeg: () => ({
    encode: encodeJpeg,
    decode: (picture) => decodePixels(picture, 'jpeg'),
    embed: embedRecord,
  }),
  dicom: dicomWriter,
};
