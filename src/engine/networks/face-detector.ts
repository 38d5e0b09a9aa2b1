import { sharedArea } from '../geometry/box';
import { shrinkTo } from '../image/resize';
import type { Box, Pixels } from '../types';
import type { Runtime } from './runtime';

/** What the network looks at, pixels. */
const [WIDTH, HEIGHT] = [320, 240];
/**
 * Scores above this are heads. On 100 photographs held upright two places without a mesh reach it, a face and a head from
 * the side of its back; what is no head stays below 0.56. Held on their side a hand, an ear and a toy reach it as well.
 */
const THRESHOLD = 0.7;
/** Of boxes that share more of the smaller one's area, only the surest counts. */
const SAME_FACE = 0.3;

interface Candidate {
  readonly box: Box;
  readonly score: number;
}

/**
 * Finds faces, from the side and half hidden ones too, with a small detector (Ultra-Light-Fast-Generic-Face-Detector): a
 * box for each, and no landmarks.
 *
 * @param pixels - a whole picture of any size; faces narrower than a twentieth of it are missed
 * @returns boxes in the picture's pixels, surest first; they may lie a little outside
 */
export async function detectFaces(runtime: Runtime, pixels: Pixels): Promise<readonly Box[]> {
  const longest = Math.max(pixels.width, pixels.height);
  const fit = Math.min(WIDTH / pixels.width, HEIGHT / pixels.height);
  const small = shrinkTo(pixels, Math.max(1, Math.floor(longest * fit)));
  const { scores, boxes } = await runtime.run('face_detector', { image: planes(small) });
  const scale = pixels.width / small.width;
  const candidates: Candidate[] = [];
  for (let i = 0; i < (scores?.length ?? 0) / 2; i++) {
    const score = scores?.[2 * i + 1] ?? 0;
    if (score <= THRESHOLD) continue;
    const [left = 0, top = 0, right = 0, bottom = 0] = boxes?.subarray(4 * i, 4 * i + 4) ?? [];
    const [x, y] = [left * WIDTH * scale, top * HEIGHT * scale];
    const box = { x, y, width: right * WIDTH * scale - x, height: bottom * HEIGHT * scale - y };
    candidates.push({ box, score });
  }
  return surest(candidates);
}

/** The picture in the upper left corner of the network's input, planar; the rest is grey. */
function planes({ width, height, data }: Pixels): Float32Array {
  const plane = WIDTH * HEIGHT;
  const image = new Float32Array(3 * plane);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < 3; channel++) {
        const value = data[(y * width + x) * 4 + channel] ?? 0;
        image[channel * plane + y * WIDTH + x] = (value - 127) / 128;
      }
    }
  }
  return image;
}

function surest(candidates: readonly Candidate[]): readonly Box[] {
  const kept: Box[] = [];
  for (const { box } of [...candidates].sort((one, other) => other.score - one.score)) {
    if (kept.every((known) => sharedArea(known, box) <= SAME_FACE)) kept.push(box);
  }
  return kept;
}
