/** The list of what a protected file keeps of its original. What is not on it goes, and so does what does not look right. */
import { TAG } from './tags';
import type { DataElement, DataSet, Tag } from './types';
import { text } from './values';
import { sequence, textElement } from './write';

/** Each with its kind, and how its value must look: no free text, nothing that could hold a name or number of a person. */
const AS_THEY_ARE: readonly (readonly [tag: Tag, vr: string, looks: RegExp])[] = [
  [TAG.bodyPart, 'CS', /^(?:EYE|EYELID|ORBIT|FACE|HEAD|NECK|NOSE|SKULL|HEADNECK)$/],
  [TAG.seriesNumber, 'IS', /^\d{1,4}$/],
  [TAG.instanceNumber, 'IS', /^\d{1,5}$/],
  [TAG.patientOrientation, 'CS', /^[AFHLPR]{1,3}\\[AFHLPR]{1,3}$/],
  [TAG.laterality, 'CS', /^[LR]$/],
  [TAG.imageLaterality, 'CS', /^[BLRU]$/],
  [TAG.burnedIn, 'CS', /^(?:YES|NO)$/],
];

const DATES: readonly Tag[] = [TAG.studyDate, TAG.seriesDate, TAG.acquisitionDate, TAG.contentDate];
const TIMES: readonly Tag[] = [TAG.studyTime, TAG.seriesTime, TAG.acquisitionTime, TAG.contentTime];
const DATE = /^((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/;
const TIME = /^(?:[01]\d|2[0-3])(?:[0-5]\d(?:[0-5]\d(?:\.\d{1,6})?)?)?$/;
const DAY = 86_400_000;

/** Places in the body by their codes, with the meaning that we write: the file's own may say anything. */
const PLACES: Readonly<Record<string, string>> = {
  'SCT 81745001': 'Eye',
  'SCT 80243003': 'Eyelid',
  'SCT 363654007': 'Orbit',
  'SCT 29445007': 'Conjunctiva',
  'SCT 28726007': 'Cornea',
  'SCT 41296002': 'Iris',
  'SCT 78076003': 'Lens',
  'SCT 18619003': 'Sclera',
  'SCT 5665001': 'Retina',
  'SCT 89545001': 'Face',
  'SCT 69536005': 'Head',
  'SRT T-AA000': 'Eye',
  'SRT T-AA810': 'Eyelid',
  'SRT T-D1200': 'Face',
  'SRT T-D1100': 'Head',
};

/** Elements that go into the protected file, dates moved by so many days. */
export function keptElements(dataSet: DataSet, days: number): readonly DataElement[] {
  return [
    ...AS_THEY_ARE.flatMap(([tag, vr, looks]) => kept(dataSet, tag, vr, looks)),
    ...DATES.flatMap((tag) => kept(dataSet, tag, 'DA', DATE, (date) => moved(date, days))),
    ...TIMES.flatMap((tag) => kept(dataSet, tag, 'TM', TIME)),
    ...place(dataSet),
  ];
}

/** Whether {@link keptElements} keeps an element, given that it looks right. */
export function isKept(tag: Tag): boolean {
  return (
    DATES.includes(tag) ||
    TIMES.includes(tag) ||
    tag === TAG.anatomicRegion ||
    AS_THEY_ARE.some(([kept]) => kept === tag)
  );
}

function kept(
  dataSet: DataSet,
  tag: Tag,
  vr: string,
  looks: RegExp,
  change: (value: string) => string = (value) => value,
): readonly DataElement[] {
  const value = text(dataSet, tag);
  return looks.test(value) ? [textElement(tag, vr, change(value))] : [];
}

function moved(date: string, days: number): string {
  const [, year, month, day] = DATE.exec(date) ?? [];
  const there = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)) - days * DAY);
  return there.toISOString().slice(0, 10).replaceAll('-', '');
}

function place(dataSet: DataSet): readonly DataElement[] {
  const item = dataSet.get(TAG.anatomicRegion)?.items?.[0];
  if (item === undefined) return [];
  const [scheme, value] = [text(item, TAG.codingScheme), text(item, TAG.codeValue)];
  const meaning = PLACES[`${scheme} ${value}`];
  return meaning === undefined ? [] : [sequence(TAG.anatomicRegion, code(value, scheme, meaning))];
}

/** An item that names something by a code. */
export function code(value: string, scheme: string, meaning: string): readonly DataElement[] {
  return [
    textElement(TAG.codeValue, 'SH', value),
    textElement(TAG.codingScheme, 'SH', scheme),
    textElement(TAG.codeMeaning, 'LO', meaning),
  ];
}
