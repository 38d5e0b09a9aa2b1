/** The room behind people tells who and where they are: a plain colour takes its place. */
import { convexHull, distanceBeyond } from '../geometry/hull';
import { MESH_POINTS } from '../geometry/alignment';
import { boundingBox } from '../landmarks/faces';
import type { Face, Pixels } from '../types';

/** How much of each place is a person, at a size of its own. */
export interface PeopleMask {
  readonly width: number;
  readonly height: number;
  /** [height, width] in 0..1 */
  readonly shares: Float32Array;
}

export type FindPeople = (pixels: Pixels) => Promise<PeopleMask>;

/** What takes the place of what is hidden: light grey, as behind passport photos. */
export const PLAIN = 214;
/** Shares between which a person fades into the background. */
const FADE = { from: 0.35, to: 0.65 };

/**
 * A copy of a photo in which only people are left. What lies within a face's outline stays, whatever the mask says.
 *
 * @param faces - in pixels of the photo
 */
export function hideBackground(pixels: Pixels, people: PeopleMask, faces: readonly Face[]): Pixels {
  const { width, height } = pixels;
  const data = pixels.data.slice();
  const outlines = faces.map(({ landmarks }) => outlineOf(landmarks));
  const columns = Array.from({ length: width }, (_, x) => placeIn(x, width, people.width));
  for (let y = 0; y < height; y++) {
    const row = placeIn(y, height, people.height);
    const upper = people.shares.subarray(row.at * people.width);
    const lower = people.shares.subarray(row.next * people.width);
    for (let x = 0; x < width; x++) {
      const { at, next, share } = columns[x]!;
      const above = upper[at]! + share * (upper[next]! - upper[at]!);
      const below = lower[at]! + share * (lower[next]! - lower[at]!);
      const stays = faded(above + row.share * (below - above));
      if (stays === 1 || outlines.some((contains) => contains(x + 0.5, y + 0.5))) continue;
      const pixel = (y * width + x) * 4;
      for (let channel = pixel; channel < pixel + 3; channel++) {
        data[channel] = PLAIN + stays * (data[channel]! - PLAIN);
      }
    }
  }
  return { width, height, data };
}

/** The two places of a mask's side that a pixel lies between, and how near to the second. */
function placeIn(pixel: number, pixels: number, side: number): { at: number; next: number; share: number } {
  const place = Math.min(Math.max(((pixel + 0.5) * side) / pixels - 0.5, 0), side - 1);
  const at = Math.floor(place);
  return { at, next: Math.min(at + 1, side - 1), share: place - at };
}

function faded(share: number): number {
  const t = Math.min(Math.max((share - FADE.from) / (FADE.to - FADE.from), 0), 1);
  return t * t * (3 - 2 * t);
}

function outlineOf(landmarks: Float32Array): (x: number, y: number) => boolean {
  const mesh = landmarks.subarray(0, 2 * MESH_POINTS);
  const box = boundingBox(mesh);
  const hull = convexHull(mesh);
  return (x, y) =>
    x >= box.x &&
    y >= box.y &&
    x < box.x + box.width &&
    y < box.y + box.height &&
    distanceBeyond(hull, { x, y }) <= 0;
}
