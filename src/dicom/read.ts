/**
 * Reads a DICOM file into its elements, without copying their values. Every byte is looked at once, within bounds, and
 * depth and number of elements are limited: a file may say anything of itself.
 */
import { viewOf } from '../bytes';
import { RofiError } from '../errors';
import { DICOM, MAGIC, PREAMBLE } from '../formats/dicom';
import { TAG } from './tags';
import type { DataElement, DataSet, DicomFile } from './types';
import { broken, text } from './values';

const UNDEFINED = 0xffff_ffff;
const ITEM = 0xfffe_e000;
const ITEM_END = 0xfffe_e00d;
const SEQUENCE_END = 0xfffe_e0dd;
/** Far more than any photograph has. */
const MOST_ELEMENTS = 100_000;
const DEEPEST = 16;

/** Value representations whose length takes two bytes, and those that have two unused ones and then four. */
const SHORT = new Set('AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US'.split(' '));
const LONG = new Set('OB OD OF OL OV OW SQ SV UC UN UR UT UV'.split(' '));
/** Sequences that are looked into, for files that do not say which elements are sequences. */
const SEQUENCES: ReadonlySet<number> = new Set([TAG.anatomicRegion, TAG.deidentification]);

const IMPLICIT = '1.2.840.10008.1.2';
/** Codings of the whole data set that are not read, by what they are called. */
const UNREAD: Readonly<Record<string, string>> = {
  '1.2.840.10008.1.2.2': 'Big Endian',
  '1.2.840.10008.1.2.1.99': 'Deflate',
};

/**
 * Reads a whole file.
 *
 * @throws RofiError `cannot-decode` when it is cut off or does not hold together, `dicom-coding` (with `values.coding`)
 */
export function readDicom(bytes: Uint8Array): DicomFile {
  if (!DICOM.begins(bytes)) throw broken('no DICM');
  try {
    const parser = new Parser(bytes, PREAMBLE + MAGIC.length);
    const transferSyntax = text(parser.fileMeta(), TAG.transferSyntax);
    const unread = UNREAD[transferSyntax];
    if (unread !== undefined) throw new RofiError('dicom-coding', transferSyntax, { coding: unread });
    const dataSet = parser.dataSet({
      explicit: transferSyntax !== IMPLICIT,
      end: bytes.length,
      depth: 0,
      delimited: false,
    });
    return { transferSyntax, dataSet };
  } catch (error) {
    if (error instanceof RangeError) throw broken('cut off');
    throw error;
  }
}

/** Where and how a data set is to be read. */
interface Extent {
  readonly explicit: boolean;
  /** First byte that is not its own. */
  readonly end: number;
  readonly depth: number;
  /** Ends with a delimiter, before `end`. */
  readonly delimited: boolean;
}

class Parser {
  readonly #view: DataView;
  #elements = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private at: number,
  ) {
    this.#view = viewOf(bytes);
  }

  /** Group 2, which is always explicit. */
  fileMeta(): DataSet {
    const elements = new Map<number, DataElement>();
    const extent = { explicit: true, end: this.bytes.length, depth: 0, delimited: false };
    while (this.at < extent.end && this.#view.getUint16(this.at, true) === 2) this.#add(elements, extent);
    return elements;
  }

  dataSet(extent: Extent): DataSet {
    if (extent.depth > DEEPEST) throw broken('sequences too deep');
    const elements = new Map<number, DataElement>();
    while (this.at < extent.end) {
      if (extent.delimited && this.#peekTag() === ITEM_END) {
        this.#take(8, extent.end);
        return elements;
      }
      this.#add(elements, extent);
    }
    if (extent.delimited) throw broken('an item without an end');
    return elements;
  }

  #add(elements: Map<number, DataElement>, extent: Extent): void {
    if (++this.#elements > MOST_ELEMENTS) throw broken('too many elements');
    const element = this.#element(extent);
    if (!elements.has(element.tag)) elements.set(element.tag, element);
  }

  #element(extent: Extent): DataElement {
    const tag = this.#tag(extent.end);
    const { vr, length } = extent.explicit
      ? this.#explicitHead(extent.end)
      : this.#implicitHead(tag, extent.end);
    if (length === UNDEFINED) {
      if (tag === TAG.pixels && vr !== 'SQ') {
        return { tag, vr, value: EMPTY, fragments: this.#fragments(extent.end) };
      }
      // Of unknown kind, and yet without a length: a sequence, written implicitly (PS3.5, 6.2.2).
      if (vr !== 'SQ' && vr !== 'UN') throw broken('a value without a length');
      const inside = { ...extent, explicit: extent.explicit && vr === 'SQ' };
      return { tag, vr: 'SQ', value: EMPTY, items: this.#items({ ...inside, delimited: true }) };
    }
    if (vr !== 'SQ') return { tag, vr, value: this.#take(length, extent.end) };
    const end = this.at + length;
    if (end > extent.end) throw broken('a sequence beyond its end');
    return { tag, vr, value: EMPTY, items: this.#items({ ...extent, end, delimited: false }) };
  }

  #explicitHead(end: number): { vr: string; length: number } {
    const start = this.at;
    const vr = String.fromCharCode(...this.#take(2, end));
    if (SHORT.has(vr)) {
      this.#take(2, end);
      return { vr, length: this.#view.getUint16(start + 2, true) };
    }
    if (!LONG.has(vr)) throw broken('an unknown value representation');
    this.#take(6, end);
    return { vr, length: this.#view.getUint32(start + 4, true) };
  }

  #implicitHead(tag: number, end: number): { vr: string; length: number } {
    const start = this.at;
    this.#take(4, end);
    return { vr: SEQUENCES.has(tag) ? 'SQ' : 'UN', length: this.#view.getUint32(start, true) };
  }

  #items(extent: Extent): readonly DataSet[] {
    const items: DataSet[] = [];
    while (this.at < extent.end) {
      const { tag, length } = this.#itemHead(extent.end);
      if (tag === SEQUENCE_END && extent.delimited) return items;
      if (tag !== ITEM) throw broken('something else than an item');
      if (++this.#elements > MOST_ELEMENTS) throw broken('too many items');
      const delimited = length === UNDEFINED;
      const end = delimited ? extent.end : this.at + length;
      if (end > extent.end) throw broken('an item beyond its end');
      items.push(this.dataSet({ ...extent, end, depth: extent.depth + 1, delimited }));
    }
    if (extent.delimited) throw broken('a sequence without an end');
    return items;
  }

  #fragments(end: number): readonly Uint8Array[] {
    const fragments: Uint8Array[] = [];
    for (;;) {
      const { tag, length } = this.#itemHead(end);
      if (tag === SEQUENCE_END) return fragments;
      if (tag !== ITEM) throw broken('something else than a fragment');
      if (++this.#elements > MOST_ELEMENTS) throw broken('too many fragments');
      fragments.push(this.#take(length, end));
    }
  }

  #itemHead(end: number): { tag: number; length: number } {
    const tag = this.#tag(end);
    const start = this.at;
    this.#take(4, end);
    return { tag, length: this.#view.getUint32(start, true) };
  }

  #peekTag(): number {
    return this.#view.getUint16(this.at, true) * 0x10000 + this.#view.getUint16(this.at + 2, true);
  }

  #tag(end: number): number {
    const tag = this.#peekTag();
    this.#take(4, end);
    return tag;
  }

  #take(length: number, end: number): Uint8Array {
    if (this.at + length > end) throw broken('a value beyond its end');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
}

const EMPTY = new Uint8Array(0);
