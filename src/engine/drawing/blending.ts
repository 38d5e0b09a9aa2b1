/** Blending with an oval fixed in the crop: undoing it needs the transform and no landmarks. */
import { oval } from '../constants.json';
import { finenessOf, layerAt, type FineLayer } from './grain';
import { prefiltered } from './prefilter';
import type { AlignedFace, Pixels, Similarity } from '../types';
import { CROP_SIZE } from '../geometry/alignment';
import { CubicSampler } from '../geometry/cubic-sampler';
import { invert, transformPoint } from '../geometry/similarity';
import { valueAt } from './value-at';

const { centre: CENTRE, radii: RADII } = oval;
/** Share of the radius up to which the face is fully blended in. */
const SOLID = oval.solid;

/** The oval's opacity, 0..1, at a point of the crop given in 0..1. */
export function ovalAlpha(u: number, v: number): number {
  const x = (u - CENTRE.x) / RADII.x;
  const y = (v - CENTRE.y) / RADII.y;
  const t = (1 - Math.sqrt(x * x + y * y)) / (1 - SOLID);
  if (t <= 0) return 0;
  return t >= 1 ? 1 : t * t * (3 - 2 * t);
}

/** A crop, [3, 256, 256] planar RGB in [-1, 1], and where it belongs. */
export interface BlendedFace {
  readonly image: Float32Array;
  readonly aligned: Pick<AlignedFace, 'transform'>;
  /** The photo's own detail, finer than the crop, that is laid over it. */
  readonly detail?: {
    /** [256, 256] in 0..1: how much of it shows. */
    readonly kept: Float32Array;
    /** The photo's own crop, from which the detail is told. */
    readonly own: Float32Array;
  };
  /** What the drawn face has that is finer than the crop. */
  readonly grain?: FineLayer | undefined;
}

/** A copy of the photo with the faces blended in. Pixels outside the ovals are the photo's own, bit for bit. */
export function blendFaces(pixels: Pixels, faces: readonly BlendedFace[]): Pixels {
  const blended = { width: pixels.width, height: pixels.height, data: pixels.data.slice() };
  for (const face of faces) blendFace(blended, face);
  return blended;
}

function blendFace({ width, height, data }: Pixels, { image, aligned, detail, grain }: BlendedFace): void {
  const { a, b, tx, ty } = aligned.transform;
  const bounds = ovalBounds(aligned.transform, width, height);
  const isFiner = finenessOf(aligned.transform) > 1;
  const samplerOf = (crop: Float32Array): CubicSampler =>
    new CubicSampler(isFiner ? prefiltered(crop) : crop, CROP_SIZE);
  const shown = samplerOf(image);
  const coarse = detail && samplerOf(detail.own);
  for (let y = bounds.top; y < bounds.bottom; y++) {
    for (let x = bounds.left; x < bounds.right; x++) {
      const u = a * (x + 0.5) - b * (y + 0.5) + tx;
      const v = b * (x + 0.5) + a * (y + 0.5) + ty;
      const alpha = ovalAlpha(u / CROP_SIZE, v / CROP_SIZE);
      if (alpha === 0) continue;
      shown.moveTo(u - 0.5, v - 0.5);
      const at = (y * width + x) * 4;
      const [red, green, blue] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
      let [finerRed, finerGreen, finerBlue] = [0, 0, 0];
      const kept = detail ? valueAt(detail.kept, CROP_SIZE, u - 0.5, v - 0.5) : 0;
      if (coarse && kept > 0) {
        coarse.moveTo(u - 0.5, v - 0.5);
        finerRed = kept * (red - toByte(coarse.red));
        finerGreen = kept * (green - toByte(coarse.green));
        finerBlue = kept * (blue - toByte(coarse.blue));
      }
      const share = 1 + (grain ? layerAt(grain, u, v) : 0);
      data[at] = red + alpha * (share * toByte(shown.red) + finerRed - red);
      data[at + 1] = green + alpha * (share * toByte(shown.green) + finerGreen - green);
      data[at + 2] = blue + alpha * (share * toByte(shown.blue) + finerBlue - blue);
    }
  }
}

/** A colour in [-1, 1] as a pixel value 0..255. */
function toByte(colour: number): number {
  return (colour + 1) * 127.5;
}

/** The photo's pixels that the oval may reach. */
function ovalBounds(
  transform: Similarity,
  width: number,
  height: number,
): { left: number; right: number; top: number; bottom: number } {
  const back = invert(transform);
  const centre = transformPoint(back, { x: CENTRE.x * CROP_SIZE, y: CENTRE.y * CROP_SIZE });
  const radius = Math.max(RADII.x, RADII.y) * CROP_SIZE * Math.hypot(back.a, back.b);
  return {
    left: Math.max(0, Math.floor(centre.x - radius)),
    right: Math.min(width, Math.ceil(centre.x + radius)),
    top: Math.max(0, Math.floor(centre.y - radius)),
    bottom: Math.min(height, Math.ceil(centre.y + radius)),
  };
}
