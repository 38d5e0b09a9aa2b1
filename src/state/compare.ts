import { create } from 'zustand';
import type { VisitMeasures } from '../engine/api';
import { engine } from './engine';
import { networksReady } from './models';
import { toProblem, type Problem } from './problem';
import { readableSource } from './source';

export type VisitNumber = 1 | 2;

export interface Visit {
  readonly name: string;
  readonly measures: VisitMeasures | null;
  readonly problem: Problem | null;
}

interface Compare {
  readonly visits: Readonly<Record<VisitNumber, Visit | null>>;
  readonly open: (visit: VisitNumber, file: File) => Promise<void>;
  readonly reset: () => void;
}

const initial = { visits: { 1: null, 2: null } } as const;

/** Two photos of one person from two visits, with their lid measures. */
export const useCompare = create<Compare>()((set, get) => ({
  ...initial,

  async open(visit, file) {
    const { name } = file;
    const put = (changed: Partial<Visit>): void =>
      set({ visits: { ...get().visits, [visit]: { name, measures: null, problem: null, ...changed } } });
    put({});
    try {
      const source = await readableSource(file);
      await networksReady(new AbortController().signal);
      put({ measures: await engine.measureLids(source) });
    } catch (error) {
      put({ problem: toProblem(error) });
    }
  },

  reset: () => set(initial),
}));
