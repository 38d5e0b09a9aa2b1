import { RofiError } from '../errors';
import { safeFileName } from '../record/file-name';
import type { RecordHeader } from '../record/types';
import type { ProtectedSummary, RestoreOptions, RestoreResult, Step } from './api';
import { alignEyes, eyeCentres } from './geometry/alignment';
import { blendFaces } from './drawing/blending';
import { findRecord, readHeader } from './restoration/found-record';
import type { Decode } from './restoration/last-photo';
import { openedOriginal } from './restoration/original';
import { eyesIn, recordedTransforms } from './restoration/places';
import { arePixelsChanged, decodeProtected } from './restoration/protected-picture';
import { encodePng } from './image/codecs';
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
 * @throws RofiError `damaged-file`, `unsupported-version`
 */
export async function summarise(file: SourceFile): Promise<ProtectedSummary> {
  const header = await readHeader(file);
  if (header === null) return { kind: 'no-record', keyId: null };
  return { kind: header.contents === 'original' ? 'sealed' : 'pixels-only', keyId: header.keyId };
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
  // The record first: it decides which steps there are, and what it gives back waits for no picture.
  const record = await findRecord(file, key, mode);
  if (record.kind === 'other-key' && !allowWrongKey) throw new RofiError('wrong-key');
  const authentic = record.kind === 'authentic';
  if (authentic && mode === 'auto' && record.content) {
    return openedOriginal(record.content, record.header, file);
  }
  clock.announce(STEPS_FROM_PIXELS);
  const photo = await clock.run('decode', () => decode(file));
  const header = record.kind === 'none' ? null : record.header;
  const inHand = { key, header, keyMatches: header && authentic, allowWrongKey };
  return restoreFromPixels(photo, inHand, await openTools(), clock);
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
): Promise<RestoreResult> {
  const pixelsChanged = header && keyMatches ? await arePixelsChanged(pixels, header) : null;
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
    sha256: null,
    keyFits: fitting.length === 0 ? 'nothing' : keyMatches ? 'record' : 'pixels',
    facesLeft: faces.length - shown.length + covered,
    shape: pixels.width / pixels.height,
    eyes: eyesIn(
      pixels.width,
      faces.map(({ transform }) => transform),
    ),
    pictures: {
      preview: previewOf(blended),
      check: {
        protectedPreview: previewOf(pixels),
        pixelsChanged,
        samePicture: null,
      },
    },
  };
}

/** What came from pixels is named for what it is, however far it travels from this page. */
function pixelsName(name: string, isPerson: boolean): string {
  const stem = name.replace(/\.[^.]*$/, '').replace(/^protected-/, '');
  return safeFileName(`${isPerson ? 'rebuilt' : 'not-the-person'}-${stem}.png`, ['png']);
}

/** A face that was found, aligned by its eyes: near enough for its public pattern to be found. */
function alignFound(landmarks: Float32Array): Similarity {
  return alignEyes(eyeCentres(landmarks));
}
