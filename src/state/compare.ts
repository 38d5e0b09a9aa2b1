import { create } from 'zustand';
import type { FaceAt, MeasuredFace, VisitMeasures } from '../engine/api';
import type { Engine } from '../engine/worker/client';
import type { Point } from '../engine/types';
import {
  measureLids,
  type EyePoints,
  type FacePoints,
  type LidMeasures,
  type Ruler,
  type Side,
} from './lid-measures';
import { isReady, whenReady, type ModelsStore } from './models';
import { peopleSeen, type PeopleSeen } from './people';
import { toProblem, type Problem } from './problem';
import { readSource } from './source';

export interface Visit {
  readonly id: number;
  readonly file: File;
  /** What the person calls it; empty until then. */
  readonly label: string;
  readonly measured: VisitMeasures | null;
  readonly problem: Problem | null;
  /** Which of its faces is the patient's. */
  readonly face: number;
  /** Null as long as nobody has moved a mark. */
  readonly moved: FacePoints | null;
  /** Whether the person has said that the marks lie where they belong. */
  readonly placed: boolean;
  readonly ruler: Ruler;
}

/**
 * Whether the two visits that are shown are of one person: `protected` where one of them shows somebody who does not
 * exist, `unknown` where nobody has looked.
 */
type People = 'unknown' | 'checking' | 'protected' | PeopleSeen;

/** A mark that can be moved. */
export type Mark = 'pupil' | 'upper' | 'lower' | 'irisFrom' | 'irisTo';

export interface Compare {
  /** From the earliest, as the person has them. */
  readonly visits: readonly Visit[];
  /** Ids of the two that are laid over each other. */
  readonly shown: readonly [number, number] | null;
  readonly people: People;
  readonly add: (files: readonly File[]) => Promise<void>;
  readonly remove: (id: number) => void;
  readonly show: (first: number, second: number) => void;
  /** Exchanges a visit with the one before it. */
  readonly moveUp: (id: number) => void;
  readonly setLabel: (id: number, label: string) => void;
  readonly chooseFace: (id: number, face: number) => void;
  readonly moveMark: (id: number, side: Side, mark: Mark, to: Point) => void;
  readonly resetMarks: (id: number) => void;
  readonly setPlaced: (id: number, placed: boolean) => void;
  readonly setRuler: (id: number, ruler: Ruler) => void;
  /** Asks the recognisers, once the networks are here. */
  readonly checkPeople: () => Promise<void>;
  readonly reset: () => void;
}

export type CompareStore = ReturnType<typeof createCompareStore>;

/** The face that a visit is measured at; null until it is found. */
export function faceOf({ measured, face }: Visit): MeasuredFace | null {
  return measured?.faces[face] ?? null;
}

/** Its marks, moved or not. */
export function pointsOf(visit: Visit): FacePoints | null {
  return visit.moved ?? faceOf(visit);
}

export function measuresOf(visit: Visit): LidMeasures | null {
  const [face, points] = [faceOf(visit), pointsOf(visit)];
  return face && points ? measureLids(points, face.eyes, visit.ruler, visit.placed) : null;
}

