import type { Recognition } from '../engine/api';

/** How many people two photos show, as far as the recognisers tell. */
export type PeopleSeen = 'alike' | 'perhaps' | 'different';

/**
 * Weighs what the recognisers say of two faces that ought to be one person's.
 *
 * @param recognitions - one for each recogniser; one that cannot compare them has no distance
 * @returns `different` where all see a stranger, `alike` where all see one person, `perhaps` where they disagree or
 * cannot tell
 */
export function peopleSeen(recognitions: readonly Recognition[]): PeopleSeen {
  const known = recognitions.filter(({ recognised, distance }) => recognised && !Number.isNaN(distance));
  if (recognitions.length > 0 && known.length === recognitions.length) return 'alike';
  const strangers = recognitions.filter(({ recognised }) => !recognised);
  return recognitions.length > 0 && strangers.length === recognitions.length ? 'different' : 'perhaps';
}
