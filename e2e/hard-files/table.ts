/** Files that trip programs of this kind, made from the page's own sample, and what the page must make of each. */
import { readFile } from 'node:fs/promises';
import { encodeJpeg, encodePng, useCodecs } from '../../src/engine/image/codecs';
import { decodePixels } from '../../src/engine/image/decode';
import { applyOrientation } from '../../src/engine/image/orientation';
import { readCodec } from '../../src/engine/testing/codecs';
import type { Pixels } from '../../src/engine/types';
import { listSegments } from '../../src/formats/jpeg/segments';

/** What the page says: an error's title, or how many faces it finds and how many quarters clockwise they are turned. */
type Expected = { readonly error: string } | { readonly faces: number; readonly turn: number };

/** A new file is a new row. */
export interface Row {
  readonly name: string;
  readonly make: (portrait: Portrait) => Promise<Uint8Array> | Uint8Array;
  readonly expected: Expected;
}

/** A face of nobody, as a file and as pixels. */
interface Portrait {
  readonly jpeg: Uint8Array;
  readonly pixels: Pixels;
}

const UPRIGHT: Expected = { faces: 1, turn: 0 };
const UNREADABLE: Expected = { error: 'The photo cannot be read' };
const NOBODY: Expected = { error: 'No face was found' };

/** EXIF's numbers for pictures that are stored turned clockwise by 1, 2 and 3 quarters. */
const STORED = [1, 6, 3, 8] as const;

export const rows: readonly Row[] = [
  { name: 'as it is', make: ({ jpeg }) => jpeg, expected: UPRIGHT },
  ...([1, 2, 3] as const).map((turn) => ({
    name: `lying by ${turn * 90} degrees, and nothing says so`,
    make: ({ pixels }: Portrait) => encodeJpeg(applyOrientation(pixels, STORED[turn])),
    expected: { faces: 1, turn },
  })),
  {
    name: 'stored on its head, which EXIF says',
    make: async ({ pixels }) => withExif(await encodeJpeg(applyOrientation(pixels, 3)), 3),
    expected: UPRIGHT,
  },
  {
    name: 'two people, one of them on his head',
    make: ({ pixels }) => encodeJpeg(beside(pixels, applyOrientation(pixels, 3))),
    expected: { faces: 2, turn: 0 },
  },
  { name: 'without its last two bytes', make: ({ jpeg }) => jpeg.subarray(0, -2), expected: UPRIGHT },
  { name: 'cut off', make: ({ jpeg }) => jpeg.subarray(0, jpeg.length * 0.6), expected: UNREADABLE },
  {
    name: 'cut off, behind a harmless warning',
    make: ({ jpeg }) => newerJfif(jpeg).subarray(0, jpeg.length * 0.6),
    expected: UNREADABLE,
  },
  {
    name: 'never written to its end',
    make: ({ jpeg }) => jpeg.slice().fill(0, jpeg.length * 0.6),
    expected: UNREADABLE,
  },
  {
    name: 'a face erased to nothing',
    make: ({ pixels }) =>
      encodePng({ ...pixels, data: pixels.data.map((value, i) => (i % 4 === 3 ? 0 : value)) }),
    expected: NOBODY,
  },
];

/** Makes a row's file. */
export async function makeFile({ make }: Row): Promise<Buffer> {
  useCodecs(readCodec);
  const jpeg = new Uint8Array(await readFile('public/samples/ptosis.jpg'));
  return Buffer.from(await make({ jpeg, pixels: await decodePixels(jpeg, 'jpeg') }));
}

function beside(left: Pixels, right: Pixels): Pixels {
  const width = left.width + right.width;
  const data = new Uint8ClampedArray(width * left.height * 4).fill(255);
  for (let y = 0; y < left.height; y++) {
    for (const [picture, x] of [
      [left, 0],
      [right, left.width],
    ] as const) {
      const row = picture.data.subarray(y * picture.width * 4, (y + 1) * picture.width * 4);
      data.set(row, (y * width + x) * 4);
    }
  }
  return { width, height: left.height, data };
}

/** One EXIF entry: how the picture is stored. */
function withExif(jpeg: Uint8Array, orientation: number): Buffer {
  const exif = Buffer.from(
    '\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0',
    'latin1',
  );
  exif.writeUInt16BE(orientation, 28);
  return Buffer.concat([jpeg.subarray(0, 2), exif, jpeg.subarray(2)]);
}

/** Decoders warn of a JFIF that is newer than they are. */
function newerJfif(jpeg: Uint8Array): Uint8Array {
  const changed = jpeg.slice();
  const app0 = listSegments(jpeg).find(({ name }) => name === 'APP0');
  if (app0) changed[app0.start + 5] = 9;
  return changed;
}
