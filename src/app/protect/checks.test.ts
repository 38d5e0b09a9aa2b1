import { describe, expect, it } from 'vitest';
import type { FaceProof, Finding, Proof } from '../../engine/api';
import { checksOf, isPartlyCovered, losesSomething } from './checks';

const measures = { eyelidShift: 0.01, irisShift: 0.02, restoredSsim: 0.9 };
const nothing = { eyelidShift: null, irisShift: null, restoredSsim: null };

function face(method: FaceProof['method'], recognised = false): FaceProof {
  const recognition = {
    recogniser: 'recogniser',
    distance: 1,
    threshold: 0.6,
    ofChild: false,
    recognised,
  } as const;
  return { id: 0, method, recognitions: [recognition], ...(method === 'replaced' ? measures : nothing) };
}

function checked(faces: readonly FaceProof[], ...kinds: readonly Finding['kind'][]): readonly string[] {
  const findings = kinds.map((kind): Finding => ({ kind, face: null }));
  const proof: Proof = {
    verdict: 'covered',
    peopleTried: 0,
    faces,
    sealedOriginalMatches: true,
    surroundings: 'everything',
    findings,
  };
  return checksOf(proof).map(({ name, passed }) => (passed ? name : `not ${name}`));
}

describe('the checks of a photo', () => {
  it('ask of a replaced face whether it is known, and whether its eyes moved', () => {
    expect(checked([face('replaced')])).toEqual(['recognition', 'eyes', 'covered', 'exact']);
    expect(checked([face('replaced', true)], 'lids-closed', 'face-lost')).toEqual([
      'not recognition',
      'not eyes',
      'not covered',
      'exact',
    ]);
  });

  it('say of a face under a mosaic no more than was measured', () => {
    expect(checked([face('covered')])).toEqual(['mosaic', 'overlooked', 'exact']);
    expect(checked([face('covered', true)], 'other-face')).toEqual(['not mosaic', 'not overlooked', 'exact']);
    expect(checked([face('replaced'), face('covered')])).toEqual(['mosaic', 'eyes', 'overlooked', 'exact']);
  });

  it('tell a photo where somebody is only covered from one where everybody is', () => {
    const proof = (...faces: readonly FaceProof[]): Proof => ({
      verdict: 'covered',
      peopleTried: 1,
      faces,
      sealedOriginalMatches: true,
      surroundings: 'everything',
      findings: [],
    });
    expect(isPartlyCovered(proof(face('replaced'), face('covered')))).toBe(true);
    expect(isPartlyCovered(proof(face('covered')))).toBe(false);
    expect(isPartlyCovered({ ...proof(face('replaced')), verdict: 'protected' })).toBe(false);
  });

  it('say when nothing would bring the original back', () => {
    const proof = (faces: readonly FaceProof[], changed: Partial<Proof> = {}): Proof => ({
      ...{
        verdict: 'protected',
        peopleTried: 1,
        faces,
        findings: [],
        sealedOriginalMatches: 'not-sealed',
        surroundings: 'everything',
      },
      ...changed,
    });
    const unreadable = { ...face('replaced'), restoredSsim: null };
    expect(losesSomething(proof([face('replaced')]))).toBe(false);
    expect(losesSomething(proof([face('replaced'), unreadable]))).toBe(true);
    expect(losesSomething(proof([unreadable], { sealedOriginalMatches: true }))).toBe(false);
    expect(losesSomething(proof([], { verdict: 'covered' }))).toBe(true);
    expect(losesSomething(proof([face('replaced')], { surroundings: 'faces' }))).toBe(true);
  });

  it('name nobody where there is no face', () => {
    expect(checked([])).toEqual(['overlooked', 'exact']);
  });
});
