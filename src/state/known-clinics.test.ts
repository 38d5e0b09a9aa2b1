import { afterEach, expect, it, vi } from 'vitest';
import { knownClinics } from './known-clinics';

afterEach(() => vi.unstubAllGlobals());

function storage(content: string | null): Pick<Storage, 'getItem' | 'setItem'> {
  return {
    getItem: () => content,
    setItem: (_, value) => {
      content = value;
    },
  };
}

it('keeps clinics by their names', () => {
  vi.stubGlobal('localStorage', storage(null));
  expect(knownClinics.read()).toEqual({});
  knownClinics.keep('Eye clinic', 'age1a');
  knownClinics.keep('Lid clinic', 'age1b');
  expect(knownClinics.read()).toEqual({ 'Eye clinic': 'age1a', 'Lid clinic': 'age1b' });
});

it.each(['[1', '"text"', '{"Eye clinic":7}'])('knows none where %s is kept', (content) => {
  vi.stubGlobal('localStorage', storage(content));
  expect(knownClinics.read()).toEqual({});
});
