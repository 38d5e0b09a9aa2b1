import { isPerson, type Restored } from '../../state/restore-photo';

/** What a restored picture is, plainly: the catalogue has words for each. */
export type Kind = 'checking' | 'unchecked' | 'exact' | 'edited' | 'foreign' | 'neural' | 'virtual';

export function kindOf(restored: Restored): Kind {
  if (!isPerson(restored)) return 'virtual';
  if (restored.method === 'neural') return 'neural';
  const { check } = restored;
  if (!check) return check === undefined ? 'checking' : 'unchecked';
  if (!check.pixelsChanged) return 'exact';
  return check.samePicture ? 'edited' : 'foreign';
}
