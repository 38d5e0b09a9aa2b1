import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../../state/languages';
import { en } from './en';

const loaders: Record<Exclude<Language, 'en'>, () => Promise<object>> = {
  'zh-Hans': async () => (await import('./zh')).zh,
};

/** Prepares the catalogue of `language`; English is part of the shell, and what stands there when that does not come. */
export async function startI18n(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
  });
  await applyLanguage(language);
}

let wanted: Language = 'en';

/** Switches the page to `language`, loading its catalogue the first time; stays as it is when that does not come. */
export async function applyLanguage(language: Language): Promise<void> {
  wanted = language;
  if (language !== 'en' && !i18next.hasResourceBundle(language, 'translation')) {
    try {
      i18next.addResourceBundle(language, 'translation', await loaders[language]());
    } catch {
      return;
    }
    // Another language may have been chosen meanwhile.
    if (wanted !== language) return;
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
