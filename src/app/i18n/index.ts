import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../../state/settings';
import { en } from './en';

const loaders: Record<Exclude<Language, 'en'>, () => Promise<object>> = {
  'zh-Hans': async () => (await import('./zh')).zh,
};

/** Prepares the catalogue of `language`; English is part of the shell and the fallback. */
export async function startI18n(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
  });
  await applyLanguage(language);
}

/** Switches the page to `language`, loading its catalogue the first time. */
export async function applyLanguage(language: Language): Promise<void> {
  if (language !== 'en' && !i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', await loaders[language]());
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
