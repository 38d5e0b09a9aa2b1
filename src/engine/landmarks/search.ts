/** Every face of a photo, the right way up, wherever and however small it is. */
import { reduceTo } from '../image/resize';
import type { Box, Pixels, Point } from '../types';
import { pointOf } from '../geometry/alignment';
import { sharedArea } from '../geometry/box';
import { closeUpAt } from './close-up';
import { boundingBox } from './faces';
import { tileCount, tilesOf } from './tiles';
import { angleBetween, rollOf, turned, uprightTurn, type Quarters } from './turns';

/** Faces in a small picture: 478 landmarks each, x and y interleaved, in its pixels. */
export type Detect = (pixels: Pixels) => readonly Float32Array[];

/** Two looks at a small picture. */
export interface Looks {
  readonly faces: Detect;
  /** Where {@link faces} will look for landmarks, boxes in the picture's pixels: a sixth of the time. */
  readonly boxes: (pixels: Pixels) => readonly Box[];
}

/** The detector works on a few hundred pixels; a larger picture only costs time. */
const WHOLE_SIZE = 640;
/** A tile is shrunk to about this; it only says that there is a face, a close-up where. */
const TILE_SIZE = 320;
/** Sides of tiles, photo pixels: in the smallest a face is found with 40 between its eyes' corners, half of what is needed. */
const SMALLEST_TILE = 640;
/** More tiles of one size than this take too long; they are made larger. */
const MAX_TILES = 200;
const LARGER = 1.25;

/** Two looks at one face agree about its turn within this. */
const SAME_TURN = Math.PI / 4;
/** So often a face may be looked at from another side, before it is taken for none. */
const MAX_LOOKS = 3;

/**
 * Finds faces: in the photo at its four turns, then in tiles, turned as most faces found so far. A detector that meets a
 * face upside down lays a mesh on it that stands on its head, so each is looked at from several sides ({@link settle}).
 *
 * @param within - only tiles that meet one of these boxes are searched: elsewhere the picture has been searched before
 */
export function searchFaces(pixels: Pixels, looks: Looks, within?: readonly Box[]): Float32Array[] {
  const faces: Float32Array[] = [];
  const isNew = (box: Box): boolean => !faces.some((known) => isShared(boundingBox(known), box));
  const add = (landmarks: Float32Array): void => {
    if (!isNew(boundingBox(landmarks))) return;
    const face = settle(pixels, landmarks, looks.faces);
    if (face !== null && isPossible(face) && isNew(boundingBox(face))) faces.push(face);
  };
  const search: Search = { looks, isNew };
  const { pixels: small, factor } = reduceTo(pixels, WHOLE_SIZE);
  const whole: Part = { pixels: small, place: ({ x, y }) => ({ x: x * factor, y: y * factor }) };
  for (const quarters of [0, 2, 1, 3] as const) detectTurned(whole, quarters, search).forEach(add);
  const turn = faces.length === 0 ? null : uprightTurn(faces.map(rollOf));
  for (const side of tileSides(pixels)) {
    for (const quarters of turn === null ? ([0, 2] as const) : [turn]) {
      for (const landmarks of searchTiles(pixels, side, quarters, search, within)) add(landmarks);
    }
  }
  return faces;
}

/** How a search looks, and what of that has not been found yet, in the photo's pixels. */
interface Search {
  readonly looks: Looks;
  readonly isNew: (box: Box) => boolean;
}

/** A part of the photo, small enough to look at, and where its points lie in the photo. */
interface Part {
  readonly pixels: Pixels;
  readonly place: (point: Point) => Point;
}

/**
 * The mesh of a face that holds from several sides: most looks at the photo, held in the face's turn and by a quarter
 * to both sides, have to agree with it; if they agree on another turn, that one is tried. Null when none holds.
 */
export function settle(pixels: Pixels, landmarks: Float32Array, detect: Detect): Float32Array | null {
  let current = landmarks;
  for (let i = 0; i < MAX_LOOKS; i++) {
    const roll = rollOf(current);
    const closeUp = closeUpAt(pixels, current, roll);
    const look = (quarters: Quarters): Float32Array | null => {
      const picture = turned(closeUp.pixels, quarters);
      const seen = detect(picture.pixels).map((mesh) => closeUp.toPhoto(mapPoints(mesh, picture.back)));
      return seen.find((mesh) => isSamePlace(mesh, current)) ?? null;
    };
    const straight = look(0);
    const seen = [straight, look(3), look(1)].filter((mesh) => mesh !== null);
    const agreeing = (mesh: Float32Array): number =>
      seen.filter((other) => angleBetween(rollOf(other), rollOf(mesh)) < SAME_TURN).length;
    const contested = (): boolean => seen.length > 1 && seen.every((mesh) => agreeing(mesh) === 1);
    if (contested()) {
      const opposite = look(2);
      if (opposite) seen.push(opposite);
    }
    const best = seen.reduce<Float32Array | null>(
      (most, mesh) => (most === null || agreeing(mesh) > agreeing(most) ? mesh : most),
      null,
    );
    if (best === null) return null;
    const holds = straight !== null && agreeing(straight) === agreeing(best) && !contested();
    if (holds && angleBetween(rollOf(straight), roll) < SAME_TURN) return straight;
    current = best === straight ? (seen.find((mesh) => mesh !== straight) ?? best) : best;
  }
  return null;
}

