import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export type Theme = 'system' | 'light' | 'dark';
export type Language = 'en' | 'zh-Hans';

interface Settings {
  readonly theme: Theme;
  readonly language: Language;
  readonly setTheme: (theme: Theme) => void;
  readonly setLanguage: (language: Language) => void;
}

function deviceLanguage(): Language {
  const first = navigator.languages.find((tag) => /^(en|zh)\b/i.test(tag));
  return first?.toLowerCase().startsWith('zh') ? 'zh-Hans' : 'en';
}

/** Appearance and language: the only things the page remembers unasked, and they say nothing about a person. */
export const useSettings = create<Settings>()(
  persist(
    (set) => ({
      theme: 'system',
      language: deviceLanguage(),
      setTheme: (theme) => set({ theme }),
      setLanguage: (language) => set({ language }),
    }),
    { name: 'rofi-settings', partialize: ({ theme, language }) => ({ theme, language }) },
  ),
);
