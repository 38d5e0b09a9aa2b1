/** What is left of a photo round its faces. */
import type { Surroundings } from '../api';
import type { Tools } from '../tools';
import type { Face, Pixels } from '../types';
import { hideBackground } from './hide-background';
import { onlyFaces } from './only-faces';

/**
 * The photo with what is to stay round its faces; a plain colour in place of the rest.
 *
 * @param faces - in pixels of the photo
 */
export async function surroundingsOf(
  wanted: Surroundings,
  pixels: Pixels,
  faces: readonly Face[],
  { findPeople }: Pick<Tools, 'findPeople'>,
): Promise<Pixels> {
  switch (wanted) {
    case 'everything':
      return pixels;
    case 'people':
      return hideBackground(pixels, await findPeople(pixels), faces);
    case 'faces':
      return onlyFaces(pixels, faces);
  }
}
