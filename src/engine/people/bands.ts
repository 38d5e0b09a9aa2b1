/** Donors' textures in bands of detail, each half as fine as the one before: persons are mixed band by band. */
import { people } from '../constants.json';
import { LUMA, lumaOf } from '../image/luma';
import { TEXTURE_SIDE, type Atlas } from './atlas';
import { pyramidDown, pyramidUp } from './pyramid';
import { Recent } from './recent';

/** The level, from 0 the finest, from which on a person has the mean of the four donors. */
const EVEN_FROM = people.evenFrom;
/** Donors kept in bands: a search through many persons meets the same ones again and again. */
const KEPT_DONORS = 48;
const AREA = TEXTURE_SIDE * TEXTURE_SIDE;

/** A plane's bands, the finest first; the last is the smoothed plane they leave, all square and half as wide each. */
type Bands = readonly Float32Array[];

/** A texture's brightness, and by how much red and blue exceed it. Green follows, for it is a part of brightness. */
export interface TextureBands {
  readonly luma: Bands;
  readonly red: Bands;
  readonly blue: Bands;
}

const known = new WeakMap<Atlas, Recent<TextureBands>>();

/** A donor's texture in bands. */
export function bandsOf(row: number, atlas: Atlas): Promise<TextureBands> {
  const donors =
    known.get(atlas) ?? new Recent(KEPT_DONORS, async (donor) => split(await atlas.texture(donor)));
  known.set(atlas, donors);
  return donors.get(row);
}

function split(texture: Float32Array): TextureBands {
  const luma = lumaOf(texture);
  const [red, blue] = [new Float32Array(AREA), new Float32Array(AREA)];
  for (let i = 0; i < AREA; i++) {
    const brightness = luma[i] ?? 0;
    red[i] = (texture[i] ?? 0) - brightness;
    blue[i] = (texture[2 * AREA + i] ?? 0) - brightness;
  }
  return {
    luma: bandsBelow(luma, EVEN_FROM.luma),
    red: bandsBelow(red, EVEN_FROM.colour),
    blue: bandsBelow(blue, EVEN_FROM.colour),
  };
}

/** The bands finer than a level, and the plane at that level. */
function bandsBelow(plane: Float32Array, level: number): Bands {
  const bands: Float32Array[] = [];
  let fine = plane;
  for (let side = TEXTURE_SIDE; bands.length < level; side /= 2) {
    const coarse = pyramidDown(fine, side);
    const band = pyramidUp(coarse, side / 2);
    for (let i = 0; i < band.length; i++) band[i] = (fine[i] ?? 0) - (band[i] ?? 0);
    bands.push(band);
    fine = coarse;
  }
  return [...bands, fine];
}

/** A mask, and from where to where it is not 0: brows, nose and mouth are small. */
interface Mask {
  readonly plane: Float32Array;
  readonly from: number;
  readonly to: number;
}

/** Where what is of whom. */
export interface Masks {
  /** Each part's mask, [256, 256] and smaller, the finest first. */
  readonly parts: readonly (readonly Mask[])[];
  /** What lips open to, as fine as the coarse plane of colours. */
  readonly mouth: Float32Array;
}

/** Masks at every level at which they are needed. `parts`, `mouth` - as the atlas has them */
export function masksFor([parts, mouth]: readonly [readonly Float32Array[], Float32Array]): Masks {
  const most = Math.max(EVEN_FROM.luma, EVEN_FROM.colour);
  return {
    parts: parts.map((mask) => shrinking(mask, most).map(bounded)),
    mouth: shrinking(mouth, EVEN_FROM.colour + 1)[EVEN_FROM.colour] ?? mouth,
  };
}

function bounded(plane: Float32Array): Mask {
  const isThere = (value: number): boolean => value !== 0;
  return { plane, from: Math.max(plane.findIndex(isThere), 0), to: plane.findLastIndex(isThere) + 1 };
}

/** A plane [256, 256] and so many smaller ones that there are `count` in all, each half as wide. */
function shrinking(plane: Float32Array, count: number): Bands {
  const levels = [plane];
  while (levels.length < count) {
    const side = TEXTURE_SIDE >> (levels.length - 1);
    levels.push(pyramidDown(levels[levels.length - 1] ?? plane, side));
  }
  return levels;
}

/**
 * The parts' textures as one, [3, 256, 256] planar RGB. Colour, and what is coarse, is the mean of all: a donor's
 * make-up, light or beard would stand as a patch. But what lips open to has its donor's own colour: teeth are not of the
 * colour of lips.
 */
export function mixTextures(parts: readonly TextureBands[], masks: Masks): Float32Array<ArrayBuffer> {
  const mix = (plane: keyof TextureBands, mouth?: Float32Array): Float32Array =>
    mixBands(
      parts.map((bands) => bands[plane]),
      masks.parts,
      mouth,
    );
  const [luma, red, blue] = [mix('luma'), mix('red', masks.mouth), mix('blue', masks.mouth)];
  const mixed = new Float32Array(3 * AREA);
  for (let i = 0; i < AREA; i++) {
    const [brightness, moreRed, moreBlue] = [luma[i] ?? 0, red[i] ?? 0, blue[i] ?? 0];
    const moreGreen = -(LUMA[0] * moreRed + LUMA[2] * moreBlue) / LUMA[1];
    mixed[i] = clampToUnit(brightness + moreRed);
    mixed[AREA + i] = clampToUnit(brightness + moreGreen);
    mixed[2 * AREA + i] = clampToUnit(brightness + moreBlue);
  }
  return mixed;
}

/**
 * Band by band where each part shows, the coarser the softer the seams, on the mean of what the bands leave.
 *
 * @param mouth - where that is not the mean, but what the last part, the mouth, has of it
 */
function mixBands(parts: readonly Bands[], masks: Masks['parts'], mouth?: Float32Array): Float32Array {
  const last = (parts[0]?.length ?? 1) - 1;
  let mixed = new Float32Array((TEXTURE_SIDE >> last) ** 2);
  for (const bands of parts) addShare(mixed, bands[last], 1 / parts.length);
  const own = parts[parts.length - 1]?.[last];
  for (let i = 0; i < (mouth?.length ?? 0); i++) {
    mixed[i] = (mixed[i] ?? 0) + (mouth?.[i] ?? 0) * ((own?.[i] ?? 0) - (mixed[i] ?? 0));
  }
  for (let level = last - 1; level >= 0; level--) {
    mixed = pyramidUp(mixed, TEXTURE_SIDE >> (level + 1));
    for (const [part, bands] of parts.entries()) addMasked(mixed, bands[level], masks[part]?.[level]);
  }
  return mixed;
}

function addShare(onto: Float32Array, plane: Float32Array | undefined, share: number): void {
  if (plane === undefined) return;
  for (let i = 0; i < onto.length; i++) onto[i] = (onto[i] ?? 0) + share * (plane[i] ?? 0);
}

function addMasked(onto: Float32Array, band: Float32Array | undefined, mask: Mask | undefined): void {
  if (band === undefined || mask === undefined) return;
  const { plane, from, to } = mask;
  for (let i = from; i < to; i++) onto[i] = onto[i]! + plane[i]! * band[i]!;
}

function clampToUnit(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}
