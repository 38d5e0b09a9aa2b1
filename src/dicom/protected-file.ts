/**
 * The protected photograph as a DICOM file: VL Photographic Image, de-identified by PS3.15, Annex E, with the record in a
 * private block. Made anew from the list of what is kept, never from the original with parts removed.
 */
import { startsWith } from '../bytes';
import { describePhoto } from './frames';
import { code, keptElements } from './kept';
import { pseudonymsOf } from './pseudonyms';
import { readDicom } from './read';
import { PRIVATE_CREATOR, PRIVATE_GROUP, recordElements } from './record-element';
import { TAG, VL_PHOTOGRAPHIC } from './tags';
import type { DataElement, Dates, DicomFile } from './types';
import { text } from './values';
import {
  EXPLICIT_LITTLE_ENDIAN,
  bytesElement,
  dataSetOf,
  sequence,
  textElement,
  uint16Element,
  writeDicom,
} from './write';

const JPEG_BASELINE = '1.2.840.10008.1.2.4.50';
const JPEG_START = Uint8Array.of(0xff, 0xd8);
const VISUAL_FEATURES = '113102';
/** Options of de-identification, PS3.16, CID 7050. */
const METHODS = {
  profile: ['113100', 'Basic Application Confidentiality Profile'],
  visualFeatures: [VISUAL_FEATURES, 'Clean Recognizable Visual Features Option'],
  kept: ['113106', 'Retain Longitudinal Temporal Information Full Dates Option'],
  shifted: ['113107', 'Retain Longitudinal Temporal Information Modified Dates Option'],
} as const;
const DERIVATIONS = {
  replaced: 'Face replaced by that of a person who does not exist',
  covered: 'Face or part of the picture covered by a coarse mosaic',
} as const;

/** The protected picture, in sRGB. */
export interface ProtectedPicture {
  readonly width: number;
  readonly height: number;
  /** A baseline JPEG, or interleaved RGB, 8 bits each. */
  readonly bytes: Uint8Array;
  /** Hex SHA-256 of what it decodes to: no two pictures get the same UID. */
  readonly sha256: string;
  /** ICC profile of sRGB. */
  readonly profile: Uint8Array;
}

export interface Protection {
  /** 32 bytes, which new UIDs and the shift of dates come from. */
  readonly key: Uint8Array;
  /** Which frame of the original it is, from 0. */
  readonly frame: number;
  readonly dates: Dates;
  /** What was done to the picture. */
  readonly changes: readonly (keyof typeof DERIVATIONS)[];
  /** Whether nobody in the picture may be recognised, as far as the page can tell. */
  readonly everybody: boolean;
  readonly record: Uint8Array;
}

/**
 * Writes the protected photo of a DICOM file.
 *
 * @throws RofiError what {@link readDicom} and {@link describePhoto} throw of the original; `not-a-key`
 */
export async function writeProtected(
  original: Uint8Array,
  picture: ProtectedPicture,
  { key, frame, dates, changes, everybody, record }: Protection,
): Promise<Uint8Array<ArrayBuffer>> {
  const source = readDicom(original);
  const { dataSet } = source;
  const names = await pseudonymsOf(key);
  const study = text(dataSet, TAG.study);
  const of = text(dataSet, TAG.sopInstance);
  const sopInstance = await names.uid(`${of}/${frame}/${picture.sha256}`);
  const jpeg = startsWith(picture.bytes, JPEG_START);
  const elements = [
    textElement(TAG.imageType, 'CS', 'DERIVED\\PRIMARY'),
    textElement(TAG.sopClass, 'UI', VL_PHOTOGRAPHIC),
    textElement(TAG.sopInstance, 'UI', sopInstance),
    ...EMPTY.map(([tag, vr]) => textElement(tag, vr, '')),
    textElement(TAG.modality, 'CS', 'XC'),
    textElement(TAG.derivation, 'ST', changes.map((change) => DERIVATIONS[change]).join('; ')),
    sequence(TAG.privateCharacteristics, [
      uint16Element(TAG.privateGroup, PRIVATE_GROUP),
      textElement(TAG.privateCreator, 'LO', PRIVATE_CREATOR),
      textElement(TAG.privateStatus, 'CS', 'SAFE'),
    ]),
    textElement(TAG.patientId, 'LO', await names.patient(text(dataSet, TAG.patientId) || study)),
    textElement(TAG.study, 'UI', await names.uid(study || of)),
    textElement(TAG.series, 'UI', await names.uid(text(dataSet, TAG.series) || of)),
    textElement(TAG.datesModified, 'CS', dates === 'kept' ? 'UNMODIFIED' : 'MODIFIED'),
    sequence(TAG.acquisitionContext),
    ...keptElements(dataSet, dates === 'kept' ? 0 : await names.days()),
    ...claims(everybody && !describePhoto(source).burnedIn, dates),
    ...pictureElements(picture, jpeg),
    ...lossElements(source, picture, jpeg),
    ...recordElements(record, frame),
  ];
  const transferSyntax = jpeg ? JPEG_BASELINE : EXPLICIT_LITTLE_ENDIAN;
  // What is kept takes the place of what would be empty.
  return writeDicom(
    { transferSyntax, dataSet: dataSetOf(elements) },
    { sopClass: VL_PHOTOGRAPHIC, sopInstance },
  );
}

