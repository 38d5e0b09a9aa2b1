import type { KnownClinics } from './clinic-link';

const PLACE = 'rofi-clinics';

function stored(): Record<string, string> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PLACE) ?? '{}');
    const entries = Object.entries(kept ?? {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    return Object.fromEntries(entries);
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
