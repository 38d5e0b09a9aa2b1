/** Who and what of a photo is hidden, and how. */
import type { FaceView, Inspection, ProtectOptions } from '../engine/api';
import type { Box } from '../engine/types';
import type { PhotoSession } from '../engine/worker/client';

export interface Hiding {
  readonly inspection: Inspection | null;
  readonly faces: readonly FaceView[];
  /** Ids of the faces to protect. */
  readonly chosen: ReadonlySet<number>;
  /** Ids of the faces that are covered, if chosen, in place of being replaced. */
  readonly covered: ReadonlySet<number>;
  /** Areas to be covered whole, photo pixels: heads that cannot be replaced, and what was marked by hand. */
  readonly areas: readonly Box[];
}

export const nobody = {
  inspection: null,
  faces: [],
  chosen: new Set<number>(),
  covered: new Set<number>(),
  areas: [],
} as const satisfies Hiding;

/** Whether a face can be covered, but not replaced. */
export function onlyCovered({ tooSmall, turned }: FaceView): boolean {
  return tooSmall || turned;
}

/** What becomes of a photo before anybody decides: everybody is hidden, and who cannot be replaced is covered. */
export function firstChoice({
  faces,
  inspection: { heads },
}: Pick<PhotoSession, 'faces' | 'inspection'>): Required<
  Pick<ProtectOptions, 'faces' | 'covered' | 'areas'>
> {
  const ids = ({ id }: FaceView): number => id;
  return { faces: faces.map(ids), covered: faces.filter(onlyCovered).map(ids), areas: heads };
}

/** How many of those who were found stay as they are: a person said so, nobody stays by default. */
export function leftOut({
  inspection,
  faces,
  chosen,
  areas,
}: Pick<Hiding, 'inspection' | 'faces' | 'chosen' | 'areas'>): number {
  const heads = inspection?.heads ?? [];
  return faces.length - chosen.size + heads.filter((head) => !areas.includes(head)).length;
}

/** The same for the page. */
export function firstHiding(session: Pick<PhotoSession, 'faces' | 'inspection'>): Hiding {
  const { faces, inspection } = session;
  const choice = firstChoice(session);
  return {
    inspection,
    faces,
    chosen: new Set(choice.faces),
    covered: new Set(choice.covered),
    areas: choice.areas,
  };
}

/** With one more face, which was placed by hand. */
export function withPlaced(
  { chosen, covered }: Pick<Hiding, 'chosen' | 'covered'>,
  face: FaceView,
): Pick<Hiding, 'chosen' | 'covered'> {
  return {
    chosen: withMember(chosen, face.id, true),
    covered: onlyCovered(face) ? withMember(covered, face.id, true) : covered,
  };
}

/** A face that cannot be replaced stays covered. */
export function withCovered(
  { faces, covered }: Pick<Hiding, 'faces' | 'covered'>,
  id: number,
  cover: boolean,
): ReadonlySet<number> {
  const fixed = faces.some((face) => face.id === id && onlyCovered(face));
  return withMember(covered, id, cover || fixed);
}

/** A set with a member, or without it. */
export function withMember(members: ReadonlySet<number>, id: number, member: boolean): ReadonlySet<number> {
  const next = new Set(members);
  if (member) next.add(id);
  else next.delete(id);
  return next;
}

/** Whether protecting would change anything. */
export function hidesSomething({ chosen, areas }: Pick<Hiding, 'chosen' | 'areas'>): boolean {
  return chosen.size > 0 || areas.length > 0;
}

/** Whether something comes back from the sealed original alone. */
export function coversSomething({
  chosen,
  covered,
  areas,
}: Pick<Hiding, 'chosen' | 'covered' | 'areas'>): boolean {
  return areas.length > 0 || [...chosen].some((id) => covered.has(id));
}

/** The same as the engine is asked for it. */
export function whatToHide({
  chosen,
  covered,
  areas,
}: Hiding): Pick<ProtectOptions, 'faces' | 'covered' | 'areas'> {
  return { faces: [...chosen], covered: [...chosen].filter((id) => covered.has(id)), areas };
}
