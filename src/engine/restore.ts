import { frameIn } from '../dicom/record-element';
import { RofiError } from '../errors';
import { LABELS, type ImageFormat } from '../formats/labels';
import { sniffFormat } from '../formats/sniff';
import { safeFileName } from '../record/file-name';
import { pixelsDigest } from '../record/record';
import type { RecordHeader, SealedContent } from '../record/types';
import type { ProtectedSummary, RestoreOptions, RestoreResult, Step } from './api';
import { isSamePicture } from './checks/same-picture';
import { alignEyes, eyeCentres, eyesOf } from './geometry/alignment';
import { blendFaces } from './drawing/blending';
import { findRecord, readHeader } from './restoration/found-record';
import type { Decode } from './restoration/last-photo';
import { encodePng } from './image/codecs';
import { decodePhoto } from './image/decode';
import { MAX_PROTECTED_MEGABYTES } from './image/limits';
import { previewOf } from './image/resize';
import { drawStranger, restoreFace } from './restoration/restore-face';
import { readFace, unsealFace } from './sealed-code/read-face';
import type { StepClock } from './worker/step-clock';
import type { Tools } from './tools';
import type { Photo, Pixels, Similarity, SourceFile } from './types';

/**
 * All pixels of a photo, protected or not.
 *
 * @throws RofiError what decoding throws
 */
export async function decodePicture(file: SourceFile): Promise<Pixels> {
  return (await decodeProtected(file)).pixels;
}

/**
 * Says what a file is, without any key, as far as it says so itself: {@link restorePhoto} makes sure.
 *
 * @throws RofiError `damaged-file`, `unsupported-version`, and what decoding throws
 */
export async function summarise(
  file: SourceFile,
  decode: Decode = decodeProtected,
): Promise<ProtectedSummary> {
  const header = await readHeader(file);
  const photo = header === null ? await decode(file) : await ifPossible(decode(file));
  const preview = photo && previewOf(photo.pixels);
  if (header === null) return { kind: 'no-record', keyId: null, pixelsChanged: false, preview };
  return {
    kind: header.contents === 'original' ? 'sealed' : 'pixels-only',
    keyId: header.keyId,
    pixelsChanged: photo === null || (await arePixelsChanged(photo.pixels, header)),
    preview,
  };
}

/**
 * Gives the original back: its sealed bytes when the file still has them, else what is sealed in the pixels of
 * each face, finished by the restorer. A record is believed only when the key has opened it.
 *
 * @throws RofiError `wrong-key` when the record wants another key, `key-fits-nowhere` when there is no record and no
 * face's pixels answer to the key, `changed-too-much` when the record's own key finds nothing in them, `damaged-file`,
 * `unsupported-version`, `no-face`, `only-covered` when the record says that no face was
 * replaced, and what codecs and networks throw
 */
export async function restorePhoto(
  file: SourceFile,
  key: Uint8Array,
  { mode, allowWrongKey }: RestoreOptions,
  openTools: () => Promise<Tools>,
  clock: StepClock,
  decode: Decode = decodeProtected,
): Promise<RestoreResult> {
  // The record first: it decides which steps there are.
  const record = await findRecord(file, key, mode);
  if (record.kind === 'other-key' && !allowWrongKey) throw new RofiError('wrong-key');
  const authentic = record.kind === 'authentic';
  const content = authentic && mode === 'auto' ? record.content : null;
  clock.announce(content === null ? STEPS_FROM_PIXELS : ['decode', 'open-record']);

  if (authentic && content !== null) {
    const seen = await clock.run('decode', () => ifPossible(decode(file)));
    const changed = seen === null || (await arePixelsChanged(seen.pixels, record.header));
    const changedFrom = changed ? { seen: seen?.pixels ?? null, header: record.header } : null;
    const opened = await clock.run('open-record', () =>
      openOriginal(content, frameIn(file.bytes), changedFrom),
    );
    const places = seen && recordedTransforms(record.header, seen.pixels);
    const eyes = seen && places ? eyesIn(seen.pixels, places) : [];
    return { ...opened, pixelsChanged: changed, protectedPreview: seen && previewOf(seen.pixels), eyes };
  }
  const photo = await clock.run('decode', () => decode(file));
  const pixelsChanged = authentic ? await arePixelsChanged(photo.pixels, record.header) : null;
  const protectedPreview = previewOf(photo.pixels);
  const header = record.kind === 'none' ? null : record.header;
  const keyMatches = header && authentic;
  const inHand = { key, header, keyMatches, allowWrongKey };
  const restored = await restoreFromPixels(photo, inHand, await openTools(), clock);
  return { ...restored, pixelsChanged, protectedPreview };
}

const STEPS_FROM_PIXELS: readonly Step[] = [
  'decode',
  'load-networks',
  'find-faces',
  'align',
  'restore',
  'blend',
  'encode',
];

/** A protected file holds its picture and, sealed, the whole original. */
export function decodeProtected(file: SourceFile): Promise<Photo> {
  return decodePhoto(file, MAX_PROTECTED_MEGABYTES);
}

/** A picture that cannot be shown is no reason to keep back what is sealed with it, or is it itself. */
async function ifPossible(decoded: Promise<Photo>): Promise<Photo | null> {
  try {
    return await decoded;
  } catch (error) {
    if (error instanceof RofiError && error.code !== 'out-of-memory') return null;
    throw error;
  }
}

