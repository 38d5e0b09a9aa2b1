/** Mixes donors into one person. Training mixes the same way in rofi/people/compose.py. */
import { people } from '../constants.json';
import { lumaAt } from '../image/luma';
import { PARTS, TEXTURE_SIDE, type Atlas, type Detail } from './atlas';
import { chooseDonors } from './choose';
import type { Coordinates } from './looks';
import { pyramidDown, pyramidUp } from './pyramid';

const LEVELS = people.levels;
/** The level, from 0 the finest, from which on a person has the mean of the four donors. */
const EVEN_FROM = people.evenFrom;

/** Somebody who does not exist, free of any photo. */
export interface Person {
  /** [3, 256, 256] planar RGB in 0..1 on the mean shape, light and tone divided out. */
  readonly texture: Float32Array;
  /** [468, 2] landmarks less the mean shape, looking straight, in 0..1 of the crop. */
  readonly shape: Float32Array;
  /** The skin, finer than the texture. */
  readonly detail: Detail;
}

/**
 * The key's person for a patient.
 *
 * @param number - counts the key's persons from 0
 */
export async function composePerson(
  key: Uint8Array,
  number: number,
  patient: Coordinates,
  atlas: Atlas,
): Promise<Person> {
  const { parts, detail: skin } = await chooseDonors(key, number, patient, atlas.donors, atlas.detailed);
  const detail = await atlas.detail(skin);
  const { texture, shape } = await mixDonors(parts, atlas);
  const coarse = blockMeans(detail.ratio, detail.side, detail.side / TEXTURE_SIDE);
  for (let i = 0; i < texture.length; i++) {
    texture[i] = clampToUnit((texture[i] ?? 0) * (coarse[i % coarse.length] ?? 1));
  }
  return { texture, shape, detail };
}

/** Four donors' face, brows, nose and mouth as one texture and shape. */
export async function mixDonors(
  rows: readonly number[],
  atlas: Atlas,
): Promise<{ readonly texture: Float32Array; readonly shape: Float32Array }> {
  const masks = await masksOf(atlas);
  const textures = await Promise.all(rows.map((row) => atlas.texture(row)));
  const shapes = rows.map((row) => atlas.shape(row));
  return { texture: mixTextures(textures, masks), shape: mixShapes(shapes, atlas.partWeights) };
}

/** Each part's mask at every level, the finest first. */
type Masks = readonly (readonly Float32Array[])[];

const known = new WeakMap<Atlas, Promise<Masks>>();

/** Made once an atlas: every person is mixed by the same. A failure is forgotten, so that a retry can work. */
function masksOf(atlas: Atlas): Promise<Masks> {
  const masks = known.get(atlas) ?? atlas.parts().then(maskPyramids);
  known.set(atlas, masks);
  masks.catch(() => known.delete(atlas));
  return masks;
}

function maskPyramids(parts: Float32Array): Masks {
  const area = parts.length / PARTS;
  return Array.from({ length: PARTS }, (_, part) => {
    const levels = [parts.subarray(part * area, (part + 1) * area)];
    for (let level = 0; level < LEVELS; level++) {
      levels.push(pyramidDown(levels[level] ?? new Float32Array(0), TEXTURE_SIDE >> level));
    }
    return levels;
  });
}

/**
 * Band by band, the coarser the softer the seams. Colour, and what is coarse, is the mean of all four: a donor's make-up,
 * light or beard would stand as a patch.
 */
function mixTextures(textures: readonly Float32Array[], masks: Masks): Float32Array<ArrayBuffer> {
  const area = TEXTURE_SIDE * TEXTURE_SIDE;
  const lumas = textures.map(lumaOf);
  const luma = mixPlanes(lumas, masks, EVEN_FROM.luma);
  const mixed = new Float32Array(3 * area);
  for (let channel = 0; channel < 3; channel++) {
    const colours = textures.map((texture, part) =>
      lumas[part]!.map((value, i) => (texture[channel * area + i] ?? 0) - value),
    );
    const colour = mixPlanes(colours, masks, EVEN_FROM.colour);
    for (let i = 0; i < area; i++) mixed[channel * area + i] = clampToUnit((luma[i] ?? 0) + (colour[i] ?? 0));
  }
  return mixed;
}

function lumaOf(texture: Float32Array): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: TEXTURE_SIDE * TEXTURE_SIDE }, (_, i) => lumaAt(texture, i));
}

/** Each plane where its mask shows; from a level on their mean. */
function mixPlanes(planes: readonly Float32Array[], masks: Masks, evenFrom: number): Float32Array {
  const bands = Array.from(
    { length: LEVELS + 1 },
    (_, level) => new Float32Array((TEXTURE_SIDE >> level) ** 2),
  );
  planes.forEach((plane, part) => {
    let fine = plane;
    for (let level = 0; level <= LEVELS; level++) {
      const side = TEXTURE_SIDE >> level;
      const coarse = level < LEVELS ? pyramidDown(fine, side) : undefined;
      const mask = level < evenFrom ? masks[part]![level]! : null;
      addBand(bands[level]!, fine, coarse && pyramidUp(coarse, side / 2), mask);
      if (coarse) fine = coarse;
    }
  });
  let mixed = bands[LEVELS]!;
  for (let level = LEVELS - 1; level >= 0; level--) {
    const larger = pyramidUp(mixed, TEXTURE_SIDE >> (level + 1));
    const band = bands[level]!;
    for (let i = 0; i < larger.length; i++) larger[i] = (larger[i] ?? 0) + (band[i] ?? 0);
    mixed = larger;
  }
  return mixed;
}

/** What a part has at one level: the plane less what is coarser, where the part shows; without a mask its even share. */
function addBand(
  band: Float32Array,
  fine: Float32Array,
  coarser: Float32Array | undefined,
  mask: Float32Array | null,
): void {
  for (let i = 0; i < band.length; i++) {
    const share = mask ? (mask[i] ?? 0) : 1 / PARTS;
    band[i] = (band[i] ?? 0) + ((fine[i] ?? 0) - (coarser?.[i] ?? 0)) * share;
  }
}

function mixShapes(shapes: readonly Float32Array[], weights: Float32Array): Float32Array<ArrayBuffer> {
  const points = weights.length / PARTS;
  const mixed = new Float32Array(2 * points);
  shapes.forEach((shape, part) => {
    for (let i = 0; i < mixed.length; i++) {
      mixed[i] = (mixed[i] ?? 0) + (weights[part * points + (i >> 1)] ?? 0) * (shape[i] ?? 0);
    }
  });
  return mixed;
}

/** Means of `factor`×`factor` blocks of a [side, side] plane. */
export function blockMeans(plane: Float32Array, side: number, factor: number): Float32Array<ArrayBuffer> {
  const small = side / factor;
  const means = new Float32Array(small * small);
  const share = 1 / (factor * factor);
  for (let y = 0; y < side; y++) {
    const row = Math.floor(y / factor) * small;
    for (let x = 0; x < side; x++) {
      const to = row + Math.floor(x / factor);
      means[to] = (means[to] ?? 0) + (plane[y * side + x] ?? 0) * share;
    }
  }
  return means;
}

function clampToUnit(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}
