import type { Proof } from '../api';

/** Whether somebody is recognised whom no other virtual person would hide better: the face is covered, not replaced. */
export function isKnownCovered({ verdict, peopleTried, faces }: Proof): boolean {
  const covered = faces.filter(({ method }) => method === 'covered');
  const known = covered.some(({ recognitions }) => recognitions.some(({ recognised }) => recognised));
  return verdict === 'recognised' && (peopleTried === 0 || known);
}
