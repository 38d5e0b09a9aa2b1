/** Faces on which no mesh can be laid: from the side, half hidden. They can be covered, not replaced. */
import { sharedArea, widened, withinPicture } from '../geometry/box';
import { cropPixels } from '../image/crop';
import { reduceTo } from '../image/resize';
import type { Box, Pixels, Point } from '../types';
import { boundingBox, type FindFaces } from './faces';
import { isSamePlace } from './search';
import { tilesOf } from './tiles';
import { rollOf, turned, uprightTurn, type Quarters } from './turns';

/** Finds faces in an upright picture: boxes in its pixels. */
export type DetectFaces = (pixels: Pixels) => Promise<readonly Box[]>;

/** The detector misses what is narrower than a twentieth of a picture: in tiles of this side, half of the page's limit. */
const TILE = 2048;
/** People in the background are half as large. So close up hands and ears look like heads too: only a mesh confirms one. */
const SMALL_TILE = 1024;
/** The detector works on a few hundred pixels; a larger picture only costs time. */
const WHOLE_SIZE = 640;
/** A head that shares more of its box with a known face is that face. */
const SAME_FACE = 0.3;
/** The box ends at hairline and chin: so much of it is added on each side. */
const MARGIN = 0.15;
/** What is looked at closely, in widths of the box. */
const AROUND = 3;
/** The same for a small head, whose mesh needs more of what is round it. */
const AROUND_SMALL = 5;

/** Everybody in a photo. */
export interface Everybody {
  /** 478 landmarks each, as {@link FindFaces}. */
  readonly faces: readonly Float32Array[];
  /** Heads without landmarks: boxes within the photo, in its pixels. */
  readonly heads: readonly Box[];
}

/**
 * Looks for faces that a mesh was laid on, and for those that a detector of another kind sees besides. Each of these is
 * looked at again closely, for it may have been too small.
 */
export async function findEverybody(
  pixels: Pixels,
  findFaces: FindFaces,
  detect: DetectFaces,
): Promise<Everybody> {
  const faces = [...findFaces(pixels)];
  const heads: Box[] = [];
  const isKnown = (head: Box): boolean =>
    [...faces.map(boundingBox), ...heads].some((box) => sharedArea(box, head) > SAME_FACE);
  /** Whether a mesh can be laid on a head. */
  const laysMesh = (head: Box, reach: number): boolean => {
    const closely = findClosely(pixels, head, reach, findFaces);
    const found = closely.filter((mesh) => !faces.some((face) => isSamePlace(face, mesh)));
    faces.push(...found);
    return found.some((mesh) => sharedArea(boundingBox(mesh), head) > SAME_FACE);
  };
  for (const head of await detectHeads(pixels, faces, detect)) {
    if (!isKnown(head) && !laysMesh(head, AROUND)) heads.push(head);
  }
  const turn = faces.length > 0 ? uprightTurn(faces.map(rollOf)) : 0;
  for (const head of await detectInTiles(pixels, SMALL_TILE, turn, detect)) {
    if (!isKnown(head)) laysMesh(head, AROUND_SMALL);
  }
  return { faces, heads: heads.map((head) => withinPicture(widened(head, MARGIN), pixels)) };
}

/** Heads in the whole photo and in tiles of a large one, turned as its faces are; at all four turns where none is known. */
async function detectHeads(
  pixels: Pixels,
  faces: readonly Float32Array[],
  detect: DetectFaces,
): Promise<readonly Box[]> {
  const turns: readonly Quarters[] = faces.length > 0 ? [uprightTurn(faces.map(rollOf))] : [0, 2, 1, 3];
  const { pixels: small, factor } = reduceTo(pixels, WHOLE_SIZE);
  const toPhoto = ({ x, y }: Point): Point => ({ x: x * factor, y: y * factor });
  for (const quarters of turns) {
    const whole = await detectTurned(small, quarters, toPhoto, detect);
    const heads = [...whole, ...(await detectInTiles(pixels, TILE, quarters, detect))];
    if (heads.length > 0) return heads;
  }
  return [];
}

/** Heads in tiles of a large photo; none of one that is no larger than {@link TILE}. */
async function detectInTiles(
  pixels: Pixels,
  side: number,
  quarters: Quarters,
  detect: DetectFaces,
): Promise<readonly Box[]> {
  const longest = Math.max(pixels.width, pixels.height);
  if (longest <= TILE) return [];
  // Reduced once and then cut: the tiles overlap.
  const { pixels: small, factor } = reduceTo(pixels, (longest * WHOLE_SIZE) / side);
  const heads: Box[] = [];
  for (const tile of tilesOf(small, Math.round(side / factor))) {
    const toPhoto = ({ x, y }: Point): Point => ({ x: (x + tile.x) * factor, y: (y + tile.y) * factor });
    heads.push(...(await detectTurned(tile.cut(), quarters, toPhoto, detect)));
  }
  return heads;
}

/** Heads in a small picture held turned, in the photo's pixels. */
async function detectTurned(
  pixels: Pixels,
  quarters: Quarters,
  toPhoto: (point: Point) => Point,
  detect: DetectFaces,
): Promise<readonly Box[]> {
  const picture = turned(pixels, quarters);
  return (await detect(picture.pixels)).map(({ x, y, width, height }) => {
    const corners = [
      { x, y },
      { x: x + width, y: y + height },
    ].map((corner) => toPhoto(picture.back(corner)));
    return boundingBox(Float32Array.from(corners.flatMap((corner) => [corner.x, corner.y])));
  });
}

/** Meshes in the neighbourhood of a box, so many of its widths, in the photo's pixels. */
function findClosely(
  pixels: Pixels,
  head: Box,
  reach: number,
  findFaces: FindFaces,
): readonly Float32Array[] {
  const around = withinPicture(widened(head, (reach - 1) / 2), pixels);
  return findFaces(cropPixels(pixels, around)).map((mesh) =>
    mesh.map((value, i) => value + (i % 2 === 0 ? around.x : around.y)),
  );
}
