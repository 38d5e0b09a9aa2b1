import { useEffect } from 'react';
import { useClinicLink } from '../../state/page';
import { currentRoute, queryOf, routeHref } from '../route';

/** Reads a clinic's link once and clears it from the address, where it would stay in the history and in screenshots. */
export function useLinkInAddress(): void {
  useEffect(() => {
    const look = (): void => {
      const query = queryOf(window.location.hash);
      if (currentRoute() !== 'protect' || query === '') return;
      window.history.replaceState(null, '', routeHref('protect'));
      void useClinicLink.getState().read(query);
    };
    look();
    window.addEventListener('hashchange', look);
    return () => window.removeEventListener('hashchange', look);
  }, []);
}
