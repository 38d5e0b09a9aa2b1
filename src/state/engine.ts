import { createEngine } from '../engine/client';

/** The one engine of this page: its worker starts with the first call. */
export const engine = createEngine();
