import type { Proof } from '../../engine/api';

/** The distance between the pupils of an adult, millimetres: what a share of it means in a sentence. */
const PUPIL_DISTANCE = 63;

/** One check of the proof: whether it passed, so that a sentence can say it. */
export type Check =
  | { readonly name: 'mosaic' | 'covered' | 'overlooked' | 'exact'; readonly passed: boolean }
  | { readonly name: 'recognition'; readonly passed: boolean; readonly children: boolean }
  | { readonly name: 'eyes'; readonly passed: boolean; readonly millimetres: number };

const covered = new Set(['other-face', 'face-lost', 'face-turned', 'placed']);
const eyes = new Set(['lids-closed', 'lids-opened']);

/** Whether nothing brings a part of the original back: it is not sealed in the file, and the pixels hold too little of it. */
export function losesSomething(proof: Proof): boolean {
  const { verdict, faces, sealedOriginalMatches, surroundings } = proof;
  const unreadable = faces.some(({ restoredSsim }) => restoredSsim === null);
  const hidesSomething = verdict === 'covered' || surroundings !== 'everything';
  return sealedOriginalMatches === 'not-sealed' && (hidesSomething || unreadable);
}

/** Whether somebody is only covered where somebody else is replaced. */
export function isPartlyCovered({ verdict, faces }: Proof): boolean {
  return verdict === 'covered' && faces.some(({ method }) => method === 'replaced');
}

/**
 * The proof as a person asks: recognised? eyes as they were? everybody covered? does the original come back? Where a face
 * is under a mosaic the first answer is worth less, and its eyes cannot be measured; without any face only the others count.
 */
export function checksOf({ faces, findings, sealedOriginalMatches }: Proof): readonly Check[] {
  const replaced = faces.filter(({ method }) => method === 'replaced');
  const mosaic = replaced.length < faces.length;
  const checks: Check[] = [];
  if (faces.length > 0) {
    const all = faces.flatMap(({ recognitions }) => recognitions);
    const passed = faces.length > 0 && all.every(({ recognised }) => !recognised);
    checks.push(
      mosaic
        ? { name: 'mosaic', passed }
        : { name: 'recognition', passed, children: all.some(({ ofChild }) => ofChild) },
    );
  }
  if (replaced.length > 0) {
    const shifts = replaced.flatMap(({ eyelidShift, irisShift }) => [eyelidShift, irisShift]);
    const measured = shifts.filter((shift) => shift !== null);
    checks.push({
      name: 'eyes',
      passed: measured.length === shifts.length && !findings.some(({ kind }) => eyes.has(kind)),
      millimetres: Math.max(0, ...measured) * PUPIL_DISTANCE,
    });
  }
  checks.push({
    name: replaced.length > 0 && !mosaic ? 'covered' : 'overlooked',
    passed: !findings.some(({ kind }) => covered.has(kind)),
  });
  // Who chose pixels only asked for no exact original.
  if (sealedOriginalMatches !== 'not-sealed') checks.push({ name: 'exact', passed: sealedOriginalMatches });
  return checks;
}
