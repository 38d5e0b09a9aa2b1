/**
 * Bare faces as a linear model, and what of a photo's face it does not explain. In logarithms light only adds, so one
 * robust fit finds the light, the bare face in it, and what is neither. Training: rofi/front/bare.py.
 */
import { front } from '../constants.json';
import { CROP_SIZE } from '../geometry/alignment';
import type { FaceMesh } from '../geometry/mesh';
import { rasteriseMesh } from '../geometry/raster';
import { blockMeans } from '../drawing/blur';
import type { AlignedFace } from '../types';
import { CHANNELS, FINE, readBareModel, SIDE, type BareModel } from './bare-model';
import { fitBareFace } from './fit';
import { sampleAt, tapAt } from './taps';

const DARK = front.dark;
/** Colour differences count so many times as much as brightness. */
const COLOUR = front.colour;

/** How a face differs from a bare one. */
export interface Residual {
  /** [3, 128, 128] in the crop: brightness, red and blue, of bare faces' own differences; 0 where nothing is known. */
  readonly away: Float32Array;
  /** [128, 128] in 0..1: how well it is known. */
  readonly known: Float32Array;
}

/** `bare_faces.bin`, read. */
export class BareFaces {
  private constructor(private readonly model: BareModel) {}

  /** @throws RofiError as {@link readBareModel} */
  static parse(bytes: Uint8Array<ArrayBuffer>): BareFaces {
    return new BareFaces(readBareModel(bytes));
  }

  /** How an aligned face differs from the bare face in it. */
  residual({ image, landmarks }: Pick<AlignedFace, 'image' | 'landmarks'>, mesh: FaceMesh): Residual {
    const coarse = rasteriseMesh(landmarks, mesh.mean, mesh.triangles, SIDE);
    const face = fitBareFace(this.model, tonesOf(image, SIDE), coarse);
    const field = rasteriseMesh(landmarks, mesh.mean, mesh.triangles, FINE);
    const tones = tonesOf(image, FINE);
    const area = FINE * FINE;
    const away = new Float32Array(CHANNELS * area);
    const known = new Float32Array(area);
    for (let i = 0; i < area; i++) {
      if (field.covered[i] === 0) continue;
      const tap = tapAt(field, i, SIDE);
      known[i] = sampleAt(this.model.used, 1, 0, tap);
      if (known[i] === 0) continue;
      const fine = tapAt(field, i, FINE);
      for (let channel = 0; channel < CHANNELS; channel++) {
        const expected = sampleAt(face, CHANNELS, channel, tap);
        const spread = sampleAt(this.model.fineSpread, CHANNELS, channel, fine);
        away[channel * area + i] = ((tones[CHANNELS * i + channel] ?? 0) - expected) / spread;
      }
    }
    return { away, known };
  }
}

/** Brightness, red against green and blue against green, in logarithms: [side, side, 3] of a crop. */
function tonesOf(image: Float32Array, side: number): Float32Array {
  const area = CROP_SIZE * CROP_SIZE;
  const logs = [0, 1, 2].map((channel) =>
    blockMeans(image.subarray(channel * area, (channel + 1) * area), CROP_SIZE, CROP_SIZE / side).map(
      (value) => Math.log(Math.max((value + 1) / 2, 0) + DARK),
    ),
  );
  const tones = new Float32Array(CHANNELS * side * side);
  for (let i = 0; i < side * side; i++) {
    const [red, green, blue] = [logs[0]?.[i] ?? 0, logs[1]?.[i] ?? 0, logs[2]?.[i] ?? 0];
    tones[CHANNELS * i] = (red + green + blue) / 3;
    tones[CHANNELS * i + 1] = COLOUR * (red - green);
    tones[CHANNELS * i + 2] = COLOUR * (blue - green);
  }
  return tones;
}
