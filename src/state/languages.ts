interface LanguageEntry {
  /** BCP 47. */
  readonly tag: string;
  /** Its own name, which is the same in every language, in full and short. */
  readonly name: string;
  readonly short: string;
  /** Which of a device's languages it serves: their tags' first part. */
  readonly serves: string;
}

/** The page's languages; the first one stands in for every other. Catalogues: src/app/i18n/index.ts. */
export const languages = [
  { tag: 'en', name: 'English', short: 'EN', serves: 'en' },
  { tag: 'zh-Hans', name: '简体中文', short: '中文', serves: 'zh' },
] as const satisfies readonly LanguageEntry[];

export type Language = (typeof languages)[number]['tag'];

/**
 * The page's language for a device.
 *
 * @param preferred - tags such as `de-CH`, the dearest first
 */
export function languageFor(preferred: readonly string[]): Language {
  const served = preferred
    .map((tag) => tag.toLowerCase().split('-')[0])
    .map((first) => languages.find(({ serves }) => serves === first))
    .find((language) => language !== undefined);
  return (served ?? languages[0]).tag;
}
