/** What lies in a file beside its picture and is no tag: comments, further pictures, videos, unknown parts. */
import { decodeText, startsWith } from '../../record/bytes';
import { listParts as listSegments } from '../../record/jpeg';
import { listParts as listChunks } from '../../record/png';
import type { ImagePart } from '../../record/types';
import type { ImageFormat, MetadataEntry } from '../types';

const MAX_COMMENT = 200;

/** Lists them as far as formats are known here. */
export function listHiddenParts(bytes: Uint8Array, format: ImageFormat): readonly MetadataEntry[] {
  return LISTERS[format]?.(bytes) ?? [];
}

const LISTERS: Readonly<Partial<Record<ImageFormat, (bytes: Uint8Array) => readonly MetadataEntry[]>>> = {
  jpeg: (bytes) => listSegments(bytes).flatMap((part) => jpegEntry(bytes, part)),
  png: pngEntries,
  webp: webpEntries,
  gif: gifEntries,
};

/** First bytes of segments whose tags are listed one by one, or that only say how pixels are coded. */
const READ_SEGMENTS: readonly (readonly [name: string, start: string])[] = [
  ['APP0', 'JFIF\0'],
  ['APP1', 'Exif\0'],
  ['APP1', 'http://ns.adobe.com/xap/1.0/\0'],
  ['APP2', 'ICC_PROFILE\0'],
  ['APP2', 'MPF\0'],
  ['APP13', 'Photoshop 3.0\0'],
  ['APP14', 'Adobe'],
  ['APP15', 'ROFI\0'],
];

function jpegEntry(bytes: Uint8Array, part: ImagePart): readonly MetadataEntry[] {
  const { name, start, end } = part;
  const content = bytes.subarray(start, end);
  if (name === 'COM') return [{ group: 'comment', name: 'Comment', value: comment(content) }];
  if (name === 'trailing') return trailing(content);
  if (!name.startsWith('APP')) return [];
  if (READ_SEGMENTS.some(([segment, magic]) => segment === name && latin1(content, 0, 40).startsWith(magic)))
    return [];
  const isXmp = latin1(content, 0, 40).startsWith('http://ns.adobe.com/xmp/extension/');
  return [{ group: isXmp ? 'xmp' : 'other', name: isXmp ? 'Extended XMP' : name, value: size(content) }];
}

/** Chunks that say how pixels are coded, or whose tags are listed one by one. */
const READ_CHUNKS =
  /^(?:IHDR|PLTE|IDAT|IEND|tRNS|cHRM|gAMA|iCCP|sBIT|sRGB|cICP|mDCV|cLLI|bKGD|hIST|pHYs|sPLT|tEXt|zTXt|iTXt|eXIf|tIME|acTL|fcTL|fdAT|roFi)$/;

function pngEntries(bytes: Uint8Array): readonly MetadataEntry[] {
  const parts = listChunks(bytes);
  const frames = parts.filter(({ name }) => name === 'fcTL').length;
  return [...animation(frames), ...parts.flatMap((part) => pngEntry(bytes, part))];
}

function pngEntry(bytes: Uint8Array, { name, start, end }: ImagePart): readonly MetadataEntry[] {
  const content = bytes.subarray(start, end);
  if (name === 'trailing') return trailing(content);
  return READ_CHUNKS.test(name) ? [] : [{ group: 'other', name, value: size(content) }];
}

function webpEntries(bytes: Uint8Array): readonly MetadataEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let frames = 0;
  let at = 12;
  while (at + 8 <= bytes.length && at < view.getUint32(4, true) + 8) {
    if (latin1(bytes, at, at + 4) === 'ANMF') frames++;
    const length = view.getUint32(at + 4, true);
    at += 8 + length + (length % 2);
  }
  return [...animation(frames), ...trailing(bytes.subarray(at))];
}

/** Every frame has a control block before it. */
function gifEntries(bytes: Uint8Array): readonly MetadataEntry[] {
  let frames = 0;
  for (let at = bytes.indexOf(0x21); at >= 0; at = bytes.indexOf(0x21, at + 1)) {
    if (bytes[at + 1] === 0xf9 && bytes[at + 2] === 4 && bytes[at + 7] === 0) frames++;
  }
  return animation(frames);
}

function animation(frames: number): readonly MetadataEntry[] {
  return frames > 1 ? [{ group: 'animation', name: 'Frames', value: String(frames) }] : [];
}

/** What stands behind the picture's end: padding says nothing. */
function trailing(content: Uint8Array): readonly MetadataEntry[] {
  if (content.every((byte) => byte === 0 || byte === 0xff)) return [];
  return [{ group: 'trailing', name: trailingName(content), value: size(content) }];
}

function trailingName(content: Uint8Array): string {
  const head = latin1(content, 0, 4096);
  if (head.includes('ftyp')) return 'Video';
  if (startsWith(content, Uint8Array.of(0x89, 0x50, 0x4e, 0x47)) || head.includes('\xff\xd8\xff'))
    return 'Picture';
  return 'Data';
}

/** Nothing says how a comment is written: as UTF-8 when it can be read so. */
function comment(content: Uint8Array): string {
  const text = decodeText(content) ?? new TextDecoder('latin1').decode(content);
  return text.length > MAX_COMMENT ? `${text.slice(0, MAX_COMMENT)}…` : text;
}

function size({ length }: Uint8Array): string {
  return length < 1000
    ? `${length} B`
    : length < 1e6
      ? `${Math.round(length / 1e3)} KB`
      : `${(length / 1e6).toFixed(1)} MB`;
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}
