import { recordIn } from '../../dicom/record-element';
import { RofiError } from '../../errors';
import { equalBytes } from '../../bytes';
import { openRecord } from '../../record/record';
import { CROP_SIZE } from '../geometry/alignment';
import { ovalAlpha } from '../drawing/blending';
import { gaussianBlur } from '../drawing/blur';
import { lumaPlane } from '../image/luma';
import { restoreFace } from '../restoration/restore-face';
import { readFaceAt, unsealFace } from '../sealed-code/read-face';
import type { Tools } from '../tools';
import type { AlignedFace, Pixels, SourceFile } from '../types';

const SSIM_SIGMA = 1.5;
/** The usual constants, for values that span 1. */
const C1 = 0.01 ** 2;
const C2 = 0.03 ** 2;

/** Whether the exported file gives the very bytes of the original back. */
export async function sealedOriginalMatches(
  file: SourceFile,
  key: Uint8Array,
  original: SourceFile,
): Promise<boolean> {
  try {
    const opened = await openRecord(recordIn(file.bytes), key);
    return equalBytes(opened.original.bytes, original.bytes);
  } catch (error) {
    if (error instanceof RofiError) return false;
    throw error;
  }
}

/**
 * How much the face that the key rebuilds from a picture's pixels is like the original: SSIM inside the oval; null where
 * the pixels hold too little.
 */
export async function rebuiltSsim(
  { transform, image }: AlignedFace,
  decoded: Pixels,
  key: Uint8Array,
  tools: Pick<Tools, 'networks'>,
): Promise<number | null> {
  const face = readFaceAt(decoded, transform);
  const unsealed = await unsealFace(face, key);
  if (unsealed.kind !== 'picture') return null;
  return ssim((await restoreFace(face, unsealed, tools)).image, image);
}

/**
 * Structural similarity of two aligned faces' luma, averaged inside the blending oval.
 *
 * @param one - and `other`: [3, 256, 256] planar RGB in [-1, 1]
 * @returns at most 1; 1 for equal faces
 */
export function ssim(one: Float32Array, other: Float32Array): number {
  const [a, b] = [lumaPlane(one), lumaPlane(other)];
  const [meanA, meanB] = [smooth(a), smooth(b)];
  const squareA = smooth(product(a, a));
  const squareB = smooth(product(b, b));
  const cross = smooth(product(a, b));
  let [sum, weight] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    const [ma, mb] = [meanA[i] ?? 0, meanB[i] ?? 0];
    const covariance = (cross[i] ?? 0) - ma * mb;
    const variances = (squareA[i] ?? 0) - ma * ma + (squareB[i] ?? 0) - mb * mb;
    const local =
      ((2 * ma * mb + C1) * (2 * covariance + C2)) / ((ma * ma + mb * mb + C1) * (variances + C2));
    const alpha = ovalAlpha(
      ((i % CROP_SIZE) + 0.5) / CROP_SIZE,
      (Math.floor(i / CROP_SIZE) + 0.5) / CROP_SIZE,
    );
    sum += alpha * local;
    weight += alpha;
  }
  return sum / weight;
}

function smooth(plane: Float32Array): Float32Array {
  return gaussianBlur(plane, CROP_SIZE, SSIM_SIGMA);
}

function product(one: Float32Array, other: Float32Array): Float32Array {
  const out = new Float32Array(one.length);
  for (let i = 0; i < out.length; i++) out[i] = (one[i] ?? 0) * (other[i] ?? 0);
  return out;
}
