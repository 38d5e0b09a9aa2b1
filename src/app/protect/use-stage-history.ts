import { useEffect } from 'react';
import { useProtect, useVisit } from '../../state/page';
import type { ProtectStage } from '../../state/protect';
import { currentRoute } from '../route';

/** How many steps of the browser's Back a stage is away from the first screen. */
const depths: Readonly<Record<ProtectStage, number>> = {
  empty: 0,
  opening: 1,
  ready: 1,
  protecting: 1,
  done: 2,
  sent: 3,
};

interface Entry {
  readonly depth?: number;
}

/** How far along the way the entry of the browser's history is that is shown. */
export const entryDepth = (): number => (window.history.state as Entry | null)?.depth ?? 0;

/** Goes back on the page to where the browser's history says. What cannot be undone asks first, as its button does. */
function stepBackTo(depth: number): void {
  const { stage, cancel, adjust, showResult } = useProtect.getState();
  if (stage === 'protecting' || stage === 'opening') cancel();
  else if (depth === 0) useVisit.getState().end();
  else if (depth === 1) adjust();
  else showResult();
}

/** Gives every stage an entry in the browser's history, so that Back goes a stage back and not out of the page. */
export function useStageHistory(): void {
  const depth = useProtect(({ stage }) => depths[stage]);

  useEffect(() => {
    const entry = entryDepth();
    for (let at = entry + 1; at <= depth; at++) window.history.pushState({ depth: at }, '');
    // Back on the page by its own buttons: this entry now stands for where it is, those before it are passed over.
    if (depth < entry) window.history.replaceState({ depth }, '');
  }, [depth]);

  useEffect(() => {
    const onPop = (): void => {
      if (currentRoute() !== 'protect') return;
      const now = depths[useProtect.getState().stage];
      const entry = entryDepth();
      if (entry < now) {
        stepBackTo(entry);
        // It asks, or something else holds it here.
        const left = depths[useProtect.getState().stage];
        for (let at = entry + 1; at <= left; at++) window.history.pushState({ depth: at }, '');
      } else if (entry > now) window.history.back();
    };
    window.addEventListener('popstate', onPop);
    return () => window.removeEventListener('popstate', onPop);
  }, []);
}
