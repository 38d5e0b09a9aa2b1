/** An sRGB profile (ICC.1:2010), for the library that converts by profiles: it wants one to convert to. */
import { D50 } from './profile';

const HEADER = 128;
/** XYZ (D50) of sRGB's red, green and blue, adapted by Bradford. */
export const SRGB_COLUMNS = [
  [0.43607, 0.22249, 0.01392],
  [0.38515, 0.71687, 0.09708],
  [0.14307, 0.06061, 0.7141],
] as const;
/** Exponent, a, b, c, d of the parametric curve of kind 3. */
const CURVE = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045] as const;

/** The profile's bytes. */
export function srgbProfile(): Uint8Array<ArrayBuffer> {
  const [red, green, blue] = SRGB_COLUMNS;
  const curve = [...ascii('para'), 0, 0, 0, 0, 0, 3, 0, 0, ...CURVE.flatMap(fixed)];
  const tags: readonly (readonly [name: string, content: readonly number[]])[] = [
    ['desc', [...ascii('mluc'), 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 12, ...ascii('enUS'), ...LABEL]],
    ['cprt', [...ascii('mluc'), 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 12, ...ascii('enUS'), ...LABEL]],
    ['wtpt', xyz(D50)],
    ['rXYZ', xyz(red)],
    ['gXYZ', xyz(green)],
    ['bXYZ', xyz(blue)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  let offset = HEADER + 4 + 12 * tags.length;
  const table: number[] = [...uint32(tags.length)];
  for (const [name, content] of tags) {
    table.push(...ascii(name), ...uint32(offset), ...uint32(content.length));
    offset += content.length;
  }
  const header = new Uint8Array(HEADER);
  header.set(uint32(offset), 0);
  header.set([4, 0x30], 8);
  header.set(ascii('mntrRGB XYZ '), 12);
  header.set([7, 0xd0, 0, 1, 0, 1], 24);
  header.set(ascii('acsp'), 36);
  header.set(D50.flatMap(fixed), 68);
  return Uint8Array.from([...header, ...table, ...tags.flatMap(([, content]) => content)]);
}

/** Length and offset of the text, and the text in UTF-16. */
const LABEL = [...uint32(8), ...uint32(28), ...ascii('sRGB').flatMap((letter) => [0, letter])];

function xyz(values: readonly number[]): readonly number[] {
  return [...ascii('XYZ '), 0, 0, 0, 0, ...values.flatMap(fixed)];
}

/** 15.16 fixed point. */
function fixed(value: number): readonly number[] {
  return uint32(Math.round(value * 65536));
}

function uint32(value: number): readonly number[] {
  return [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
}

function ascii(text: string): readonly number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0));
}
