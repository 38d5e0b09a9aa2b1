import type { ProtectSettings } from './protect';

/** What decides how much of the eyes stays. */
export type SignSettings = Pick<ProtectSettings, 'signThreshold' | 'keepBothEyes'>;

/** What a photo is for, in a patient's words, and what that means for the eyes. */
export const purposes = {
  /** Lid position or squint: where nothing looks ill, the doctor still needs both eyes. */
  lids: { signThreshold: 0.5, keepBothEyes: true },
  /** Redness, a lump: what looks ill stays. */
  signs: { signThreshold: 0.5, keepBothEyes: false },
  hide: { signThreshold: 0.9, keepBothEyes: false },
} as const satisfies Record<string, SignSettings>;

export type Purpose = keyof typeof purposes;
export const purposeNames = ['lids', 'signs', 'hide'] as const satisfies readonly Purpose[];

/** The purpose that settings stand for; null once they were tuned by hand. */
export function purposeOf({ signThreshold, keepBothEyes }: SignSettings): Purpose | null {
  const named = purposeNames.find(
    (name) => purposes[name].signThreshold === signThreshold && purposes[name].keepBothEyes === keepBothEyes,
  );
  return named ?? null;
}
