/** What is in front of a face. Training: rofi/front/find.py. */
import { front } from '../constants.json';
import { dilate, enlargePlane, erode, gaussianBlur } from '../drawing/blur';
import { CROP_SIZE, pointOf } from '../geometry/alignment';
import type { FaceMesh } from '../geometry/mesh';
import { fillPolygon } from '../geometry/raster';
import { FRONT_SIDE } from '../networks/front';
import type { Tools } from '../tools';
import type { AlignedFace } from '../types';
import { partsOf } from './parts';

/** How sure the network is where a part begins, and in how many pixels of it at least, so far inside the face's outline. */
const { weak: WEAK, sure: SURE, leastSure: LEAST_SURE, outline: OUTLINE } = front;

/**
 * What is in front of a face: glasses, a fringe, a hand, [256, 256] in 0..1; null where nothing is. It stays the photo's
 * own, and the person is drawn behind it. In doubt nothing is: what is not is drawn over, and what is taken for it shows
 * the person.
 */
export async function findFront(
  { image, landmarks }: Pick<AlignedFace, 'image' | 'landmarks'>,
  { networks, mesh }: Pick<Tools, 'networks' | 'mesh'>,
): Promise<Float32Array | null> {
  const shares = await networks.seeFront(image);
  // All round a face something is in front of it, in a way: hair, a collar, the background.
  const inner = innerFace(landmarks, mesh);
  const parts = partsOf(
    Uint8Array.from(shares, (share) => Number(share > WEAK)),
    FRONT_SIDE,
  ).filter((part) => part.filter((at) => shares[at]! > SURE && inner[at] === 1).length >= LEAST_SURE);
  if (parts.length === 0) return null;
  const found = new Float32Array(shares.length);
  for (const at of parts.flat()) found[at] = 1;
  const grown = dilate(found, FRONT_SIDE, front.grow);
  return gaussianBlur(enlargePlane(grown, FRONT_SIDE, CROP_SIZE / FRONT_SIDE), CROP_SIZE, front.soft);
}

/** [128, 128]: 1 well inside the face's outline. */
function innerFace(landmarks: Float32Array, { oval }: Pick<FaceMesh, 'oval'>): Float32Array {
  const outline = oval.flatMap((index) => {
    const { x, y } = pointOf(landmarks, index);
    return [x, y];
  });
  return erode(fillPolygon(Float32Array.from(outline), FRONT_SIDE), FRONT_SIDE, OUTLINE);
}
