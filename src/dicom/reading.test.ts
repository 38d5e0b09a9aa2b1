import { expect, it, describe } from 'vitest';
import { RofiError } from '../errors';
import { describePhoto, readFrame } from './frames';
import { readDicom } from './read';
import { removedElements } from './removed';
import { TAG } from './tags';
import { EXPLICIT, JPEG_BASELINE, patientPhoto, type Stored } from './testing';
import type { Frame } from './types';
import { bytesElement, textElement, uint16Element } from './write';

const RGB: Stored = { width: 2, height: 1, photometric: 'RGB', pixels: Uint8Array.of(1, 2, 3, 4, 5, 6) };
const OPHTHALMIC = '1.2.840.10008.5.1.4.1.1.77.1.5.1';
const SECONDARY = '1.2.840.10008.5.1.4.1.1.7';

function frame(stored: Stored, number = 0): Frame {
  const file = readDicom(patientPhoto(stored));
  return readFrame(file, describePhoto(file), number);
}

function pixels(stored: Stored, number = 0): readonly number[] {
  const read = frame(stored, number);
  if (read.kind !== 'pixels') throw new TypeError('encapsulated');
  return Array.from(read.data).filter((_, i) => i % 4 !== 3);
}

function failure(stored: Stored): unknown {
  try {
    frame(stored);
    return null;
  } catch (error) {
    if (!(error instanceof RofiError)) throw error;
    return { code: error.code, ...error.values };
  }
}

