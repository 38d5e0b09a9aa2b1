/** Draws a key's virtual face on a photo's own mesh, in the photo's light. Training draws with the same steps. */
import type { VirtualIdentity } from '../networks/virtual-identity';
import type { AlignedFace, Point, VirtualFace } from '../types';
import { CROP_SIZE, EYE_POINTS, pointOf } from './alignment';
import { dilate, enlargePlane, erode, gaussianBlur, shrinkMasked } from './blur';
import type { FaceMesh } from './mesh';
import { fillPolygon, rasteriseMesh, type MeshField } from './raster';
import { warpTexture } from './warp';

const PLANE = CROP_SIZE * CROP_SIZE;
/** Shape moves nothing within `EYE_KEPT` of an eye point, and the outline by a part; both fade, 0..1 of the crop. */
const EYE_KEPT = 0.05;
const EYE_FADE = 0.08;
const OUTLINE_WEIGHT = 0.65;
const OUTLINE_FADE = 0.12;
const MAX_SHADING_RATIO = 4;

/** Draws the virtual face with the virtual person's shape, as the protector expects it. */
export function drawVirtualFace(
  aligned: AlignedFace,
  identity: VirtualIdentity,
  mesh: FaceMesh,
): VirtualFace {
  const landmarks = virtualLandmarks(aligned.landmarks, identity.shape, mesh);
  return drawTexture(aligned.image, landmarks, identity.texture, mesh, 'photo');
}

/**
 * Draws the virtual face at the protected photo's own landmarks, as the restorer expects it: with the virtual person's
 * eyes, so that a wrong key shows nothing of the patient's.
 */
export function redrawVirtualFace(
  aligned: AlignedFace,
  identity: VirtualIdentity,
  mesh: FaceMesh,
): VirtualFace {
  return drawTexture(aligned.image, aligned.landmarks, identity.texture, mesh, 'virtual');
}

/** Moves a face's mesh towards the virtual person's, never the eyes, the outline only in part. */
export function virtualLandmarks(
  landmarks: Float32Array,
  shape: Float32Array,
  { mean, oval, render }: FaceMesh,
): Float32Array<ArrayBuffer> {
  const eyes = EYE_POINTS.map((index) => pointOf(landmarks, index));
  const outline = oval.map((index) => pointOf(landmarks, index));
  const moved = new Float32Array(landmarks.length);
  for (let i = 0; i < landmarks.length / 2; i++) {
    const { x, y } = pointOf(landmarks, i);
    const fromEyes = clampToUnit((distanceTo(eyes, { x, y }) - EYE_KEPT) / EYE_FADE);
    // Fading towards the outline: a cheek that moves past it would fold.
    const inner = clampToUnit(distanceTo(outline, { x, y }) / OUTLINE_FADE);
    const weight = render.shapeStrength * fromEyes * (OUTLINE_WEIGHT + (1 - OUTLINE_WEIGHT) * inner);
    const own = pointOf(mean, i);
    const other = pointOf(shape, i);
    moved[2 * i] = x + weight * (other.x - (x - own.x));
    moved[2 * i + 1] = y + weight * (other.y - (y - own.y));
  }
  return moved;
}

/** Distance to the nearest of some points. */
function distanceTo(points: readonly Point[], { x, y }: Point): number {
  return Math.min(...points.map((point) => Math.hypot(x - point.x, y - point.y)));
}

function clampToUnit(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}

/**
 * Draws a texture on a mesh.
 *
 * @param image - [3, 256, 256] planar RGB in [-1, 1], keeps everything outside the face, its light and its eyes
 * @param landmarks - 468 points in 0..1 of the crop
 * @param texture - [3, n, n] planar RGB in [-1, 1] on the mean shape
 * @param eyes - whose the eye openings are
 */
