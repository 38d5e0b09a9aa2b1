import { toProblem, type Problem } from './problem';

interface Attempted {
  readonly busy: boolean;
  readonly problem: Problem | null;
}

/** Runs a job for a store: busy meanwhile, and what goes wrong becomes its problem. Nothing is thrown. */
export async function attempt(set: (state: Attempted) => void, job: () => Promise<void>): Promise<void> {
  set({ busy: true, problem: null });
  try {
    await job();
    set({ busy: false, problem: null });
  } catch (error) {
    set({ busy: false, problem: toProblem(error) });
  }
}
