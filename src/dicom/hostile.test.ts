/** Files that were made, cut or changed to break a reader: every one is read, or refused with a code. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { concat, encodeText } from '../bytes';
import { RofiError } from '../errors';
import { describePhoto, readFrame } from './frames';
import { writeProtected } from './protected-file';
import { readDicom } from './read';
import { frameIn, recordIn } from './record-element';
import { removedElements } from './removed';
import { JPEG_BASELINE, patientPhoto } from './testing';
import { uint32 } from './write';

const CODES = ['cannot-decode', 'dicom-no-photo', 'dicom-coding', 'damaged-file', 'not-protected'];
const HEAD = concat(new Uint8Array(128), encodeText('DICM'));
const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xdb, 0, 4, 1, 2, 0xff, 0xd9);

/** Everything that is done with a file before and after its pixels are decoded. Other errors are thrown on. */
function readAll(bytes: Uint8Array): string | null {
  try {
    const file = readDicom(bytes);
    removedElements(file.dataSet);
    const photo = describePhoto(file);
    // As the engine does, before memory is spent.
    if (photo.width * photo.height > 50.4e6) return 'too-large';
    readFrame(file, photo, photo.frames - 1);
    frameIn(bytes);
    recordIn(bytes);
    return null;
  } catch (error) {
    if (!(error instanceof RofiError)) throw error;
    expect(CODES).toContain(error.code);
    return error.code;
  }
}

let samples: readonly Uint8Array[];
beforeAll(async () => {
  const pixels = new Uint8Array(4 * 4 * 3).fill(9);
  const native = patientPhoto({ width: 4, height: 4, photometric: 'RGB', pixels });
  const stored = { width: 4, height: 4, photometric: 'YBR_FULL_422', transferSyntax: JPEG_BASELINE };
  const frames = patientPhoto({ ...stored, pixels: [JPEG, JPEG, JPEG], frames: 2 });
  const picture = { width: 4, height: 4, bytes: pixels, sha256: 'aa', profile: new Uint8Array(4) };
  const protection = {
    frame: 0,
    dates: 'kept',
    changes: ['replaced'],
    everybody: true,
    record: JPEG,
  } as const;
  const finished = await writeProtected(native, picture, { ...protection, key: JPEG_KEY });
  samples = [native, frames, finished];
});
const JPEG_KEY = new Uint8Array(32).fill(3);

/** Implicit, without file meta beyond its syntax. */
function implicit(...elements: readonly Uint8Array[]): Uint8Array {
  const syntax = encodeText('1.2.840.10008.1.2\0');
  return concat(HEAD, Uint8Array.of(2, 0, 0x10, 0, 0x55, 0x49, syntax.length, 0), syntax, ...elements);
}

const tag = (group: number, element: number): Uint8Array =>
  Uint8Array.of(group & 0xff, group >> 8, element & 0xff, element >> 8);
const UNDEFINED = uint32(0xffff_ffff);

function repeated(part: Uint8Array, times: number): Uint8Array {
  const whole = new Uint8Array(part.length * times);
  for (let i = 0; i < times; i++) whole.set(part, i * part.length);
  return whole;
}

describe('a hostile file', () => {
  it('is read when it is whole', () => {
    expect(samples.map(readAll)).toEqual(['not-protected', 'not-protected', null]);
  });

  it('may end anywhere', () => {
    for (const sample of samples) {
      for (let length = 0; length < sample.length; length++) readAll(sample.subarray(0, length));
    }
  });

  it('may claim any length for any value', () => {
    const lengths = [0xffff_ffff, 0x7fff_ffff, 0x8000_0000, 0xffff];
    for (const sample of samples) {
      for (let at = 132; at + 4 <= sample.length; at += 2) {
        for (const length of lengths) {
          const changed = sample.slice();
          changed.set(uint32(length), at);
          readAll(changed);
        }
      }
    }
  });

  it('may name any value representation', () => {
    for (const sample of samples) {
      for (let at = 136; at + 2 <= sample.length; at += 2) {
        for (const vr of ['SQ', 'UN', 'OB', 'ZZ']) {
          const changed = sample.slice();
          changed.set(encodeText(vr), at);
          readAll(changed);
        }
      }
    }
  });

  it('may nest its sequences as deep as it likes', () => {
    const level = concat(tag(0x0040, 0xa730), UNDEFINED, tag(0xfffe, 0xe000), UNDEFINED);
    expect(readAll(implicit(repeated(level, 100_000)))).toBe('cannot-decode');
  });

  it('may have millions of empty elements, items or fragments', () => {
    const item = concat(tag(0xfffe, 0xe000), uint32(0));
    expect(readAll(implicit(repeated(concat(tag(0x0009, 1), uint32(0)), 1_000_000)))).toBe('cannot-decode');
    expect(readAll(implicit(tag(0x0040, 0xa730), UNDEFINED, repeated(item, 1_000_000)))).toBe(
      'cannot-decode',
    );
    expect(readAll(implicit(tag(0x7fe0, 0x0010), UNDEFINED, repeated(item, 1_000_000)))).toBe(
      'cannot-decode',
    );
  });

  it('may be anything behind its first letters', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
        readAll(concat(HEAD, noise));
        readAll(implicit(noise));
      }),
      { numRuns: 5_000 },
    );
  });

  it('may be changed in any places', () => {
    const change = fc.record({ at: fc.nat(), value: fc.integer({ min: 0, max: 255 }) });
    fc.assert(
      fc.property(fc.nat(2), fc.array(change, { minLength: 1, maxLength: 12 }), (which, changes) => {
        const changed = samples[which]!.slice();
        for (const { at, value } of changes) changed[132 + (at % (changed.length - 132))] = value;
        readAll(changed);
      }),
      { numRuns: 10_000 },
    );
  });

  it('may be two files cut and glued', () => {
    fc.assert(
      fc.property(fc.nat(2), fc.nat(2), fc.nat(), fc.nat(), (one, other, first, second) => {
        const [head, tail] = [samples[one]!, samples[other]!];
        readAll(concat(head.subarray(0, first % head.length), tail.subarray(second % tail.length)));
      }),
      { numRuns: 5_000 },
    );
  });
});
