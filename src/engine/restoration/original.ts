/** The sealed original: its bytes at once and, which takes longer, whether it belongs to the picture it came with. */
import { frameIn, recordIn } from '../../dicom/record-element';
import { LABELS, type ImageFormat } from '../../formats/labels';
import { sniffFormat } from '../../formats/sniff';
import { safeFileName } from '../../record/file-name';
import { openRecord } from '../../record/record';
import type { RecordHeader, SealedContent } from '../../record/types';
import type { PictureCheck, RestoreResult } from '../api';
import { isSamePicture } from '../checks/same-picture';
import { previewOf } from '../image/resize';
import type { Pixels, SourceFile } from '../types';
import type { Decode } from './last-photo';
import { eyesIn } from './places';
import { arePixelsChanged, decodeProtected, ifPossible } from './protected-picture';

/** What a record gave back, before any picture is decoded. */
export function openedOriginal(
  { original, sha256 }: SealedContent,
  { image, faces }: RecordHeader,
  file: SourceFile,
): RestoreResult {
  const { name, bytes } = original;
  const format = formatOf(bytes);
  return {
    method: 'exact',
    // The name is from whoever made the file.
    file: {
      name: safeFileName(name, format ? LABELS[format].extensions : ['bin']),
      bytes,
      frame: frameIn(file.bytes),
    },
    mime: format ? LABELS[format].mime : 'application/octet-stream',
    sha256,
    keyFits: 'record',
    facesLeft: 0,
    shape: image.width / image.height,
    eyes: eyesIn(
      image.width,
      faces.map(({ transform }) => transform),
    ),
    pictures: null,
  };
}

/**
 * Whether the original in a file belongs to the picture that the file shows.
 *
 * @throws RofiError `wrong-key`, `pixels-only`, `not-protected`, `damaged-file`, `unsupported-version`, `out-of-memory`
 */
export async function checkOriginal(
  file: SourceFile,
  key: Uint8Array,
  decode: Decode = decodeProtected,
): Promise<PictureCheck> {
  const { header, original } = await openRecord(recordIn(file.bytes), key);
  const seen = (await ifPossible(decode(file)))?.pixels ?? null;
  const pixelsChanged = seen === null || (await arePixelsChanged(seen, header));
  const source = { ...original, frame: frameIn(file.bytes) };
  return {
    protectedPreview: seen && previewOf(seen),
    pixelsChanged,
    samePicture: !pixelsChanged || (await isSame(source, seen, header)),
  };
}

/** Pictures that cannot be seen may be of anybody. */
async function isSame(original: SourceFile, seen: Pixels | null, header: RecordHeader): Promise<boolean> {
  if (seen === null) return false;
  const photo = await ifPossible(decodeProtected(original));
  return photo !== null && isSamePicture(photo.pixels, seen, header);
}

/** Null for what is no picture that is known here. */
function formatOf(bytes: Uint8Array): ImageFormat | null {
  try {
    return sniffFormat(bytes);
  } catch {
    return null;
  }
}
