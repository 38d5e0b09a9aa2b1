/** Draws a key's person on a photo's own mesh, inside the patient's outline. Training: rofi/people/draw.py. */
import { mask as masks } from '../constants.json';
import { CROP_SIZE } from '../geometry/alignment';
import { dilate, erode, gaussianBlur } from './blur';
import type { FaceMesh } from '../geometry/mesh';
import { fillPolygon, rasteriseMesh, type MeshField } from '../geometry/raster';
import { TEXTURE_SIDE } from '../people/atlas';
import type { Person } from '../people/compose';
import type { AlignedFace, VirtualFace } from '../types';
import { inLight, litPhoto, type LitPhoto } from './light';
import { moverOf, type Mover } from './moved-landmarks';
import { sampleTexture } from './sample-texture';

const PLANE = CROP_SIZE * CROP_SIZE;
/** Crop pixels: the drawn face ends inside the patient's outline. */
const MASK_ERODE = masks.erode;
const MASK_SIGMA = masks.sigma;
const EYE_DILATE = masks.eyeDilate;
const EYE_SIGMA = masks.eyeSigma;

/** A drawn person, and where each pixel of it lies on the mean shape. */
export interface DrawnPerson extends VirtualFace {
  readonly field: MeshField;
}

/** A face to draw people on: what of it and of the drawing is the same, whoever is drawn. */
export interface Canvas {
  readonly image: Float32Array;
  readonly photo: LitPhoto;
  readonly mesh: FaceMesh;
  readonly move: Mover;
  /** [256, 256] in 0..1: what may be drawn over, neither eye openings nor what is in front of the face. */
  readonly free: Float32Array;
  /** [256, 256] in 0..1: what is not in front of the face. */
  readonly bare: Float32Array;
  /** [256, 256], 0 or 1: inside the patient's outline. */
  readonly outline: Float32Array;
}

/**
 * A canvas of an aligned face.
 *
 * @param modes - of the atlas: how landmarks move as heads turn
 * @param front - [256, 256] in 0..1: what stays because it is in front of the face; null where nothing is
 */
export function canvasOf(
  { image, landmarks }: Pick<AlignedFace, 'image' | 'landmarks'>,
  mesh: FaceMesh,
  modes: Float32Array,
  front: Float32Array | null,
): Canvas {
  const photo = new Float32Array(image.length);
  for (let i = 0; i < photo.length; i++) photo[i] = ((image[i] ?? 0) + 1) / 2;
  const bare = new Float32Array(PLANE);
  const free = eyeOpenings(landmarks, mesh);
  for (let i = 0; i < PLANE; i++) {
    const shown = 1 - (front?.[i] ?? 0);
    bare[i] = shown;
    free[i] = shown * (1 - (free[i] ?? 0));
  }
  const outline = fillPolygon(pick(landmarks, mesh.oval), CROP_SIZE);
  const move = moverOf(landmarks, mesh, modes);
  return { image, photo: litPhoto(photo), mesh, move, free, bare, outline };
}

/** Draws a person on a face: the photo's light, tone, eyes and surroundings stay. */
export function drawPerson(
  { image, photo, mesh, move, free, bare, outline }: Canvas,
  { texture, shape }: Pick<Person, 'texture' | 'shape'>,
): DrawnPerson {
  const moved = move(shape);
  const field = rasteriseMesh(moved, mesh.mean, mesh.triangles, CROP_SIZE);
  const mask = faceMask(outline, moved, field, mesh);
  const opacity = new Float32Array(PLANE);
  for (let i = 0; i < PLANE; i++) {
    const inside = mask[i] ?? 0;
    opacity[i] = inside * (free[i] ?? 0);
    mask[i] = inside * (bare[i] ?? 0);
  }
  const lit = inLight(photo, sampleTexture(texture, TEXTURE_SIDE, field), mask, opacity);
  const drawn = image.slice();
  for (let i = 0; i < PLANE; i++) {
    const shown = opacity[i] ?? 0;
    if (shown === 0) continue;
    for (let at = i; at < drawn.length; at += PLANE) {
      const own = photo.image[at] ?? 0;
      drawn[at] = 2 * (own + shown * ((lit[at] ?? 0) - own)) - 1;
    }
  }
  return { image: drawn, opacity, field };
}

/** The drawn face, 0..1: inside both outlines, where the mesh faces the camera, eroded and feathered. */
function faceMask(
  outline: Float32Array,
  moved: Float32Array,
  { covered }: MeshField,
  { oval }: FaceMesh,
): Float32Array<ArrayBuffer> {
  const inside = fillPolygon(pick(moved, oval), CROP_SIZE);
  for (let i = 0; i < PLANE; i++) if (covered[i] === 0 || outline[i] === 0) inside[i] = 0;
  return gaussianBlur(erode(inside, CROP_SIZE, MASK_ERODE), CROP_SIZE, MASK_SIGMA);
}

/** The eye openings, 0..1, which stay the photo's own. */
function eyeOpenings(landmarks: Float32Array, { eyes }: FaceMesh): Float32Array<ArrayBuffer> {
  const both = fillPolygon(pick(landmarks, eyes.right), CROP_SIZE);
  const left = fillPolygon(pick(landmarks, eyes.left), CROP_SIZE);
  for (let i = 0; i < PLANE; i++) if (left[i] === 1) both[i] = 1;
  return gaussianBlur(dilate(both, CROP_SIZE, EYE_DILATE), CROP_SIZE, EYE_SIGMA);
}

function pick(landmarks: Float32Array, indices: readonly number[]): Float32Array {
  return Float32Array.from(
    indices.flatMap((index) => [landmarks[2 * index] ?? 0, landmarks[2 * index + 1] ?? 0]),
  );
}