type Restored = Omit<RestoreResult, 'pixelsChanged' | 'protectedPreview'>;
type Opened = Omit<Restored, 'eyes'>;

/**
 * @param frame - of the original that was protected
 * @param changed - the protected picture where it is not the one the original was sealed into, and what was sealed with it
 */
async function openOriginal(
  { original, sha256 }: SealedContent,
  frame: number,
  changed: { readonly seen: Pixels | null; readonly header: RecordHeader } | null,
): Promise<Opened> {
  const photo = await ifPossible(decodeProtected({ ...original, frame }));
  const format = formatOf(original.bytes);
  return {
    method: 'exact',
    // The name is from whoever made the file.
    file: {
      name: safeFileName(original.name, format ? LABELS[format].extensions : ['bin']),
      bytes: original.bytes,
    },
    mime: format ? LABELS[format].mime : 'application/octet-stream',
    preview: photo && previewOf(photo.pixels),
    sha256,
    keyFits: 'record',
    facesLeft: 0,
    samePicture: changed === null || isSame(photo, changed.seen, changed.header),
  };
}

/** Null for what is no picture that is known here. */
function formatOf(bytes: Uint8Array): ImageFormat | null {
  try {
    return sniffFormat(bytes);
  } catch {
    return null;
  }
}

/** Pictures that cannot be seen may be of anybody. */
function isSame(original: Photo | null, seen: Pixels | null, header: RecordHeader): boolean {
  return original !== null && seen !== null && isSamePicture(original.pixels, seen, header);
}

/** What is known of a photo's key before its pixels are looked at. */
interface KeyInHand {
  readonly key: Uint8Array;
  readonly header: RecordHeader | null;
  readonly keyMatches: boolean | null;
  readonly allowWrongKey: boolean;
}

async function restoreFromPixels(
  { source, pixels }: Photo,
  { key, header, keyMatches, allowWrongKey }: KeyInHand,
  tools: Tools,
  clock: StepClock,
): Promise<Restored> {
  const places = await clock.run(
    'find-faces',
    () => recordedTransforms(header, pixels) ?? tools.findFaces(pixels).map(alignFound),
  );
  const covered = header?.covered?.length ?? 0;
  if (places.length === 0) throw new RofiError(covered > 0 ? 'only-covered' : 'no-face');

  const faces = await clock.runEach('align', places, (place) => readFace(pixels, place));
  const restored = await clock.runEach('restore', faces, async (face) => {
    const unsealed = await unsealFace(face, key);
    return unsealed.kind === 'picture' ? restoreFace(face, unsealed, tools) : null;
  });
  const fitting = restored.filter((face) => face !== null);
  if (fitting.length === 0 && !allowWrongKey) {
    throw new RofiError(keyMatches ? 'changed-too-much' : 'key-fits-nowhere');
  }
  // Where the key fits nothing, its person was asked for; else a face that does not answer stays as it is.
  const shown =
    fitting.length > 0
      ? fitting
      : await clock.runEach('restore', faces, (face) => drawStranger(pixels, face.transform, key, tools));
  const blended = await clock.run('blend', () => blendFaces(pixels, shown));
  const bytes = await clock.run('encode', () => encodePng(blended));
  return {
    method: 'neural',
    file: { name: pixelsName(source.name, fitting.length > 0), bytes },
    mime: 'image/png',
    preview: previewOf(blended),
    sha256: null,
    keyFits: fitting.length === 0 ? 'nothing' : keyMatches ? 'record' : 'pixels',
    facesLeft: faces.length - shown.length + covered,
    samePicture: null,
    eyes: eyesIn(
      pixels,
      faces.map(({ transform }) => transform),
    ),
  };
}

/** What came from pixels is named for what it is, however far it travels from this page. */
function pixelsName(name: string, isPerson: boolean): string {
  const stem = name.replace(/\.[^.]*$/, '').replace(/^protected-/, '');
  return safeFileName(`${isPerson ? 'rebuilt' : 'not-the-person'}-${stem}.png`, ['png']);
}

function eyesIn({ width }: Pixels, places: readonly Similarity[]): RestoreResult['eyes'] {
  return places.map((place) => {
    const [right, left] = eyesOf(place);
    return [
      { x: right.x / width, y: right.y / width },
      { x: left.x / width, y: left.y / width },
    ];
  });
}

/** A face that was found, aligned by its eyes: near enough for its public pattern to be found. */
function alignFound(landmarks: Float32Array): Similarity {
  return alignEyes(eyeCentres(landmarks));
}

/** The alignment that protection used, known exactly as long as the picture has its size. */
function recordedTransforms(header: RecordHeader | null, pixels: Pixels): readonly Similarity[] | null {
  if (header === null) return null;
  const { image, faces } = header;
  if (image.width !== pixels.width || image.height !== pixels.height) return null;
  return faces.map(({ transform }) => transform);
}

/** A photo is summarised first, and restored then. */
const digests = new WeakMap<Pixels, Promise<string>>();

async function arePixelsChanged(pixels: Pixels, { image }: RecordHeader): Promise<boolean> {
  const digest = digests.get(pixels) ?? pixelsDigest(pixels);
  digests.set(pixels, digest);
  return (await digest) !== image.sha256;
}
