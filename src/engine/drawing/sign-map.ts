import { keptSigns, landmarks as points } from '../constants.json';
import type { AlignedFace } from '../types';
import { CROP_SIZE, pointOf } from '../geometry/alignment';
import type { FaceMesh } from '../geometry/mesh';
import { fillPolygon } from '../geometry/raster';
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
  const shares = new Float32Array(SIGN_GRID * SIGN_GRID);
  const cell = CROP_SIZE / SIGN_GRID;
  for (const ring of rings) {
    const outline = Float32Array.from(
      ring.flatMap((index) => {
        const { x, y } = pointOf(landmarks, index);
        return [x, y];
      }),
    );
    fillPolygon(outline, CROP_SIZE).forEach((inside, i) => {
      const row = Math.floor(Math.floor(i / CROP_SIZE) / cell);
      const at = row * SIGN_GRID + Math.floor((i % CROP_SIZE) / cell);
      shares[at] = (shares[at] ?? 0) + inside / cell ** 2;
    });
  }
  return shares;
}
