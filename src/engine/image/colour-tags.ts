/** What a file says of its colours, wherever its format says it. */
import { Inflate } from 'fflate';
import { concat, viewOf } from '../../record/bytes';
import { listParts as listSegments } from '../../record/jpeg';
import { listParts as listChunks } from '../../record/png';
import type { ImageFormat } from '../types';
import { codedColours, gammaColours } from './coded-colours';
import { parseProfile, type ColourProfile } from './colour-profile';
import { readJpegFrame } from './dimensions';
import { content } from './png-file';

/** `tables`: a profile that only a colour library converts by. Null: sRGB, said or not. */
export type Colours = ColourProfile | 'tables' | null;

/** More than any real profile has; a few bytes may inflate to hundreds of megabytes. */
const MAX_PROFILE = 16 * 2 ** 20;
const INFLATE_STEP = 4096;
const ICC_HEAD = 14;

/** The colours a file claims. What is broken or does not fit the picture counts as nothing, as in browsers. */
export function readColours(bytes: Uint8Array, format: ImageFormat): Colours {
  try {
    return READERS[format]?.(bytes) ?? null;
  } catch {
    return null;
  }
}

const READERS: Readonly<Partial<Record<ImageFormat, (bytes: Uint8Array) => Colours>>> = {
  jpeg: jpegColours,
  png: pngColours,
  webp: webpColours,
  heic: codedInBoxes,
  avif: codedInBoxes,
};

/** APP2 segments "ICC_PROFILE\0", number and count. */
function jpegColours(bytes: Uint8Array): Colours {
  const parts = new Map<number, Uint8Array>();
  for (const { name, start, end } of listSegments(bytes)) {
    if (name !== 'APP2' || ascii(bytes, start, 12) !== 'ICC_PROFILE\0') continue;
    parts.set(bytes[start + 12] ?? 0, bytes.subarray(start + ICC_HEAD, end));
  }
  if (parts.size === 0) return null;
  const ordered = [...parts].sort(([one], [other]) => one - other).map(([, part]) => part);
  return parseProfile(concat(...ordered), readJpegFrame(bytes).channels === 1);
}

/** The newest statement counts: cICP before iCCP, sRGB, and gAMA with cHRM. */
function pngColours(bytes: Uint8Array): Colours {
  const parts = listChunks(bytes);
  const chunk = (name: string, length?: number): Uint8Array | null => {
    const found = content(bytes, parts, name);
    return length === undefined || found?.length === length ? found : null;
  };
  const isGrey = ((chunk('IHDR', 13)?.[9] ?? 0) & 3) === 0;
  const coded = chunk('cICP', 4);
  if (coded?.[2] === 0 && coded[3] === 1) return codedColours(coded[0] ?? 0, coded[1] ?? 0);
  const compressed = chunk('iCCP');
  const profile = compressed && parseProfile(inflated(compressed), isGrey);
  if (profile) return profile;
  const rendering = chunk('sRGB', 1);
  if (rendering && (rendering[0] ?? 0) < 4) return null;
  const gamma = chunk('gAMA', 4);
  return gammaColours(gamma && uint32s(gamma)[0], uint32s(chunk('cHRM', 32) ?? new Uint8Array(0)));
}

/** A name, 0, a compression method, zlib. */
function inflated(chunk: Uint8Array): Uint8Array {
  const blocks: Uint8Array[] = [];
  let length = 0;
  const inflate = new Inflate((block) => {
    length += block.length;
    if (length > MAX_PROFILE) throw new RangeError('no profile is so large');
    blocks.push(block);
  });
  // What zlib adds at its two ends is not looked at: browsers overlook a wrong checksum.
  const data = chunk.subarray(chunk.indexOf(0) + 4);
  try {
    for (let at = 0; at < data.length; at += INFLATE_STEP) inflate.push(data.subarray(at, at + INFLATE_STEP));
  } catch (error) {
    if (error instanceof RangeError || blocks.length === 0) throw error;
  }
  return concat(...blocks);
}

/** Chunk ICCP of the RIFF container. */
function webpColours(bytes: Uint8Array): Colours {
  const view = viewOf(bytes);
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = view.getUint32(at + 4, true);
    if (ascii(bytes, at, 4) === 'ICCP') return parseProfile(bytes.subarray(at + 8, at + 8 + length), false);
    at += 8 + length + (length % 2);
  }
  return null;
}

/** Boxes on the way to the first picture's colours, and how many bytes stand before their children. */
const CONTAINERS: Readonly<Record<string, number>> = { meta: 4, iprp: 0, ipco: 0 };

/** Colour box of kind `nclx`; an ICC profile in the other kind is the decoder's to use. */
function codedInBoxes(bytes: Uint8Array): Colours {
  const view = viewOf(bytes);
  const search = (start: number, end: number): Colours => {
    for (let at = start; at + 8 <= end;) {
      const size = view.getUint32(at);
      const next = size < 8 ? end : Math.min(at + size, end);
      const type = ascii(bytes, at + 4, 4);
      if (type === 'colr') {
        return ascii(bytes, at + 8, 4) === 'nclx'
          ? codedColours(view.getUint16(at + 12), view.getUint16(at + 14))
          : null;
      }
      const skipped = CONTAINERS[type];
      const found = skipped === undefined ? null : search(at + 8 + skipped, next);
      if (found !== null) return found;
      at = next;
    }
    return null;
  };
  return search(0, bytes.length);
}

function uint32s(bytes: Uint8Array): number[] {
  const view = viewOf(bytes);
  return Array.from({ length: bytes.length / 4 }, (_, i) => view.getUint32(4 * i));
}

function ascii(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}
