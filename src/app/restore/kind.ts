import { isPerson, type Restored } from '../../state/restore-photo';

/** What a restored picture is, plainly: the catalogue has words for each. */
export type Kind = 'exact' | 'edited' | 'foreign' | 'neural' | 'virtual';

export function kindOf(restored: Restored): Kind {
  if (!isPerson(restored)) return 'virtual';
  if (restored.method === 'neural') return 'neural';
  if (restored.pixelsChanged !== true) return 'exact';
  return restored.samePicture ? 'edited' : 'foreign';
}
