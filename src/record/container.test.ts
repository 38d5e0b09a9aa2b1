import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, encodeText, startsWith, uint32 } from '../bytes';
import { embedRecord, extractRecord, foreignParts } from './container';
import { crc32 } from '../crc32';
import { listSegments } from '../formats/jpeg/segments';
import { listChunks } from '../formats/png/chunks';
import { JPEG, PNG, failure, flip } from './testing';

const RECORD = encodeText('ROFI: any bytes');
const images = [
  { format: 'PNG', image: PNG, part: 'roFi', list: listChunks },
  { format: 'JPEG', image: JPEG, part: 'APP15', list: listSegments },
] as const;

describe.each(images)('$format', ({ image, part, list }) => {
  it('gives any record back and keeps every other part', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (record) => {
        const file = embedRecord(image, record);
        expect(extractRecord(file)).toEqual(record);
        const kept = list(file).filter(({ name }) => name !== part);
        expect(kept.map(({ name, start, end }) => [name, ...file.subarray(start, end)])).toEqual(
          list(image).map(({ name, start, end }) => [name, ...image.subarray(start, end)]),
        );
      }),
    );
  });

  it('carries records of any size', () => {
    for (const size of [65_523, 65_524, 65_525, 20_000_000]) {
      const record = new Uint8Array(size).map((_, i) => i * i);
      const extracted = extractRecord(embedRecord(image, record));
      expect(Buffer.compare(extracted, record)).toBe(0);
    }
  });

  it('replaces an older record', () => {
    const twice = embedRecord(embedRecord(image, encodeText('old')), RECORD);
    expect(twice).toEqual(embedRecord(image, RECORD));
  });

  it('never gives another record when any byte has changed', async () => {
    const file = embedRecord(image, RECORD);
    const [{ start, end }] = list(file).filter(({ name }) => name === part) as [ReturnType<typeof list>[0]];
    for (let position = 0; position < file.length; position += 1) {
      const changed = flip(file, position, 1 << (position & 7));
      let extracted: Uint8Array | null = null;
      const code = await failure(() => (extracted = extractRecord(changed)));
      // In the record and its length the record's own digest notices; elsewhere it comes out whole or not at all.
      if (code) expect(['damaged-file', 'not-protected']).toContain(code);
      else if (position < start - 4 || position >= end) expect(extracted).toEqual(RECORD);
    }
  });

  it('gives the record back from a file cut off anywhere behind it, and never another', async () => {
    const file = embedRecord(image, RECORD);
    const end = list(file).find(({ name }) => name === part)!.end + (image === PNG ? 4 : 0);
    for (let length = 0; length < file.length; length += 1) {
      const cut = file.subarray(0, length);
      if (length >= end) expect(extractRecord(cut)).toEqual(RECORD);
      else expect(['not-protected', 'damaged-file']).toContain(await failure(() => extractRecord(cut)));
    }
  });

  it('has no record before there is one, and nothing foreign', async () => {
    expect(await failure(() => extractRecord(image))).toBe('not-protected');
    expect(foreignParts(embedRecord(image, RECORD))).toEqual([]);
  });

  it('lists bytes after the end', () => {
    const names = foreignParts(concat(image, encodeText('secret'))).map(({ name }) => name);
    expect(names).toEqual(['trailing']);
  });
});

describe('a picture of millions of parts', () => {
  it.each([
    ['PNG', concat(PNG.subarray(0, 8), ...Array.from({ length: 10_001 }, () => chunk('teXt', '')))],
    [
      'JPEG',
      concat(
        Uint8Array.of(0xff, 0xd8),
        ...Array.from({ length: 10_001 }, () => Uint8Array.of(0xff, 0xfe, 0, 2)),
      ),
    ],
  ])('is not read on as %s', async (_, file) => {
    expect(await failure(() => extractRecord(file))).toBe('damaged-file');
  });
});

