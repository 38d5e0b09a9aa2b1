/** The photographs in a DICOM file, one by one. */
import { concat, startsWith, viewOf } from '../bytes';
import { RofiError } from '../errors';
import { markColours } from './jpeg-colours';
import { bytesAFrame, toRgba } from './native-pixels';
import { PHOTO_CLASSES, TAG } from './tags';
import type { DataSet, DicomFile, Frame, PhotoDescription } from './types';
import { broken, text, uint16 } from './values';

type Coding = Pick<PhotoDescription, 'coding' | 'lossy'>;

/** Transfer syntaxes whose pixels are read. */
const CODINGS: Readonly<Record<string, Coding>> = {
  '1.2.840.10008.1.2': { coding: 'native', lossy: false },
  '1.2.840.10008.1.2.1': { coding: 'native', lossy: false },
  '1.2.840.10008.1.2.4.50': { coding: 'jpeg', lossy: true },
  '1.2.840.10008.1.2.4.51': { coding: 'jpeg', lossy: true },
  '1.2.840.10008.1.2.4.57': { coding: 'jpeg', lossy: false },
  '1.2.840.10008.1.2.4.70': { coding: 'jpeg', lossy: false },
  '1.2.840.10008.1.2.4.90': { coding: 'jp2', lossy: false },
  '1.2.840.10008.1.2.4.91': { coding: 'jp2', lossy: true },
};

/** Others, by what they are called. */
const UNREAD: readonly (readonly [syntax: RegExp, name: string])[] = [
  [/^1\.2\.840\.10008\.1\.2\.5$/, 'RLE'],
  [/^1\.2\.840\.10008\.1\.2\.4\.8[01]$/, 'JPEG-LS'],
  [/^1\.2\.840\.10008\.1\.2\.4\.10\d/, 'MPEG'],
  [/^1\.2\.840\.10008\.1\.2\.4\.11\d$/, 'JPEG XL'],
  [/^1\.2\.840\.10008\.1\.2\.4\.20\d$/, 'HTJ2K'],
];

/** Samples a pixel of the photometric interpretations that are read. */
const SAMPLES: Readonly<Record<string, number>> = {
  MONOCHROME1: 1,
  MONOCHROME2: 1,
  'PALETTE COLOR': 1,
  RGB: 3,
  YBR_FULL: 3,
  YBR_FULL_422: 3,
  YBR_PARTIAL_420: 3,
  YBR_ICT: 3,
  YBR_RCT: 3,
};

/** What other kinds of files hold, by the beginning of their class. */
const OTHER_CLASSES: readonly (readonly [uid: RegExp, name: string])[] = [
  [/^1\.2\.840\.10008\.5\.1\.4\.1\.1\.(?:2|2\.1|2\.2)$/, 'CT'],
  [/^1\.2\.840\.10008\.5\.1\.4\.1\.1\.4(?:\.|$)/, 'MR'],
  [/^1\.2\.840\.10008\.5\.1\.4\.1\.1\.(?:3\.1|6\.1)$/, 'US'],
  [/^1\.2\.840\.10008\.5\.1\.4\.1\.1\.77\.1\.5\.[4-8]$/, 'OCT'],
  [/^1\.2\.840\.10008\.5\.1\.4\.1\.1\.77\.1\.[124]\.1$/, 'Video'],
  [/^1\.2\.840\.10008\.5\.1\.4\.1\.1\.104\.1$/, 'PDF'],
  [/^1\.2\.840\.10008\.5\.1\.4\.1\.1\.88\./, 'SR'],
  [/^1\.2\.840\.10008\.1\.3\.10$/, 'DICOMDIR'],
];

/**
 * Says how the photographs of a file are stored, without decoding any.
 *
 * @throws RofiError `dicom-no-photo` (with `values.kind`), `dicom-coding` (with `values.coding`), `cannot-decode`
 */
export function describePhoto({ transferSyntax, dataSet }: DicomFile): PhotoDescription {
  const sopClass = text(dataSet, TAG.sopClass);
  if (!PHOTO_CLASSES.has(sopClass)) {
    const kind = OTHER_CLASSES.find(([uid]) => uid.test(sopClass))?.[1];
    throw new RofiError('dicom-no-photo', sopClass, { kind: kind ?? (sopClass || '?') });
  }
  if (!dataSet.has(TAG.pixels)) throw new RofiError('dicom-no-photo', 'no pixels', { kind: '?' });
  const coding = CODINGS[transferSyntax];
  if (coding === undefined) {
    const name = UNREAD.find(([syntax]) => syntax.test(transferSyntax))?.[1];
    throw new RofiError('dicom-coding', transferSyntax, { coding: name ?? (transferSyntax || '?') });
  }
  const photometric = photometricOf(dataSet, coding.coding);
  const [height, width] = [uint16(dataSet, TAG.rows), uint16(dataSet, TAG.columns)];
  if (!height || !width) throw broken('no size');
  return {
    ...coding,
    width,
    height,
    frames: framesOf(dataSet),
    photometric,
    lossy: coding.lossy || text(dataSet, TAG.lossy) === '01',
    burnedIn: text(dataSet, TAG.burnedIn) === 'YES',
    profile: dataSet.get(TAG.profile)?.value ?? null,
  };
}

