/** Whether all of a JPEG's picture is there: decoders fill what is missing with grey and call it a warning. */
import { concat } from '../../bytes';
import { listSegments } from './segments';

/** What a decoder makes of a file, and says against it. */
interface Decoded<Picture> {
  readonly pixels: Picture;
  readonly warnings: readonly string[];
}

interface Samples {
  readonly data: Uint8ClampedArray;
}

/** Coded data that would go on for a few blocks. */
const PROBE = Uint8Array.from({ length: 256 }, (_, i) => (i * 89 + 37) % 251);
const END_OF_IMAGE = Uint8Array.of(0xff, 0xd9);
/** So many zeros in coded data are part of a sector that was never written. */
const HOLE = 256;

/**
 * Decodes a JPEG and makes sure that its picture is whole. The end marker may be missing, and decoders warn of harmless
 * things too, perhaps of those alone; but where blocks are missing, bytes put behind the last ones become blocks.
 *
 * @throws TypeError when a part of the picture is missing
 */
export async function decodeWholeJpeg<Picture extends Samples>(
  bytes: Uint8Array,
  decode: (bytes: Uint8Array) => Promise<Decoded<Picture>>,
): Promise<Picture> {
  const coded = withoutEnd(bytes);
  const { pixels, warnings } = await decode(concat(coded, END_OF_IMAGE));
  if (warnings.length === 0) return pixels;
  if (hasHole(coded)) throw new TypeError(`a hole in the picture: ${warnings.join(', ')}`);
  const longer = await decode(concat(coded, PROBE, END_OF_IMAGE));
  if (!isSame(pixels, longer.pixels)) throw new TypeError(`not the whole picture: ${warnings.join(', ')}`);
  return pixels;
}

/** The file as far as its picture's last coded byte. */
function withoutEnd(bytes: Uint8Array): Uint8Array {
  const end = listSegments(bytes).find(({ name }) => name === 'EOI')?.start;
  if (end !== undefined) return bytes.subarray(0, end - 2);
  return bytes.at(-1) === 0xff ? bytes.subarray(0, -1) : bytes;
}

function hasHole(coded: Uint8Array): boolean {
  const scan = listSegments(coded).find(({ name }) => name === 'SOS')?.end ?? coded.length;
  let zeros = 0;
  for (let i = scan; i < coded.length; i++) {
    zeros = coded[i] === 0 ? zeros + 1 : 0;
    if (zeros >= HOLE) return true;
  }
  return false;
}

function isSame(one: Samples, other: Samples): boolean {
  return one.data.length === other.data.length && one.data.every((value, i) => value === other.data[i]);
}