export function drawTexture(
  image: Float32Array,
  landmarks: Float32Array,
  texture: Float32Array,
  mesh: FaceMesh,
  eyes: 'photo' | 'virtual',
): VirtualFace {
  const { shadingGrid, shadingSigma, shadingOffset } = mesh.render;
  const field = rasteriseMesh(landmarks, mesh.mean, mesh.triangles, CROP_SIZE);
  const mask = faceMask(landmarks, field, mesh);
  const opacity = eyes === 'virtual' ? mask : except(mask, eyeOpenings(landmarks, mesh));
  const ones = new Float32Array(PLANE).fill(1);
  const coarse = shrinkMasked(ones, mask, CROP_SIZE, CROP_SIZE / shadingGrid);
  const weight = gaussianBlur(coarse, shadingGrid, shadingSigma);
  const drawn = new Float32Array(3 * PLANE);
  const area = texture.length / 3;

  for (let channel = 0; channel < 3; channel++) {
    const photo = toUnit(image.subarray(channel * PLANE, (channel + 1) * PLANE));
    const own = toUnit(texture.subarray(channel * area, (channel + 1) * area));
    const colour = warpTexture(own, Math.sqrt(area), field);
    const light = lowPass(photo, mask, weight, shadingGrid, shadingSigma);
    const ownLight = lowPass(colour, mask, weight, shadingGrid, shadingSigma);
    const plane = drawn.subarray(channel * PLANE, (channel + 1) * PLANE);
    for (let i = 0; i < PLANE; i++) {
      const ratio = ((light[i] ?? 0) + shadingOffset) / ((ownLight[i] ?? 0) + shadingOffset);
      const shaded = (colour[i] ?? 0) * Math.min(Math.max(ratio, 1 / MAX_SHADING_RATIO), MAX_SHADING_RATIO);
      const kept = photo[i] ?? 0;
      plane[i] = 2 * (kept + (opacity[i] ?? 0) * (Math.min(Math.max(shaded, 0), 1) - kept)) - 1;
    }
  }
  return { image: drawn, opacity };
}

/** The drawn face, 0..1: its outline shrunk, cut to the mesh, eroded and feathered. */
function faceMask(landmarks: Float32Array, field: MeshField, { oval, render }: FaceMesh): Float32Array {
  const outline = pick(landmarks, oval);
  let [x, y] = [0, 0];
  for (let i = 0; i < oval.length; i++) {
    x += pointOf(outline, i).x / oval.length;
    y += pointOf(outline, i).y / oval.length;
  }
  const shrunk = outline.map((value, i) => {
    const centre = i % 2 === 0 ? x : y;
    return (value - centre) * render.ovalShrink + centre;
  });
  const inside = fillPolygon(shrunk, CROP_SIZE);
  for (let i = 0; i < PLANE; i++) if (field.covered[i] === 0) inside[i] = 0;
  return gaussianBlur(erode(inside, CROP_SIZE, render.maskErode), CROP_SIZE, render.maskSigma);
}

function except(mask: Float32Array, hole: Float32Array): Float32Array {
  return mask.map((inside, i) => inside * (1 - (hole[i] ?? 0)));
}

/** The eye openings, 0..1, which stay the photo's own while it is protected. */
function eyeOpenings(landmarks: Float32Array, { eyes, render }: FaceMesh): Float32Array {
  const both = fillPolygon(pick(landmarks, eyes.right), CROP_SIZE);
  const left = fillPolygon(pick(landmarks, eyes.left), CROP_SIZE);
  for (let i = 0; i < PLANE; i++) if (left[i] === 1) both[i] = 1;
  return gaussianBlur(dilate(both, CROP_SIZE, render.eyeDilate), CROP_SIZE, render.eyeSigma);
}

/** Low-pass of a plane inside the mask: both blurred on a coarse grid, and divided. */
function lowPass(
  plane: Float32Array,
  mask: Float32Array,
  weight: Float32Array,
  grid: number,
  sigma: number,
): Float32Array {
  const factor = CROP_SIZE / grid;
  const low = gaussianBlur(shrinkMasked(plane, mask, CROP_SIZE, factor), grid, sigma);
  for (let i = 0; i < low.length; i++) low[i] = (low[i] ?? 0) / ((weight[i] ?? 0) + 1e-4);
  return enlargePlane(low, grid, factor);
}

function pick(landmarks: Float32Array, indices: readonly number[]): Float32Array {
  return Float32Array.from(
    indices.flatMap((index) => [landmarks[2 * index] ?? 0, landmarks[2 * index + 1] ?? 0]),
  );
}

function toUnit(plane: Float32Array): Float32Array {
  const unit = new Float32Array(plane.length);
  for (let i = 0; i < unit.length; i++) unit[i] = ((plane[i] ?? 0) + 1) / 2;
  return unit;
}
