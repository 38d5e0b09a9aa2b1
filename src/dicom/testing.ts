/** Shared by tests here and in the engine: DICOM files of photographs, full of what must not come through. */
import { encodeText } from '../bytes';
import { TAG, VL_PHOTOGRAPHIC } from './tags';
import type { DataElement } from './types';
import { bytesElement, dataSetOf, sequence, textElement, uint16Element, writeDicom } from './write';

export const EXPLICIT = '1.2.840.10008.1.2.1';
export const JPEG_BASELINE = '1.2.840.10008.1.2.4.50';

/** Words that must never reach a protected file. */
export const PRIVATE_WORDS = ['Mustermann', 'MRN-4711', 'Eye Hospital', '19700102', '1.2.3.4', 'serial-99'];

export const STUDY = '1.2.3.4.5';
export const SERIES = '1.2.3.4.5.6';
export const INSTANCE = '1.2.3.4.5.6.7';

export interface Stored {
  readonly width: number;
  readonly height: number;
  readonly photometric: string;
  /** Native pixels, or one picture a frame. */
  readonly pixels: Uint8Array | readonly Uint8Array[];
  readonly transferSyntax?: string;
  readonly sopClass?: string;
  readonly frames?: number;
  /** In place of, or beside, what else is there. */
  readonly others?: readonly DataElement[];
}

/** A photograph of a patient with a name, numbers, dates, places and private elements. */
export function patientPhoto(stored: Stored): Uint8Array<ArrayBuffer> {
  const { width, height, photometric, pixels, frames, others = [] } = stored;
  const { transferSyntax = EXPLICIT, sopClass = VL_PHOTOGRAPHIC } = stored;
  const samples = /^(?:MONO|PALETTE)/.test(photometric) ? 1 : 3;
  const encapsulated = Array.isArray(pixels) ? (pixels as readonly Uint8Array[]) : null;
  const even = (bytes: Uint8Array): Uint8Array => bytesElement(TAG.pixels, 'OB', bytes).value;
  const elements = [
    textElement(TAG.characterSet, 'CS', 'ISO_IR 192'),
    textElement(TAG.imageType, 'CS', 'ORIGINAL\\PRIMARY'),
    textElement(TAG.sopClass, 'UI', sopClass),
    textElement(TAG.sopInstance, 'UI', INSTANCE),
    textElement(TAG.studyDate, 'DA', '20240229'),
    textElement(TAG.contentDate, 'DA', '20240301'),
    textElement(TAG.studyTime, 'TM', '101500'),
    textElement(TAG.contentTime, 'TM', '101730.5'),
    textElement(TAG.accessionNumber, 'SH', 'MRN-4711-A'),
    textElement(TAG.modality, 'CS', 'XC'),
    textElement(TAG.manufacturer, 'LO', 'Eye Hospital workshop'),
    textElement(0x0008_0080, 'LO', 'Eye Hospital'),
    textElement(TAG.referringPhysician, 'PN', 'Mustermann^Doctor'),
    textElement(0x0008_1030, 'LO', 'Ptosis of Mustermann'),
    sequence(0x0008_1110, [textElement(0x0008_1155, 'UI', '1.2.3.4.9')]),
    sequence(TAG.anatomicRegion, [
      textElement(TAG.codeValue, 'SH', '80243003'),
      textElement(TAG.codingScheme, 'SH', 'SCT'),
      textElement(TAG.codeMeaning, 'LO', 'Eyelid of Mustermann'),
    ]),
    textElement(TAG.patientName, 'PN', 'Mustermann^Erika=眼科'),
    textElement(TAG.patientId, 'LO', 'MRN-4711'),
    textElement(TAG.birthDate, 'DA', '19700102'),
    textElement(TAG.sex, 'CS', 'F'),
    textElement(0x0010_4000, 'LT', 'Called Mustermann in the morning'),
    textElement(TAG.bodyPart, 'CS', 'EYE'),
    textElement(0x0018_1000, 'LO', 'serial-99'),
    textElement(TAG.study, 'UI', STUDY),
    textElement(TAG.series, 'UI', SERIES),
    textElement(TAG.studyId, 'SH', 'MRN-4711-S'),
    textElement(TAG.seriesNumber, 'IS', '2'),
    textElement(TAG.instanceNumber, 'IS', '3'),
    textElement(TAG.imageLaterality, 'CS', 'R'),
    textElement(TAG.burnedIn, 'CS', 'NO'),
    ...(frames === undefined ? [] : [textElement(TAG.frames, 'IS', String(frames))]),
    uint16Element(TAG.samples, samples),
    textElement(TAG.photometric, 'CS', photometric),
    ...(samples === 3 ? [uint16Element(TAG.planar, 0)] : []),
    uint16Element(TAG.rows, height),
    uint16Element(TAG.columns, width),
    uint16Element(TAG.bitsAllocated, 8),
    uint16Element(TAG.bitsStored, 8),
    uint16Element(TAG.highBit, 7),
    uint16Element(TAG.pixelSign, 0),
    textElement(TAG.lossy, 'CS', transferSyntax === JPEG_BASELINE ? '01' : '00'),
    sequence(TAG.acquisitionContext),
    textElement(0x0051_0010, 'LO', 'CAMERA MAKER'),
    bytesElement(0x0051_1001, 'OB', encodeText('Mustermann in a private element')),
    encapsulated
      ? {
          tag: TAG.pixels,
          vr: 'OB',
          value: new Uint8Array(0),
          fragments: [new Uint8Array(0), ...encapsulated.map(even)],
        }
      : bytesElement(TAG.pixels, 'OB', pixels as Uint8Array),
    // A graphic laid over the picture.
    bytesElement(0x6000_3000, 'OB', encodeText('Mustermann')),
    ...others,
  ];
  return writeDicom({ transferSyntax, dataSet: dataSetOf(elements) }, { sopClass, sopInstance: INSTANCE });
}
