/** What a job tells while it runs: once its steps in order, of which it may leave some out, then each as it begins. */
export type JobNews = { readonly plan: readonly Step[] } | StepProgress;
export type OnNews = (news: JobNews) => void;

/** A step of a job that has begun. Emitted by the work itself, never by a timer. */
export interface StepProgress {
  readonly step: Step;
  /** Which face of how many, from 0; absent for steps on the whole photo. */
  readonly face?: number;
  readonly faces?: number;
  /** How much of the step is done, 0..1; absent for steps that are done in one go. */
  readonly share?: number;
}

export type Step =
  | 'load-networks'
  | 'decode'
  | 'find-faces'
  | 'align'
  | 'find-signs'
  | 'draw-virtual-face'
  | 'translate'
  | 'blend'
  | 'seal'
  | 'encode'
  | 'check-recognition'
  | 'check-faces'
  | 'check-eyes'
  | 'check-restoration'
  | 'restore';

/** How long a step took, and how much of that its networks. */
export interface StepTiming {
  readonly step: Step;
  readonly milliseconds: number;
  readonly networkMilliseconds: number;
}