describe('PNG', () => {
  const file = embedRecord(PNG, RECORD);
  const [header, pixels, record, end] = listChunks(file).map(({ start, end }) =>
    file.subarray(start - 8, end + 4),
  ) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  const signature = file.subarray(0, 8);

  it('finds the record among reordered and foreign chunks', () => {
    const reordered = concat(signature, header, record, chunk('tEXt', 'Author\0Jane'), pixels, end);
    expect(extractRecord(reordered)).toEqual(RECORD);
    expect(foreignParts(reordered).map(({ name }) => name)).toEqual(['tEXt']);
  });

  it('notices any changed byte of its chunk', async () => {
    const start = file.length - end.length - record.length;
    for (let position = start; position < start + record.length; position += 1) {
      const code = await failure(() => extractRecord(flip(file, position, 1 << (position & 7))));
      expect(['damaged-file', 'not-protected']).toContain(code);
    }
  });

  it('does not mind what happened to other chunks', () => {
    const note = chunk('tEXt', 'Author\0Jane');
    const spoiled = flip(note, note.length - 1, 1);
    expect(extractRecord(concat(signature, header, spoiled, pixels, record))).toEqual(RECORD);
  });

  it('refuses two records', async () => {
    const two = concat(signature, header, record, record, pixels, end);
    expect(await failure(() => extractRecord(two))).toBe('damaged-file');
  });
});

describe('JPEG', () => {
  const long = new Uint8Array(200_000).map((_, i) => i * 31);
  const file = embedRecord(JPEG, long);
  const parts = listSegments(file).filter(({ name }) => name === 'APP15');
  const slices = parts.map(({ start, end }) => file.subarray(start - 4, end));
  const insertAt = parts[0]!.start - 4;
  const rest = file.subarray(parts.at(-1)!.end);
  const withSlices = (some: readonly Uint8Array[]) => concat(file.subarray(0, insertAt), ...some, rest);

  it('keeps JFIF first', () => {
    expect(
      listSegments(file)
        .map(({ name }) => name)
        .slice(0, 3),
    ).toEqual(['SOI', 'APP0', 'APP15']);
    expect(startsWith(file, JPEG.subarray(0, insertAt))).toBe(true);
  });

  it('reads its segments in any order, among foreign ones', () => {
    const foreign = Uint8Array.of(0xff, 0xef, 0, 6, 1, 2, 3, 4);
    const reordered = withSlices([...slices.toReversed(), foreign]);
    expect(extractRecord(reordered)).toEqual(long);
    expect(foreignParts(reordered).map(({ name }) => name)).toEqual(['APP15']);
  });

  it.each([
    ['missing', slices.slice(1)],
    ['missing at the end', slices.slice(0, -1)],
    ['twice there', [...slices.slice(0, -1), slices[0]!]],
    ['one too many', [...slices, slices[0]!]],
  ])('refuses a segment %s', async (_, some) => {
    expect(await failure(() => extractRecord(withSlices(some)))).toBe('damaged-file');
  });

  it('reads on over stray bytes, fill bytes and a comment of no length', () => {
    const stray = Uint8Array.of(1, 2, 3, 0xff, 0xff, 0xff, 0xfe, 0, 0);
    expect(extractRecord(concat(file.subarray(0, insertAt), stray, file.subarray(insertAt)))).toEqual(long);
  });

  it('lists the metadata of a real photo', () => {
    const photo = readFileSync('node_modules/@vladmandic/face-api/demo/sample1.jpg');
    const exif = concat(
      photo.subarray(0, 2),
      segment(0xe1, 'Exif\0\0'),
      segment(0xfe, 'a note'),
      photo.subarray(2),
    );
    const names = foreignParts(exif).map(({ name }) => name);
    expect(names.slice(0, 2)).toEqual(['APP1', 'COM']);
  });
});

it('carries records in no other format', async () => {
  const webp = encodeText('RIFF....WEBPVP8 ');
  expect(await failure(() => embedRecord(webp, RECORD))).toBe('unsupported-format');
  expect(await failure(() => foreignParts(webp))).toBe('unsupported-format');
  expect(await failure(() => extractRecord(webp))).toBe('not-protected');
});

function chunk(name: string, data: string): Uint8Array {
  const typed = encodeText(name + data);
  return concat(uint32(data.length), typed, uint32(crc32(typed)));
}

function segment(marker: number, data: string): Uint8Array {
  return concat(Uint8Array.of(0xff, marker, 0, data.length + 2), encodeText(data));
}