/**
 * The same file without the claim that nobody in it can be recognised: for a picture that somebody has to look at first.
 *
 * @param file - from {@link writeProtected}
 */
export function withdrawClaims(file: Uint8Array): Uint8Array<ArrayBuffer> {
  const { transferSyntax, dataSet } = readDicom(file);
  const changed = new Map(dataSet);
  changed.delete(TAG.deidentification);
  for (const element of claims(false, 'kept')) changed.set(element.tag, element);
  const sopInstance = text(dataSet, TAG.sopInstance);
  return writeDicom({ transferSyntax, dataSet: changed }, { sopClass: VL_PHOTOGRAPHIC, sopInstance });
}

/** Elements that have to be there and say nothing. */
const EMPTY: readonly (readonly [tag: number, vr: string])[] = [
  [TAG.studyDate, 'DA'],
  [TAG.contentDate, 'DA'],
  [TAG.studyTime, 'TM'],
  [TAG.contentTime, 'TM'],
  [TAG.accessionNumber, 'SH'],
  [TAG.manufacturer, 'LO'],
  [TAG.referringPhysician, 'PN'],
  [TAG.patientName, 'PN'],
  [TAG.birthDate, 'DA'],
  [TAG.sex, 'CS'],
  [TAG.studyId, 'SH'],
  [TAG.seriesNumber, 'IS'],
  [TAG.instanceNumber, 'IS'],
  [TAG.patientOrientation, 'CS'],
];

/** Identity is removed only where the picture does not show it either (PS3.3, C.12.1.1.1). */
function claims(removed: boolean, dates: Dates): readonly DataElement[] {
  const yes = removed ? 'YES' : 'NO';
  const says = [
    textElement(TAG.identityRemoved, 'CS', yes),
    textElement(TAG.recognisable, 'CS', removed ? 'NO' : 'YES'),
  ];
  if (!removed) return says;
  const methods = [METHODS.profile, METHODS.visualFeatures, METHODS[dates]];
  const items = methods.map(([value, meaning]) => code(value, 'DCM', meaning));
  return [...says, sequence(TAG.deidentification, ...items)];
}

function pictureElements(
  { width, height, bytes, profile }: ProtectedPicture,
  jpeg: boolean,
): readonly DataElement[] {
  const pixels = bytesElement(TAG.pixels, 'OB', bytes);
  return [
    uint16Element(TAG.samples, 3),
    // What JPEG in luma and chroma is called, whatever its chroma's size (PS3.5, 8.2.1).
    textElement(TAG.photometric, 'CS', jpeg ? 'YBR_FULL_422' : 'RGB'),
    uint16Element(TAG.planar, 0),
    uint16Element(TAG.rows, height),
    uint16Element(TAG.columns, width),
    uint16Element(TAG.bitsAllocated, 8),
    uint16Element(TAG.bitsStored, 8),
    uint16Element(TAG.highBit, 7),
    uint16Element(TAG.pixelSign, 0),
    bytesElement(TAG.profile, 'OB', profile),
    textElement(TAG.colourSpace, 'CS', 'SRGB'),
    jpeg ? { ...pixels, value: new Uint8Array(0), fragments: [new Uint8Array(0), pixels.value] } : pixels,
  ];
}

/** Once lossy, always lossy; each time adds a ratio and a method. */
function lossElements(
  source: DicomFile,
  { width, height, bytes }: ProtectedPicture,
  jpeg: boolean,
): readonly DataElement[] {
  const { dataSet } = source;
  const before = describePhoto(source).lossy;
  if (!before && !jpeg) return [textElement(TAG.lossy, 'CS', '00')];
  const matching = (tag: number, looks: RegExp): readonly string[] =>
    text(dataSet, tag)
      .split('\\')
      .filter((value) => looks.test(value));
  const ratios = matching(TAG.lossyRatio, /^\d{1,4}(?:\.\d{1,4})?$/);
  const methods = matching(TAG.lossyMethod, /^ISO_(?:10918_1|14495_1|15444_1|13818_2|14496_10)$/);
  const known = ratios.length === methods.length ? ratios : [];
  const ownRatio = jpeg ? [((3 * width * height) / bytes.length).toFixed(2)] : [];
  const ownMethod = jpeg ? ['ISO_10918_1'] : [];
  return [
    textElement(TAG.lossy, 'CS', '01'),
    textElement(TAG.lossyRatio, 'DS', [...known, ...ownRatio].join('\\')),
    textElement(TAG.lossyMethod, 'CS', [...(known.length > 0 ? methods : []), ...ownMethod].join('\\')),
  ];
}
