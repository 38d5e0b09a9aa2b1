import { createEngine } from '../engine/client';

/** The one engine of this page: its worker starts with the first call. */
export const engine = createEngine();

/**
 * Id of the photo that the worker holds between inspection and protection; null when it holds none that is known.
 * Another job, a cancelled run or a crash loses it, and it has to be inspected again.
 */
export const heldPhoto: { id: string | null } = { id: null };
