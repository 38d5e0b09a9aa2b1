import type { ProtectSettings } from './protect';

/** What decides how much of the photo stays: of the eyes, and round the face. */
export type PurposeSettings = Pick<ProtectSettings, 'signThreshold' | 'keepBothEyes' | 'surroundings'>;

/** What a photo is for, in a patient's words, and what that means for what stays. */
export const purposes = {
  /** Lid position or squint: where nothing looks ill, the doctor still needs both eyes. */
  lids: { signThreshold: 0.5, keepBothEyes: true, surroundings: 'everything' },
  /** Redness, a lump: what looks ill stays. */
  signs: { signThreshold: 0.5, keepBothEyes: false, surroundings: 'everything' },
  /** What tells who somebody is goes, hair and all. */
  hide: { signThreshold: 0.9, keepBothEyes: false, surroundings: 'faces' },
} as const satisfies Record<string, PurposeSettings>;

export type Purpose = keyof typeof purposes;
export const purposeNames = ['lids', 'signs', 'hide'] as const satisfies readonly Purpose[];

/** The purpose that settings stand for; null once they were tuned by hand. */
export function purposeOf({ signThreshold, keepBothEyes }: PurposeSettings): Purpose | null {
  const named = purposeNames.find(
    (name) => purposes[name].signThreshold === signThreshold && purposes[name].keepBothEyes === keepBothEyes,
  );
  return named ?? null;
}
