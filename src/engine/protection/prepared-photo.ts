/** A photo ready for whoever is drawn on it: all in which no key has a say. */
import type { ProtectOptions } from '../api';
import type { KnownFace } from '../checks/recognition';
import type { Covering } from '../drawing/cover';
import { shrinkTo } from '../image/resize';
import { layOnWhite } from '../image/transparency';
import type { InspectedPhoto } from '../inspect';
import { scaleFace } from '../landmarks/faces';
import { surroundingsOf } from '../surroundings/surroundings';
import type { Tools } from '../tools';
import type { Face, Pixels } from '../types';
import type { StepClock } from '../worker/step-clock';
import { alignChosen, coveringsOf, recognisable, type ChosenFace } from './chosen-faces';
import { toPatient, type Patient } from './drawn-faces';

export interface PreparedPhoto {
  /** At the output's size, without transparency where the file knows none. */
  readonly pixels: Pixels;
  /** The same with what is to stay round the faces. */
  readonly base: Pixels;
  /** All faces that were found, in its pixels. */
  readonly shown: readonly Face[];
  /** Whose faces are replaced. */
  readonly patients: readonly Patient[];
  /** Whose faces are covered. */
  readonly covered: readonly (ChosenFace & KnownFace)[];
  readonly coverings: readonly Covering[];
  /** Whether everybody who was found is replaced, and nothing covered. */
  readonly everybody: boolean;
}

/**
 * Prepares a photo at the output's size.
 *
 * @throws RofiError `no-face`, `face-too-small`, `face-turned`, and what networks throw
 */
export async function preparePhoto(
  { photo, faces, heads }: InspectedPhoto,
  options: ProtectOptions,
  tools: Tools,
  clock: StepClock,
): Promise<PreparedPhoto> {
  const pixels = outputPixels(photo.pixels, options);
  const chosen = await clock.run('align', () => alignChosen(photo.pixels, pixels, faces, options, tools));
  const patients = await clock.runEach('align', chosen.replaced, (face) => toPatient(face, options, tools));
  const covered = await clock.runEach('align', chosen.covered, (face) => recognisable(face, tools));
  const coverings = coveringsOf(photo.pixels, pixels, chosen, options, tools);
  const shown = faces.map(({ face }) => scaleFace(face, pixels.width / photo.pixels.width));
  const surroundings = options.surroundings ?? 'everything';
  const base = await clock.run('align', () => surroundingsOf(surroundings, pixels, shown, tools));
  const everybody = coverings.length === 0 && heads.length === 0 && patients.length === faces.length;
  return { pixels, base, shown, patients, covered, coverings, everybody };
}

function outputPixels(original: Pixels, { output }: ProtectOptions): Pixels {
  const seen = output.format === 'png' ? original : layOnWhite(original);
  return output.size === 'original' ? seen : shrinkTo(seen, output.size);
}