/** Whether two meshes are of one face: most of the smaller one's box is the other's too. */
export function isSamePlace(one: Float32Array, other: Float32Array): boolean {
  return isShared(boundingBox(one), boundingBox(other));
}

function isShared(one: Box, other: Box): boolean {
  return sharedArea(one, other) > 0.5;
}

/** Nose tip and chin, and the eyes' outer corners, subject's right first. */
const [NOSE, CHIN, RIGHT, LEFT] = [1, 152, 33, 263];

/** Whether a mesh may be a face's: the chin is below the eyes as far as heads are long, and the nose between. */
function isPossible(landmarks: Float32Array): boolean {
  const right = pointOf(landmarks, RIGHT);
  const left = pointOf(landmarks, LEFT);
  const across = { x: left.x - right.x, y: left.y - right.y };
  const span = Math.hypot(across.x, across.y);
  const below = (index: number): number => {
    const { x, y } = pointOf(landmarks, index);
    const middle = { x: (right.x + left.x) / 2, y: (right.y + left.y) / 2 };
    return (across.x * (y - middle.y) - across.y * (x - middle.x)) / (span * span);
  };
  return span > 0 && below(CHIN) > 0.5 && below(CHIN) < 4 && below(NOSE) < below(CHIN);
}

function tileSides({ width, height }: Pixels): readonly number[] {
  const longest = Math.max(width, height);
  const sides: number[] = [];
  let smallest = SMALLEST_TILE;
  while (tileCount(width, smallest) * tileCount(height, smallest) > MAX_TILES) smallest *= LARGER;
  for (let side = smallest; side < longest; side *= 2) sides.unshift(side);
  return sides;
}

function* searchTiles(
  pixels: Pixels,
  side: number,
  quarters: Quarters,
  search: Search,
  within: readonly Box[] | undefined,
): Generator<Float32Array> {
  // Reduced once and then cut: the tiles overlap.
  const shrunk = (Math.max(pixels.width, pixels.height) * TILE_SIZE) / side;
  const { pixels: small, factor } = reduceTo(pixels, shrunk);
  const isWanted = (tile: Box): boolean => within?.some((box) => meets(scaled(tile, factor), box)) ?? true;
  for (const tile of tilesOf(small, Math.round(side / factor)).filter(isWanted)) {
    const place = ({ x, y }: Point): Point => ({ x: (x + tile.x) * factor, y: (y + tile.y) * factor });
    for (const landmarks of detectTurned({ pixels: tile.cut(), place }, quarters, search)) {
      if (tile.holds(landmarks.map((value) => value / factor))) yield landmarks;
    }
  }
}

function meets(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

function scaled({ x, y, width, height }: Box, factor: number): Box {
  return { x: x * factor, y: y * factor, width: width * factor, height: height * factor };
}

/** Faces in a part held turned, in the photo's pixels; none where all that is seen there is known. */
function detectTurned(
  { pixels, place }: Part,
  quarters: Quarters,
  { looks, isNew }: Search,
): readonly Float32Array[] {
  const picture = turned(pixels, quarters);
  const toPhoto = (point: Point): Point => place(picture.back(point));
  const boxToPhoto = ({ x, y, width, height }: Box): Box => {
    const corners = [toPhoto({ x, y }), toPhoto({ x: x + width, y: y + height })];
    return boundingBox(Float32Array.from(corners.flatMap((corner) => [corner.x, corner.y])));
  };
  if (!looks.boxes(picture.pixels).map(boxToPhoto).some(isNew)) return [];
  return looks.faces(picture.pixels).map((landmarks) => mapPoints(landmarks, toPhoto));
}

function mapPoints(landmarks: Float32Array, map: (point: Point) => Point): Float32Array<ArrayBuffer> {
  const mapped = new Float32Array(landmarks.length);
  for (let i = 0; i < landmarks.length / 2; i++) {
    const { x, y } = map(pointOf(landmarks, i));
    mapped.set([x, y], 2 * i);
  }
  return mapped;
}
