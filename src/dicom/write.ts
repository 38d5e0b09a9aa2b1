/** Writes a DICOM file: explicit value representations, little-endian, elements in the order of their tags. */
import { concat, encodeText, viewOf } from '../bytes';
import type { DataElement, DataSet, DicomFile, Tag } from './types';

export const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';
/** Of this program (PS3.7, D.3.3.2): a UUID of its own. */
const IMPLEMENTATION = '2.25.60536200755389698118543763791812308025';
const IMPLEMENTATION_NAME = 'ROFI_1';
const LONG = /^(?:O[BDFLVW]|SQ|SV|U[CNRTV])$/;
const UNDEFINED = 0xffff_ffff;

/** An element with a text, padded to an even length as its kind wants it. */
export function textElement(tag: Tag, vr: string, value: string): DataElement {
  return bytesElement(tag, vr, encodeText(value));
}

/** An element with unsigned 16-bit values. */
export function uint16Element(tag: Tag, ...values: readonly number[]): DataElement {
  return bytesElement(tag, 'US', new Uint8Array(Uint16Array.from(values).buffer));
}

export function bytesElement(tag: Tag, vr: string, value: Uint8Array): DataElement {
  if (value.length % 2 === 0) return { tag, vr, value };
  const padding = /^(?:O[BDFLVW]|UI|UN)$/.test(vr) ? 0 : 0x20;
  return { tag, vr, value: concat(value, Uint8Array.of(padding)) };
}

export function sequence(tag: Tag, ...items: readonly (readonly DataElement[])[]): DataElement {
  return { tag, vr: 'SQ', value: new Uint8Array(0), items: items.map(dataSetOf) };
}

export function dataSetOf(elements: readonly DataElement[]): DataSet {
  return new Map(elements.map((element) => [element.tag, element]));
}

/** @param classes - SOP class and SOP instance, which stand before everything as well */
export function writeDicom(
  { transferSyntax, dataSet }: DicomFile,
  { sopClass, sopInstance }: { readonly sopClass: string; readonly sopInstance: string },
): Uint8Array<ArrayBuffer> {
  const meta = elementsOf(
    dataSetOf([
      bytesElement(0x0002_0001, 'OB', Uint8Array.of(0, 1)),
      textElement(0x0002_0002, 'UI', sopClass),
      textElement(0x0002_0003, 'UI', sopInstance),
      textElement(0x0002_0010, 'UI', transferSyntax),
      textElement(0x0002_0012, 'UI', IMPLEMENTATION),
      textElement(0x0002_0013, 'SH', IMPLEMENTATION_NAME),
    ]),
  );
  const length = concat(...head(0x0002_0000, 'UL', 4), uint32(sizeOf(meta)));
  return concat(new Uint8Array(128), encodeText('DICM'), length, ...meta, ...elementsOf(dataSet));
}

function elementsOf(dataSet: DataSet): readonly Uint8Array[] {
  return [...dataSet.values()].sort((one, other) => one.tag - other.tag).flatMap(partsOf);
}

function partsOf({ tag, vr, value, items, fragments }: DataElement): readonly Uint8Array[] {
  if (items !== undefined) {
    const inside = items.map(elementsOf).flatMap((item) => [itemHead(0xe000, sizeOf(item)), ...item]);
    return [...head(tag, vr, sizeOf(inside)), ...inside];
  }
  if (fragments !== undefined) {
    const inside = fragments.flatMap((fragment) => [itemHead(0xe000, fragment.length), fragment]);
    return [...head(tag, vr, UNDEFINED), ...inside, itemHead(0xe0dd, 0)];
  }
  return [...head(tag, vr, value.length), value];
}

function head(tag: Tag, vr: string, length: number): readonly Uint8Array[] {
  const long = LONG.test(vr);
  const bytes = new Uint8Array(long ? 12 : 8);
  const view = viewOf(bytes);
  view.setUint16(0, tag >>> 16, true);
  view.setUint16(2, tag & 0xffff, true);
  bytes.set(encodeText(vr), 4);
  if (long) view.setUint32(8, length, true);
  else view.setUint16(6, length, true);
  return [bytes];
}

function itemHead(element: number, length: number): Uint8Array {
  const bytes = new Uint8Array(8);
  const view = viewOf(bytes);
  view.setUint16(0, 0xfffe, true);
  view.setUint16(2, element, true);
  view.setUint32(4, length, true);
  return bytes;
}

/** Four bytes, little-endian. */
export function uint32(value: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4);
  viewOf(bytes).setUint32(0, value, true);
  return bytes;
}

function sizeOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((size, part) => size + part.length, 0);
}
