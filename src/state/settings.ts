import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { languageFor, type Language } from './languages';

export type Theme = 'system' | 'light' | 'dark';

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
    { name: 'rofi-settings', partialize: ({ theme, language }) => ({ theme, language }) },
  ),
);
