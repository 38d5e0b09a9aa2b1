import type { Page } from '@playwright/test';
import { deflateSync } from 'node:zlib';
import { crc32 } from '../src/crc32';
import { createKey } from '../src/record/key';
import { describeKey, writeKey } from '../src/record/key-file';
import { listChunks } from '../src/formats/png/chunks';
import type { TestFile } from './app.ts';

export function file(name: string, buffer: Buffer): TestFile {
  return { name, mimeType: '', buffer };
}

/** Words that must never reach a protected file. */
export const privateWords = ['Jane-Exif', 'Jane-Xmp', 'Jane-Iptc', 'Jane-Comment', 'jane-doe'];

/** The photo with EXIF, XMP, IPTC and a comment, under a telling name. */
export function withMetadata({ buffer }: TestFile): TestFile {
  const segments = [
    segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exif('Jane-Exif')])),
    segment(
      0xe1,
      Buffer.from('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/">Jane-Xmp</x:xmpmeta>'),
    ),
    segment(0xed, iptc('Jane-Iptc')),
    segment(0xfe, Buffer.from('Jane-Comment')),
  ];
  const soi = buffer.subarray(0, 2);
  return file('jane-doe-1970.jpg', Buffer.concat([soi, ...segments, buffer.subarray(2)]));
}

function segment(marker: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.of(0xff, marker), uint16(content.length + 2), content]);
}

/** A little-endian TIFF with one entry: Artist. */
function exif(artist: string): Buffer {
  const text = Buffer.from(`${artist}\0`);
  const header = Buffer.from('49492a0008000000' + '0100' + '3b010200', 'hex');
  const entry = Buffer.alloc(12);
  entry.writeUInt32LE(text.length, 0);
  entry.writeUInt32LE(26, 4);
  return Buffer.concat([header, entry, text]);
}

/** A Photoshop resource block with one IPTC record: caption. */
function iptc(caption: string): Buffer {
  const record = Buffer.concat([Buffer.of(0x1c, 2, 120), uint16(caption.length), Buffer.from(caption)]);
  const padding = Buffer.alloc(record.length % 2);
  return Buffer.concat([
    Buffer.from('Photoshop 3.0\x008BIM\x04\x04\0\0\0\0'),
    uint16(record.length),
    record,
    padding,
  ]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

/** A grey PNG. Only the first rows are there when `rows` says so: enough for a reader that looks at the size first. */
export function greyPng(width: number, height: number, rows = height): TestFile {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(8, 8);
  const pixels = Buffer.alloc(rows * (width + 1), 128);
  for (let row = 0; row < rows; row++) pixels[row * (width + 1)] = 0;
  const chunks = [chunk('IHDR', header), chunk('IDAT', deflateSync(pixels)), chunk('IEND', Buffer.alloc(0))];
  return file('grey.png', Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...chunks]));
}

function chunk(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name), content]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(content.length, 0);
  ends.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
}

export function chunkNames({ buffer }: TestFile): readonly string[] {
  return listChunks(buffer).map(({ name }) => name);
}

/** What a portal does: the picture without its record. */
export function withoutRecord({ name, buffer }: TestFile): TestFile {
  const record = listChunks(buffer).find((part) => part.name === 'roFi')!;
  return file(name, Buffer.concat([buffer.subarray(0, record.start - 8), buffer.subarray(record.end + 4)]));
}

/** One byte of the sealed original changed, with a checksum that fits. */
export function withChangedSeal({ name, buffer }: TestFile): TestFile {
  const record = listChunks(buffer).find((part) => part.name === 'roFi')!;
  const content = Buffer.from(buffer.subarray(record.start, record.end));
  content[content.length - 1000]! ^= 1;
  return file(
    name,
    Buffer.concat([
      buffer.subarray(0, record.start - 8),
      chunk('roFi', content),
      buffer.subarray(record.end + 4),
    ]),
  );
}

export async function otherKey(): Promise<TestFile> {
  return file('other.rofikey', Buffer.from(writeKey(await describeKey(createKey(), '', new Date()))));
}

/** One character of the key itself changed, the file still well formed. */
export function withChangedKey({ name, buffer }: TestFile): TestFile {
  const json = JSON.parse(buffer.toString()) as { key: string };
  const changed = (json.key.startsWith('A') ? 'B' : 'A') + json.key.slice(1);
  return file(name, Buffer.from(JSON.stringify({ ...json, key: changed })));
}

/** The photo made smaller, by the browser. */
export async function shrunk(page: Page, { buffer }: TestFile, factor: number): Promise<TestFile> {
  const base64 = await page.evaluate(
    async ([source, scale]) => {
      const bitmap = await createImageBitmap(
        new Blob([Uint8Array.from(atob(source), (character) => character.charCodeAt(0))]),
      );
      const canvas = new OffscreenCanvas(Math.round(bitmap.width * scale), Math.round(bitmap.height * scale));
      canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    },
    [buffer.toString('base64'), factor] as const,
  );
  return file('small.png', Buffer.from(base64, 'base64'));
}

/** Half one person and half another, whose faces lie in the same place. */
export async function blended(page: Page, one: TestFile, other: TestFile): Promise<TestFile> {
  const base64 = await page.evaluate(
    async (sources) => {
      const [below, above] = await Promise.all(
        sources.map((source) =>
          createImageBitmap(
            new Blob([Uint8Array.from(atob(source), (character) => character.charCodeAt(0))]),
          ),
        ),
      );
      const canvas = new OffscreenCanvas(below!.width, below!.height);
      const context = canvas.getContext('2d')!;
      context.drawImage(below!, 0, 0);
      context.globalAlpha = 0.5;
      context.drawImage(above!, 0, 0, canvas.width, canvas.height);
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    },
    [one, other].map(({ buffer }) => buffer.toString('base64')),
  );
  return file('blended.png', Buffer.from(base64, 'base64'));
}

/** A photo, and at its right edge somebody far behind: another photo, made smaller. */
export async function withBystander(
  page: Page,
  photo: TestFile,
  other: TestFile,
  factor: number,
): Promise<TestFile> {
  const base64 = await page.evaluate(
    async ([near, far, scale]) => {
      const open = async (text: string): Promise<ImageBitmap> =>
        createImageBitmap(new Blob([Uint8Array.from(atob(text), (character) => character.charCodeAt(0))]));
      const [front, back] = [await open(near), await open(far)];
      const [width, height] = [Math.round(back.width * scale), Math.round(back.height * scale)];
      const canvas = new OffscreenCanvas(front.width + width, front.height);
      const context = canvas.getContext('2d')!;
      context.fillStyle = '#a0a4a6';
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.drawImage(front, 0, 0);
      context.drawImage(back, front.width, 0, width, height);
      const made = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
      return btoa(Array.from(made, (byte) => String.fromCharCode(byte)).join(''));
    },
    [photo.buffer.toString('base64'), other.buffer.toString('base64'), factor] as const,
  );
  return file('group.png', Buffer.from(base64, 'base64'));
}
