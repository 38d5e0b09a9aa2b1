import { create } from 'zustand';
import type { VisitMeasures } from '../engine/api';
import type { Engine } from '../engine/worker/client';
import { whenReady, type ModelsStore } from './models';
import { toProblem, type Problem } from './problem';
import { readPhoto } from './source';

export type VisitNumber = 1 | 2;

export interface Visit {
  readonly name: string;
  readonly measures: VisitMeasures | null;
  readonly problem: Problem | null;
}

export interface Compare {
  readonly visits: Readonly<Record<VisitNumber, Visit | null>>;
  readonly open: (visit: VisitNumber, file: File) => Promise<void>;
  readonly reset: () => void;
}

export type CompareStore = ReturnType<typeof createCompareStore>;

/** Two photos of one person from two visits, with their lid measures. */
export function createCompareStore(engine: Engine, models: ModelsStore) {
  const jobs: Record<VisitNumber, AbortController> = { 1: new AbortController(), 2: new AbortController() };

  return create<Compare>()((set, get) => ({
    visits: { 1: null, 2: null },

    async open(visit, file) {
      jobs[visit].abort();
      jobs[visit] = new AbortController();
      const { signal } = jobs[visit];
      const { name } = file;
      const put = (changed: Partial<Visit>): void => {
        // Another photo may have taken the place of this one.
        if (signal.aborted) return;
        set({ visits: { ...get().visits, [visit]: { name, measures: null, problem: null, ...changed } } });
      };
      put({});
      try {
        const source = await readPhoto(file);
        await whenReady(models, 'landmarks', signal);
        put({ measures: await engine.measureLids(source, signal) });
      } catch (error) {
        put({ problem: toProblem(error) });
      }
    },

    reset() {
      jobs[1].abort();
      jobs[2].abort();
      set({ visits: { 1: null, 2: null } });
    },
  }));
}
