import { straighten } from '../drawing/turn';
import type { Tools } from '../tools';
import type { AlignedFace } from '../types';
import { coordinatesOf, headWidth, mouthOpening, skinTone, soughtAge, type Coordinates } from './looks';

/** What of a patient decides which donors suit: age and sex are guessed by a network, the rest is measured. */
export async function patientCoordinates(
  { image, landmarks }: Pick<AlignedFace, 'image' | 'landmarks'>,
  { networks, mesh, atlas }: Pick<Tools, 'networks' | 'mesh' | 'atlas'>,
): Promise<Coordinates> {
  const { age, male } = await networks.guessAttributes(image);
  return coordinatesOf({
    age: soughtAge(age),
    male,
    tone: skinTone(image, landmarks),
    opening: mouthOpening(landmarks),
    width: headWidth(straighten(landmarks, mesh.mean, atlas.turnModes)),
  });
}
