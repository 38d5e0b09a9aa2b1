/** What a file says that its protected photo does not, for a person to read. */
import { viewOf } from '../bytes';
import { isKept } from './kept';
import { TAG } from './tags';
import type { DataElement, DataSet } from './types';
import { text } from './values';

export interface RemovedElement {
  readonly name: string;
  readonly value: string;
}

/** What the elements most often there are called (PS3.6). */
const NAMES: Readonly<Record<number, string>> = {
  0x0008_0012: 'Instance Creation Date',
  0x0008_0013: 'Instance Creation Time',
  0x0008_0018: 'SOP Instance UID',
  0x0008_002a: 'Acquisition DateTime',
  0x0008_0050: 'Accession Number',
  0x0008_0070: 'Manufacturer',
  0x0008_0080: 'Institution Name',
  0x0008_0081: 'Institution Address',
  0x0008_0090: 'Referring Physician’s Name',
  0x0008_1010: 'Station Name',
  0x0008_1030: 'Study Description',
  0x0008_103e: 'Series Description',
  0x0008_1040: 'Institutional Department Name',
  0x0008_1050: 'Performing Physician’s Name',
  0x0008_1070: 'Operators’ Name',
  0x0008_1090: 'Manufacturer’s Model Name',
  0x0010_0010: 'Patient’s Name',
  0x0010_0020: 'Patient ID',
  0x0010_0021: 'Issuer of Patient ID',
  0x0010_0030: 'Patient’s Birth Date',
  0x0010_0040: 'Patient’s Sex',
  0x0010_1000: 'Other Patient IDs',
  0x0010_1001: 'Other Patient Names',
  0x0010_1010: 'Patient’s Age',
  0x0010_1040: 'Patient’s Address',
  0x0010_2154: 'Patient’s Telephone Numbers',
  0x0010_21b0: 'Additional Patient History',
  0x0010_4000: 'Patient Comments',
  0x0018_1000: 'Device Serial Number',
  0x0018_1020: 'Software Versions',
  0x0020_000d: 'Study Instance UID',
  0x0020_000e: 'Series Instance UID',
  0x0020_0010: 'Study ID',
  0x0020_4000: 'Image Comments',
};

/** Of the picture's coding, made anew, or saying nothing of anybody. */
const TECHNICAL: ReadonlySet<number> = new Set([
  TAG.characterSet,
  TAG.imageType,
  TAG.sopClass,
  TAG.modality,
  TAG.acquisitionContext,
  TAG.identityRemoved,
  TAG.deidentification,
]);
const CODING_GROUPS: ReadonlySet<number> = new Set([0x0028, 0x7fe0]);

/** Encodings of texts, by what files call them (PS3.3, C.12.1.1.2); they may be combined. */
const ENCODINGS: readonly (readonly [term: RegExp, label: string])[] = [
  [/ISO_IR 192/, 'utf-8'],
  [/GB18030/, 'gb18030'],
  [/GBK/, 'gbk'],
  [/IR 58/, 'gb18030'],
  [/IR (?:13|87|159)/, 'iso-2022-jp'],
  [/IR 149/, 'euc-kr'],
  [/IR 101/, 'iso-8859-2'],
  [/IR 144/, 'iso-8859-5'],
  [/IR 126/, 'iso-8859-7'],
];
const TEXTS = /^(?:AE|AS|CS|DA|DS|DT|IS|LO|LT|PN|SH|ST|TM|UC|UI|UN|UR|UT)$/;
const LONGEST = 256;

/** Every element that is not kept, by name or number, with its value as far as it is a text. */
export function removedElements(dataSet: DataSet): readonly RemovedElement[] {
  const term = text(dataSet, TAG.characterSet);
  const decoder = new TextDecoder(ENCODINGS.find(([pattern]) => pattern.test(term))?.[1] ?? 'latin1');
  return [...dataSet.values()]
    .filter(({ tag }) => !isKept(tag) && !TECHNICAL.has(tag) && !CODING_GROUPS.has(tag >>> 16))
    .filter(({ tag, value, items }) => (tag & 0xffff) !== 0 && (value.length > 0 || (items?.length ?? 0) > 0))
    .map((element) => ({ name: nameOf(element), value: valueOf(element, decoder) }));
}

function nameOf({ tag }: DataElement): string {
  const hex = (value: number): string => value.toString(16).padStart(4, '0').toUpperCase();
  return NAMES[tag] ?? `(${hex(tag >>> 16)},${hex(tag & 0xffff)})`;
}

function valueOf({ vr, value, items }: DataElement, decoder: TextDecoder): string {
  if (items !== undefined) return '…';
  if (TEXTS.test(vr)) return decoder.decode(value.subarray(0, LONGEST)).replace(/[\0 ]+$/, '');
  if (vr === 'US' && value.length === 2) return String(viewOf(value).getUint16(0, true));
  return `${value.length} B`;
}
