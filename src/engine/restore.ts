import { RofiError } from '../errors';
import { extractRecord } from '../record/container';
import { keyId } from '../record/key';
import { openRecord, pixelsDigest, readRecord } from '../record/record';
import type { RecordHeader } from '../record/types';
import { agreement, keyFits } from './agreement';
import type { ProtectedSummary, RestoreOptions, RestoreResult } from './api';
import { CROP_SIZE } from './face/alignment';
import { blendFaces, type BlendedFace } from './face/blending';
import { encodePng } from './image/codecs';
import { decodePhoto } from './image/decode';
import { sniffFormat } from './image/format';
import { previewOf } from './image/resize';
import { identityOf } from './key-identity';
import { refineAlignment } from './refine-alignment';
import { foundFace, recordedFace, restoreFace } from './restore-face';
import type { StepClock } from './step-clock';
import type { Tools } from './tools';
import type { Photo, Pixels, Similarity, SourceFile, TranslatedFace } from './types';

/** So many photo pixels to one of the crop leave room for detail. */
const FINER = 1.5;
const EVERYWHERE = new Float32Array(CROP_SIZE ** 2).fill(1);

/** The record in a protected file, with its open part read. */
interface FoundRecord {
  readonly bytes: Uint8Array;
  readonly header: RecordHeader;
}

/**
 * Says what a file is, without any key.
 *
 * @throws RofiError `damaged-file`, `unsupported-version`, and what decoding throws
 */
export async function summarise(file: SourceFile): Promise<ProtectedSummary> {
  const { pixels } = await decodePhoto(file);
  const record = await findRecord(file);
  if (record === null) return { kind: 'no-record', keyId: null, pixelsChanged: false };
  const { contents, keyId: id } = record.header;
  return {
    kind: contents === 'original' ? 'sealed' : 'pixels-only',
    keyId: id,
    pixelsChanged: await arePixelsChanged(pixels, record),
  };
}

/**
 * Gives the original back: its sealed bytes when the file still has them, else what the networks make of the pixels.
 *
 * @throws RofiError `wrong-key` when the record wants another key, `key-fits-nowhere` when there is no record and no
 * face's pixels answer to the key, `changed-too-much` when the record's own key finds nothing in them, `damaged-file`,
 * `unsupported-version`, `no-face`, and what codecs and networks throw
 */
export async function restorePhoto(
  file: SourceFile,
  key: Uint8Array,
  { mode, allowWrongKey }: RestoreOptions,
  openTools: () => Promise<Tools>,
  clock: StepClock,
): Promise<RestoreResult> {
  const photo = await clock.run('decode', () => decodePhoto(file));
  const record = await clock.run('open-record', () => findRecord(file, mode));
  const keyMatches = record && (await keyId(key)) === record.header.keyId;
  if (keyMatches === false && !allowWrongKey) throw new RofiError('wrong-key');

  const exact = mode === 'auto' && keyMatches === true && record.header.contents === 'original';
  const restored = exact
    ? await clock.run('open-record', () => openOriginal(record, key))
    : await restoreFromPixels(photo, { key, record, keyMatches, allowWrongKey }, await openTools(), clock);
  const pixelsChanged = record && (await arePixelsChanged(photo.pixels, record));
  return { ...restored, pixelsChanged, protectedPreview: previewOf(photo.pixels) };
}

type Restored = Omit<RestoreResult, 'pixelsChanged' | 'protectedPreview'>;

async function openOriginal(record: FoundRecord, key: Uint8Array): Promise<Restored> {
  const { original, sha256 } = await openRecord(record.bytes, key);
  const { pixels } = await decodePhoto(original);
  const mime = `image/${sniffFormat(original.bytes)}`;
  const preview = previewOf(pixels);
  return { method: 'exact', file: original, mime, preview, sha256, keyFits: 'record', facesLeft: 0 };
}

/** What is known of a photo's key before its pixels are looked at. */
interface KeyInHand {
  readonly key: Uint8Array;
  readonly record: FoundRecord | null;
  readonly keyMatches: boolean | null;
  readonly allowWrongKey: boolean;
}

async function restoreFromPixels(
  { pixels }: Photo,
  { key, record, keyMatches, allowWrongKey }: KeyInHand,
  tools: Tools,
  clock: StepClock,
): Promise<Restored> {
  const identity = await identityOf(key, tools);
  const recorded = recordedTransforms(record, pixels);
  const found = await clock.run('find-faces', () =>
    recorded
      ? recorded.map((transform) => recordedFace(transform, pixels, tools))
      : tools.findFaces(pixels).map(foundFace),
  );
  if (found.length === 0) throw new RofiError('no-face');

  const faces = recorded
    ? found
    : await clock.runEach('align', found, (face, _, onShare) =>
        refineAlignment(pixels, face, identity, tools, onShare),
      );
  const restored = await clock.runEach('restore', faces, (face) =>
    restoreFace(pixels, face, identity, tools),
  );
  const fitting = restored.filter((face) => keyFits(agreement(face)));
  if (fitting.length === 0 && !allowWrongKey) {
    throw new RofiError(keyMatches ? 'changed-too-much' : 'key-fits-nowhere');
  }
  // Where the key fits nothing, its virtual face was asked for; else a face that does not answer stays as it is.
  const shown = fitting.length > 0 ? fitting : restored;
  const blended = await clock.run('blend', () => blendFaces(pixels, shown.map(withDetail)));
  const bytes = await clock.run('encode', () => encodePng(blended));
  return {
    method: 'neural',
    file: { name: 'restored.png', bytes },
    mime: 'image/png',
    preview: previewOf(blended),
    sha256: null,
    keyFits: fitting.length === 0 ? 'nothing' : keyMatches ? 'record' : 'pixels',
    facesLeft: restored.length - shown.length,
  };
}

/**
 * What a protected photo shows much finer than the crop is the original's own: kept signs and eye openings. In a
 * coarser photo it would be the hidden code.
 */
function withDetail({ aligned, image }: TranslatedFace): BlendedFace {
  const { a, b } = aligned.transform;
  const finer = Math.hypot(a, b) * FINER <= 1;
  return finer ? { aligned, image, detail: { kept: EVERYWHERE, own: aligned.image } } : { aligned, image };
}

/** The alignment that protection used, known exactly as long as the picture has its size. */
function recordedTransforms(record: FoundRecord | null, pixels: Pixels): readonly Similarity[] | null {
  if (record === null) return null;
  const { image, faces } = record.header;
  if (image.width !== pixels.width || image.height !== pixels.height) return null;
  return faces.map(({ transform }) => transform);
}

/** Null without a record; with `neural` a damaged one does not matter either. */
async function findRecord(
  file: SourceFile,
  mode: RestoreOptions['mode'] = 'auto',
): Promise<FoundRecord | null> {
  try {
    const bytes = extractRecord(file.bytes);
    return { bytes, header: await readRecord(bytes) };
  } catch (error) {
    const code = error instanceof RofiError ? error.code : 'internal';
    const harmless = mode === 'neural' ? NO_USABLE_RECORD : NO_RECORD;
    if (harmless.has(code)) return null;
    throw error;
  }
}

const NO_RECORD: ReadonlySet<string> = new Set(['not-protected']);
const NO_USABLE_RECORD: ReadonlySet<string> = new Set([
  'not-protected',
  'damaged-file',
  'unsupported-version',
]);

async function arePixelsChanged(pixels: Pixels, { header }: FoundRecord): Promise<boolean> {
  return (await pixelsDigest(pixels)) !== header.image.sha256;
}
