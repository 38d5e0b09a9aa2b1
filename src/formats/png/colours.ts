import { Inflate } from 'fflate';
import { concat, viewOf } from '../../bytes';
import { codedColours, gammaColours } from '../colours/coded';
import { parseProfile } from '../colours/icc';
import type { Colours } from '../colours/profile';
import { contentOf, listChunks } from './chunks';

/** More than any real profile has; a few bytes may inflate to hundreds of megabytes. */
const MAX_PROFILE = 16 * 2 ** 20;
const INFLATE_STEP = 4096;

/**
 * Colours by a PNG's chunks. The newest statement counts: cICP before iCCP, sRGB, and gAMA with cHRM.
 *
 * @throws RangeError when the profile is broken or larger than any, and what inflating it throws
 */
export function readPngColours(bytes: Uint8Array): Colours {
  const parts = listChunks(bytes);
  const chunk = (name: string, length?: number): Uint8Array | null => {
    const found = contentOf(bytes, parts, name);
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

function uint32s(bytes: Uint8Array): number[] {
  const view = viewOf(bytes);
  return Array.from({ length: bytes.length / 4 }, (_, i) => view.getUint32(4 * i));
}
