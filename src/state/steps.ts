import type { Step } from '../engine/api';

/** The steps of each job in the order a person sees them. */
export const inspectSteps: readonly Step[] = ['load-networks', 'decode', 'find-faces', 'find-signs'];

export const protectSteps: readonly Step[] = [
  'load-networks',
  'align',
  'draw-virtual-face',
  'translate',
  'blend',
  'encode',
  'seal',
  'check-recognition',
  'check-eyes',
  'check-restoration',
];

export const restoreSteps: readonly Step[] = [
  'load-networks',
  'decode',
  'open-record',
  'find-faces',
  'align',
  'restore',
  'blend',
  'encode',
];
