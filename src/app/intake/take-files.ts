import { useIntake } from '../../state/page';
import type { Place } from '../../state/intake';
import { currentRoute } from '../route';

const places: readonly string[] = ['protect', 'restore', 'compare', 'keys'] satisfies readonly Place[];
const isPlace = (route: string): route is Place => places.includes(route);

/** Opens files by what they are, as if they had been dropped on the screen that is shown. */
export function takeFiles(files: readonly File[]): void {
  const route = currentRoute();
  void useIntake.getState().take(files, isPlace(route) ? route : null);
}
