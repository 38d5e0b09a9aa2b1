import { children } from '../constants.json';
import { recogniserNames, type Recognition, type RecogniserName } from '../api';
import type { Tools } from '../tools';
import type { AlignedFace } from '../types';

/** A recogniser and what it calls a stranger. */
export interface Recogniser {
  readonly name: RecogniserName;
  /** Least Euclidean distance between two faces that are clearly two people. */
  readonly threshold: number;
}

/** A face's place in the space of every recogniser. */
export type Embeddings = Readonly<Record<RecogniserName, Float32Array>>;

/** An aligned face and what the recognisers know it by. */
export interface KnownFace {
  readonly aligned: AlignedFace;
  readonly embeddings: Embeddings;
  /** How old it looks, years. */
  readonly age: number;
}

/** A grown-up, as far as recognisers are concerned. */
export const GROWN_UP = children.to;

/**
 * How far a stranger of an age is from a face at least. Recognisers take small children for one another: of strangers
 * below three 64 % are nearer for dlib, and 96 % for MobileFaceNet, than the distance that tells grown-ups apart. So a
 * child is asked for less, though for more than all but one in twenty strangers of its age keep.
 */
function leastDistance({ name, threshold }: Recogniser, age: number): number {
  return threshold * (children.least[name] + (1 - children.least[name]) * grownShare(age));
}

/** How far somebody of an age is grown up as recognisers see it, 0..1. */
export function grownShare(age: number): number {
  return Math.min(Math.max((age - children.from) / (GROWN_UP - children.from), 0), 1);
}

/** What all recognisers say of two faces. */
export interface Judgement {
  readonly recognitions: readonly Recognition[];
  /** Whether any of them may still see the same person. */
  readonly recognised: boolean;
}

/**
 * What the recognisers know a face by.
 *
 * @param face - aligned, [3, 256, 256] planar RGB in [-1, 1]
 */
export async function embed(face: Float32Array, { networks }: Pick<Tools, 'networks'>): Promise<Embeddings> {
  const embedded: [RecogniserName, Float32Array][] = [];
  for (const name of recogniserNames) embedded.push([name, await networks.embedFace(name, face)]);
  return Object.fromEntries(embedded) as Embeddings;
}

/**
 * Asks every recogniser whether it sees one person in two faces.
 *
 * @param known - the original face, and how old it is
 * @param face - the drawing, or the protected face: aligned, [3, 256, 256] planar RGB in [-1, 1]
 */
export async function judge(
  { embeddings, age }: Pick<KnownFace, 'embeddings' | 'age'>,
  face: Float32Array,
  tools: Pick<Tools, 'networks' | 'recognisers'>,
): Promise<Judgement> {
  const seen = await embed(face, tools);
  const recognitions = tools.recognisers.map((recogniser): Recognition => {
    const { name } = recogniser;
    const distance = distanceBetween(embeddings[name], seen[name]);
    const threshold = leastDistance(recogniser, age);
    // What cannot be compared counts as recognised.
    return {
      recogniser: name,
      distance,
      threshold,
      ofChild: !(age >= GROWN_UP),
      recognised: !(distance >= threshold),
    };
  });
  return {
    recognitions,
    recognised: recognitions.length === 0 || recognitions.some(({ recognised }) => recognised),
  };
}

/**
 * By which share of its threshold the least convinced recogniser sees a stranger in a drawing; null as soon as one of
 * them shows that it is no more than `best`, for then the others need not be asked.
 */
export async function marginAbove(
  best: number,
  { embeddings, age }: Pick<KnownFace, 'embeddings' | 'age'>,
  drawing: Float32Array,
  { networks, recognisers }: Pick<Tools, 'networks' | 'recognisers'>,
): Promise<number | null> {
  let least = Infinity;
  // The last is the quickest, and the hardest to convince.
  for (const recogniser of [...recognisers].reverse()) {
    const { name } = recogniser;
    const seen = await networks.embedFace(name, drawing);
    least = Math.min(least, distanceBetween(embeddings[name], seen) / leastDistance(recogniser, age) - 1);
    if (!(least > best)) return null;
  }
  return recognisers.length === 0 ? null : least;
}

function distanceBetween(one: Float32Array, other: Float32Array): number {
  return Math.hypot(...one.map((value, i) => value - (other[i] ?? NaN)));
}
