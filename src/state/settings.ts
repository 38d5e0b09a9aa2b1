import * as v from 'valibot';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { languageFor, languages, type Language } from './languages';

const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const Kept = v.object({ theme: v.picklist(themes), language: v.picklist(languages.map(({ tag }) => tag)) });

/** What was kept on the device; nothing where it is none of this version's settings. */
export function keptSettings(kept: unknown): Partial<v.InferOutput<typeof Kept>> {
  const { success, output } = v.safeParse(Kept, kept);
  return success ? output : {};
}

interface Settings {
  readonly theme: Theme;
  readonly language: Language;
  readonly setTheme: (theme: Theme) => void;
  readonly setLanguage: (language: Language) => void;
}

/** Appearance and language: the only things the page remembers unasked, and they say nothing about a person. */
export const useSettings = create<Settings>()(
  persist(
    (set) => ({
      theme: 'system',
      language: languageFor(navigator.languages),
      setTheme: (theme) => set({ theme }),
      setLanguage: (language) => set({ language }),
    }),
    {
      name: 'rofi-settings',
      partialize: ({ theme, language }) => ({ theme, language }),
      merge: (kept, current) => ({ ...current, ...keptSettings(kept) }),
    },
  ),
);
