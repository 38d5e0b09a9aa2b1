import * as v from 'valibot';
import type { KnownClinics } from './clinic-link';

const PLACE = 'rofi-clinics';
const Clinics = v.record(v.string(), v.string());

function stored(): Record<string, string> {
  try {
    return v.parse(Clinics, JSON.parse(localStorage.getItem(PLACE) ?? '{}'));
  } catch {
    // Refused or damaged: no clinic is known.
    return {};
  }
}

/** On this device, because the person asked for it. */
export const knownClinics: KnownClinics = {
  read: stored,
  keep(name, recipient) {
    try {
      localStorage.setItem(PLACE, JSON.stringify({ ...stored(), [name]: recipient }));
    } catch {
      // The browser keeps nothing: it asks again next time.
    }
  },
};