describe('native pixels', () => {
  it('are read in RGB, by pixels and by planes', () => {
    expect(pixels(RGB)).toEqual([1, 2, 3, 4, 5, 6]);
    const planes = { ...RGB, others: [uint16Element(TAG.planar, 1)] };
    expect(pixels({ ...planes, pixels: Uint8Array.of(1, 4, 2, 5, 3, 6) })).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('are read in luma and chroma', () => {
    // Pure red of BT.601.
    const red = [76, 85, 255];
    const shown = pixels({ ...RGB, photometric: 'YBR_FULL', pixels: Uint8Array.of(...red, 128, 128, 128) });
    expect(shown.map((value) => Math.round(value))).toEqual([254, 0, 0, 128, 128, 128]);
    const halved = { ...RGB, photometric: 'YBR_FULL_422', pixels: Uint8Array.of(76, 90, 85, 255) };
    expect(pixels(halved)).toEqual([254, 0, 0, 255, 14, 14]);
  });

  it('are read in grey, dark or light upwards, and of fewer bits', () => {
    const grey = { ...RGB, photometric: 'MONOCHROME2', pixels: Uint8Array.of(0, 200) };
    expect(pixels(grey)).toEqual([0, 0, 0, 200, 200, 200]);
    expect(pixels({ ...grey, photometric: 'MONOCHROME1' })).toEqual([255, 255, 255, 55, 55, 55]);
    const coarse = { ...grey, pixels: Uint8Array.of(0, 15), others: [uint16Element(TAG.bitsStored, 4)] };
    expect(pixels(coarse)).toEqual([0, 0, 0, 255, 255, 255]);
  });

  it.each([8, 16])('are read from a palette of %i bits', (bits) => {
    const entry = (value: number): number => (bits === 16 ? value * 257 : value);
    const table = (...values: readonly number[]): Uint8Array =>
      new Uint8Array(Uint16Array.from(values.map(entry)).buffer);
    const shown = pixels({
      ...RGB,
      photometric: 'PALETTE COLOR',
      pixels: Uint8Array.of(4, 5),
      others: [
        ...[TAG.redTable, TAG.greenTable, TAG.blueTable].map((tag) => uint16Element(tag, 2, 4, bits)),
        bytesElement(TAG.redEntries, 'OW', table(10, 20)),
        bytesElement(TAG.greenEntries, 'OW', table(30, 40)),
        bytesElement(TAG.blueEntries, 'OW', table(50, 60)),
      ],
    });
    expect(shown).toEqual([10, 30, 50, 20, 40, 60]);
  });

  it('are read frame by frame', () => {
    const two = { ...RGB, width: 1, frames: 2 };
    expect(pixels(two, 0)).toEqual([1, 2, 3]);
    expect(pixels(two, 1)).toEqual([4, 5, 6]);
    expect(() => pixels(two, 2)).toThrow(expect.objectContaining({ code: 'cannot-decode' }));
  });

  it('are refused where some are missing', () => {
    expect(failure({ ...RGB, height: 2 })).toEqual({ code: 'cannot-decode', format: 'DICOM' });
    expect(failure({ ...RGB, width: 0 })).toEqual({ code: 'cannot-decode', format: 'DICOM' });
  });
});

describe('encapsulated frames', () => {
  const picture = (...bytes: readonly number[]): Uint8Array =>
    Uint8Array.of(0xff, 0xd8, ...bytes, 0xff, 0xd9);
  const stored = { ...RGB, photometric: 'MONOCHROME2', transferSyntax: JPEG_BASELINE };
  const bytes = (pictures: readonly Uint8Array[], frames: number, number: number): readonly number[] => {
    const read = frame({ ...stored, pixels: pictures, frames }, number);
    if (read.kind === 'pixels') throw new TypeError('native');
    return Array.from(read.bytes);
  };

  it('are one fragment each, or several that end with a picture’s end', () => {
    expect(bytes([picture(1, 1), picture(2, 2)], 2, 1)).toEqual([...picture(2, 2)]);
    const [one, other] = [picture(1, 1, 1, 1), picture(2, 2)];
    const cut = [one.subarray(0, 4), one.subarray(4), other];
    expect(bytes(cut, 2, 0)).toEqual([...one]);
    expect(bytes(cut, 2, 1)).toEqual([...other]);
    expect(bytes([one.subarray(0, 4), one.subarray(4)], 1, 0)).toEqual([...one]);
  });

  it('say which colours they are in, unless their JPEG does', () => {
    const read = (photometric: string, jpeg: Uint8Array): readonly number[] => {
      const found = frame({ ...stored, photometric, pixels: [jpeg] });
      return found.kind === 'pixels' ? [] : Array.from(found.bytes);
    };
    const marked = read('RGB', picture(1, 1));
    expect(String.fromCharCode(...marked.slice(6, 11))).toBe('Adobe');
    expect(marked[17]).toBe(0);
    expect(read('YBR_FULL_422', picture(1, 1))[17]).toBe(1);
    const jfif = picture(0xff, 0xe0, 0, 16, 74, 70, 73, 70, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0);
    expect(read('RGB', jfif)).toEqual([...jfif]);
  });
});

describe('what is no photograph that is read here', () => {
  it.each([OPHTHALMIC, SECONDARY])('is not of class %s', (sopClass) => {
    expect(failure({ ...RGB, sopClass })).toBe(null);
  });

  it('is called by what it is', () => {
    const ct = { ...RGB, sopClass: '1.2.840.10008.5.1.4.1.1.2' };
    expect(failure(ct)).toEqual({ code: 'dicom-no-photo', kind: 'CT' });
    expect(failure({ ...RGB, sopClass: '1.2.3' })).toEqual({ code: 'dicom-no-photo', kind: '1.2.3' });
  });

  it('is called by how its pixels are coded', () => {
    const coded = (transferSyntax: string): unknown => failure({ ...RGB, transferSyntax });
    expect(coded('1.2.840.10008.1.2.4.80')).toEqual({ code: 'dicom-coding', coding: 'JPEG-LS' });
    expect(coded('1.2.840.10008.1.2.2')).toEqual({ code: 'dicom-coding', coding: 'Big Endian' });
    const wide = { ...RGB, others: [uint16Element(TAG.bitsAllocated, 16)] };
    expect(failure(wide)).toEqual({ code: 'dicom-coding', coding: '16 bit' });
    const strange = { ...RGB, others: [textElement(TAG.photometric, 'CS', 'HSV')] };
    expect(failure(strange)).toEqual({ code: 'dicom-coding', coding: 'HSV' });
  });
});

it('lists what goes, in the letters of its own encoding, and nothing that stays', () => {
  const { dataSet } = readDicom(patientPhoto({ ...RGB, transferSyntax: EXPLICIT }));
  const removed = removedElements(dataSet);
  expect(removed).toContainEqual({ name: 'Patient’s Name', value: 'Mustermann^Erika=眼科' });
  expect(removed).toContainEqual({ name: 'Patient’s Birth Date', value: '19700102' });
  expect(removed).toContainEqual({ name: '(0051,1001)', value: '32 B' });
  expect(removed).toContainEqual({ name: '(6000,3000)', value: '10 B' });
  const names = removed.map(({ name }) => name).join();
  expect(names).not.toMatch(/Date$|0028|7FE0|0062/m);
  expect(names).not.toContain('(0020,0013)');
});
