/** Mixes donors into one person. Training mixes the same way in rofi/people/compose.py. */
import { PARTS, type Atlas, type Detail } from './atlas';
import { bandsOf, masksFor, mixTextures, type Masks } from './bands';
import { chooseDonors, type Choice, type Suitable } from './choose';

/** Somebody who does not exist, free of any photo. */
export interface Person {
  /** Whom it is made of. */
  readonly donors: Choice;
  /** [3, 256, 256] planar RGB in 0..1 on the mean shape, light and tone divided out. */
  readonly texture: Float32Array;
  /** [468, 2] landmarks less the mean shape, looking straight, in 0..1 of the crop. */
  readonly shape: Float32Array;
  /** The skin, finer than the texture. */
  readonly detail: Detail;
}

/**
 * The key's person for a patient.
 *
 * @param number - counts the key's persons from 0
 * @param suitable - whom the patient's persons can be made of
 * @param before - whom it was made of on the visit's last photo
 */
export async function composePerson(
  key: Uint8Array,
  number: number,
  suitable: Suitable,
  atlas: Atlas,
  before: Choice | null = null,
): Promise<Person> {
  const donors = await chooseDonors(key, number, suitable, atlas, before);
  const detail = await atlas.detail(donors.detail);
  const { texture, shape } = await mixDonors(donors.parts, atlas);
  const { coarse } = detail;
  for (let channel = 0, i = 0; channel < 3; channel++) {
    for (let at = 0; at < coarse.length; at++, i++) {
      texture[i] = clampToUnit((texture[i] ?? 0) * (coarse[at] ?? 1));
    }
  }
  return { donors, texture, shape, detail };
}

/** Four donors' face, brows, nose and mouth as one texture and shape. */
export async function mixDonors(
  rows: readonly number[],
  atlas: Atlas,
): Promise<{ readonly texture: Float32Array; readonly shape: Float32Array }> {
  const masks = await masksOf(atlas);
  const textures = await Promise.all(rows.map((row) => bandsOf(row, atlas)));
  return { texture: mixTextures(textures, masks), shape: mixShapes(rows, atlas) };
}

const known = new WeakMap<Atlas, Promise<Masks>>();

/** Made once an atlas: every person is mixed by the same. A failure is forgotten, so that a retry can work. */
function masksOf(atlas: Atlas): Promise<Masks> {
  const masks = known.get(atlas) ?? Promise.all([atlas.parts(), atlas.mouth()]).then(masksFor);
  known.set(atlas, masks);
  masks.catch(() => known.delete(atlas));
  return masks;
}

/** Four donors' shapes as one, [468, 2] less the mean. */
export function mixShapes(
  rows: readonly number[],
  atlas: Pick<Atlas, 'shape' | 'partWeights'>,
): Float32Array<ArrayBuffer> {
  const weights = atlas.partWeights;
  const points = weights.length / PARTS;
  const mixed = new Float32Array(2 * points);
  rows.forEach((row, part) => {
    const shape = atlas.shape(row);
    for (let i = 0; i < mixed.length; i++) {
      mixed[i] = (mixed[i] ?? 0) + (weights[part * points + (i >> 1)] ?? 0) * (shape[i] ?? 0);
    }
  });
  return mixed;
}

function clampToUnit(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}
