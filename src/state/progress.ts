import type { JobNews, Step, StepProgress } from '../engine/api';

/** Where a job stands: the steps it announced, and the one that has begun. */
export interface Progress extends Partial<StepProgress> {
  readonly plan: readonly Step[];
}

/** What a job's news make of where it stood. */
export function withNews(progress: Progress | null, news: JobNews): Progress {
  return 'plan' in news ? { ...progress, ...news } : { plan: progress?.plan ?? [], ...news };
}