/** Photos of one person from several visits, with what their lids are measured at. */
export function createCompareStore(engine: Engine, models: ModelsStore) {
  let nextId = 0;
  let job = new AbortController();
  let check = new AbortController();

  return create<Compare>()((set, get) => {
    const find = (id: number): Visit | undefined => get().visits.find((visit) => visit.id === id);

    function update(id: number, changed: Partial<Visit>): void {
      set({ visits: get().visits.map((visit) => (visit.id === id ? { ...visit, ...changed } : visit)) });
    }

    /** The first and the last that are measured, unless the person has chosen two. */
    function choosePair(): void {
      const { visits, shown } = get();
      const ready = visits.filter(({ measured }) => measured !== null);
      const [first, last] = [ready.at(0), ready.at(-1)];
      const valid = shown?.every((id) => ready.some((visit) => visit.id === id)) ?? false;
      if (!valid) set({ shown: first && last && first !== last ? [first.id, last.id] : null });
      lookAtPeople();
    }

    /** Where the networks are here anyway, people are compared without being asked. */
    function lookAtPeople(): void {
      check.abort();
      const pair = get().shown?.map(find) ?? [];
      const isProtected = pair.some((visit) => visit?.measured?.isProtected);
      set({ people: isProtected ? 'protected' : 'unknown' });
      if (pair.length === 2 && !isProtected && isReady(models.getState(), 'all')) void get().checkPeople();
    }

    async function faceAt(visit: Visit): Promise<FaceAt | null> {
      const face = faceOf(visit);
      return face && { file: await readSource(visit.file, 'protected'), eyes: face.eyes };
    }

    /** Of several faces the one that lies where the earlier visit's does: most pairs are a photo and its own copy. */
    function likelyFace({ faces, width, height }: VisitMeasures): number {
      const [reference] = get().visits.filter(({ measured }) => measured !== null);
      const known = reference && faceOf(reference);
      if (!reference?.measured || !known) return 0;
      const at = ({ eyes: [right, left] }: MeasuredFace, size: { width: number; height: number }): Point => ({
        x: (right.x + left.x) / 2 / size.width,
        y: (right.y + left.y) / 2 / size.height,
      });
      const there = at(known, reference.measured);
      const offset = (face: MeasuredFace): number => {
        const here = at(face, { width, height });
        return Math.hypot(here.x - there.x, here.y - there.y);
      };
      return faces.reduce((best, face, i) => (offset(face) < offset(faces[best] ?? face) ? i : best), 0);
    }

    return {
      visits: [],
      shown: null,
      people: 'unknown',

      async add(files) {
        const { signal } = job;
        const added = files.map((file): Visit => ({
          id: nextId++,
          file,
          label: '',
          measured: null,
          problem: null,
          face: 0,
          moved: null,
          placed: false,
          ruler: { kind: 'iris' },
        }));
        set({ visits: [...get().visits, ...added] });
        for (const { id, file } of added) {
          try {
            const source = await readSource(file, 'protected');
            await whenReady(models, 'landmarks', signal);
            if (!find(id)) continue;
            const measured = await engine.measureLids(source, signal);
            if (!find(id)) continue;
            update(id, { measured, face: likelyFace(measured) });
            choosePair();
          } catch (error) {
            update(id, { problem: toProblem(error) });
          }
        }
      },

      remove(id) {
        set({ visits: get().visits.filter((visit) => visit.id !== id) });
        choosePair();
      },

      show(first, second) {
        set({ shown: [first, second] });
        lookAtPeople();
      },

      moveUp(id) {
        const visits = [...get().visits];
        const at = visits.findIndex((visit) => visit.id === id);
        if (at < 1) return;
        visits.splice(at - 1, 0, ...visits.splice(at, 1));
        set({ visits });
      },

      setLabel: (id, label) => update(id, { label }),

      chooseFace(id, face) {
        // Marks and ruler were laid on another face.
        update(id, { face, moved: null, placed: false, ruler: { kind: 'iris' } });
        lookAtPeople();
      },

      moveMark(id, side, mark, to) {
        const visit = find(id);
        const points = visit && pointsOf(visit);
        if (!points) return;
        update(id, { moved: { ...points, [side]: withMark(points[side], mark, to) } });
      },

      resetMarks: (id) => update(id, { moved: null, placed: false }),
      setPlaced: (id, placed) => update(id, { placed }),
      setRuler: (id, ruler) => update(id, { ruler }),

      async checkPeople() {
        const [first, second] = get().shown?.map(find) ?? [];
        if (!first || !second) return;
        check.abort();
        check = new AbortController();
        const { signal } = check;
        set({ people: 'checking' });
        try {
          await whenReady(models, 'all', signal);
          const [one, other] = [await faceAt(first), await faceAt(second)];
          if (!one || !other) return;
          const recognitions = await engine.compareFaces(one, other, signal);
          signal.throwIfAborted();
          set({ people: peopleSeen(recognitions) });
        } catch {
          // The measures stand without it.
          if (check.signal === signal) set({ people: 'unknown' });
        }
      },

      reset() {
        job.abort();
        job = new AbortController();
        check.abort();
        set({ visits: [], shown: null, people: 'unknown' });
      },
    };
  });
}

function withMark(points: EyePoints, mark: Mark, to: Point): EyePoints {
  const [from, end] = points.iris;
  switch (mark) {
    case 'irisFrom':
      return { ...points, iris: [to, end] };
    case 'irisTo':
      return { ...points, iris: [from, to] };
    default:
      return { ...points, [mark]: to };
  }
}
