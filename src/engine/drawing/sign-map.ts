import { keptSigns, landmarks as points } from '../constants.json';
import type { AlignedFace } from '../types';
import { CROP_SIZE, pointOf } from '../geometry/alignment';
import type { FaceMesh } from '../geometry/mesh';
import { fillPolygon } from '../geometry/raster';
import { blockMeans } from './blur';
import { SIGN_GRID } from './kept-shares';

/** Landmarks round each eye below the brow and above the cheek: the socket, with lids and lid folds. */
const SOCKETS = points.sockets;

/** Cells of which more than this is kept are the photo's own to the protector. */
const MOSTLY = keptSigns.mostly;

/** The protector's mask, [32, 32]: 1 where the photo's own features stay, else 0. */
export function signMask(shares: Float32Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(shares, (share) => Number(share > MOSTLY));
}

/** What of each cell lies in a socket, [32, 32] in 0..1: so much is kept with both eyes whole. */
export function wholeEyes({ landmarks }: Pick<AlignedFace, 'landmarks'>): Float32Array<ArrayBuffer> {
  return sharesWithin(landmarks, SOCKETS);
}

/** What of each cell lies in an eye opening, likewise. */
export function eyeOpenings(
  { landmarks }: Pick<AlignedFace, 'landmarks'>,
  { eyes }: Pick<FaceMesh, 'eyes'>,
): Float32Array<ArrayBuffer> {
  return sharesWithin(landmarks, [eyes.right, eyes.left]);
}

/** What of each cell lies within rings of landmarks that do not meet. */
function sharesWithin(
  landmarks: Float32Array,
  rings: readonly (readonly number[])[],
): Float32Array<ArrayBuffer> {
  const inside = new Float32Array(CROP_SIZE * CROP_SIZE);
  for (const ring of rings) {
    const outline = ring.flatMap((index) => {
      const { x, y } = pointOf(landmarks, index);
      return [x, y];
    });
    const filled = fillPolygon(Float32Array.from(outline), CROP_SIZE);
    for (let i = 0; i < inside.length; i++) if (filled[i] === 1) inside[i] = 1;
  }
  return blockMeans(inside, CROP_SIZE, CROP_SIZE / SIGN_GRID);
}