/** What a frame's decoder needs to be told; a picture inside says the rest of itself. */
function photometricOf(dataSet: DataSet, coding: PhotoDescription['coding']): string {
  const photometric = text(dataSet, TAG.photometric).toUpperCase();
  const samples = SAMPLES[photometric];
  if (samples === undefined || samples !== uint16(dataSet, TAG.samples)) {
    throw new RofiError('dicom-coding', 'photometric interpretation', { coding: photometric || '?' });
  }
  if (coding !== 'native') return photometric;
  const bits = uint16(dataSet, TAG.bitsAllocated);
  if (bits !== 8) throw new RofiError('dicom-coding', 'bits allocated', { coding: `${bits ?? '?'} bit` });
  if (samples === 3 && !/^(?:RGB|YBR_FULL|YBR_FULL_422)$/.test(photometric)) {
    throw new RofiError('dicom-coding', 'photometric interpretation', { coding: photometric });
  }
  return photometric;
}

function framesOf(dataSet: DataSet): number {
  const frames = text(dataSet, TAG.frames);
  if (frames === '') return 1;
  const count = Number(frames);
  if (!Number.isInteger(count) || count < 1) throw broken('no number of frames');
  return count;
}

/**
 * One photograph.
 *
 * @param number - from 0
 * @throws RofiError `cannot-decode` when the frame is not there, or not whole; `dicom-coding`
 */
export function readFrame({ dataSet }: DicomFile, photo: PhotoDescription, number: number): Frame {
  if (number >= photo.frames) throw broken(`no frame ${number + 1}`);
  const element = dataSet.get(TAG.pixels);
  if (photo.coding === 'native') {
    const length = bytesAFrame(photo);
    const bytes = element?.value.subarray(number * length, (number + 1) * length);
    if (bytes?.length !== length) throw broken('pixels cut off');
    return { kind: 'pixels', data: toRgba(bytes, photo, dataSet) };
  }
  if (element?.fragments === undefined) throw broken('no encapsulated frames');
  const bytes = encapsulatedFrame(element.fragments, photo.frames, number);
  const inverted = photo.photometric === 'MONOCHROME1';
  if (photo.coding === 'jp2') return { kind: 'jp2', bytes, inverted };
  return { kind: 'jpeg', bytes: markColours(bytes, photo.photometric), inverted };
}

/** Frames may be cut into fragments: the offset table says where, or as many fragments as frames do, or each one's end. */
function encapsulatedFrame(all: readonly Uint8Array[], frames: number, number: number): Uint8Array {
  const [table, ...fragments] = all;
  if (frames === 1) return concat(...fragments);
  if (fragments.length === frames) return fragments[number] ?? new Uint8Array(0);
  const starts = offsetsIn(table, frames);
  const parts = starts === null ? byEnds(fragments, number) : byOffsets(fragments, starts, number);
  if (parts.length === 0) throw broken(`no frame ${number + 1}`);
  return concat(...parts);
}

function offsetsIn(table: Uint8Array | undefined, frames: number): readonly number[] | null {
  if (table?.length !== 4 * frames) return null;
  const view = viewOf(table);
  return Array.from({ length: frames }, (_, i) => view.getUint32(4 * i, true));
}

/** Offsets count the heads of the fragments as well. */
function byOffsets(
  fragments: readonly Uint8Array[],
  starts: readonly number[],
  number: number,
): readonly Uint8Array[] {
  const [start = 0, end = Infinity] = [starts[number], starts[number + 1]];
  let at = 0;
  return fragments.filter((fragment) => {
    const here = at;
    at += fragment.length + 8;
    return here >= start && here < end;
  });
}

function byEnds(fragments: readonly Uint8Array[], number: number): readonly Uint8Array[] {
  let frame = 0;
  return fragments.filter((fragment) => {
    const here = frame;
    if (endsPicture(fragment)) frame++;
    return here === number;
  });
}

/** Both JPEG and JPEG 2000 end in FF D9, perhaps padded. */
function endsPicture(fragment: Uint8Array): boolean {
  const end = Uint8Array.of(0xff, 0xd9);
  return startsWith(fragment, end, fragment.length - 2) || startsWith(fragment, end, fragment.length - 3);
}
