import { expect, it } from 'vitest';
import { languageFor } from './languages';

it.each([
  [['de-CH', 'zh-TW', 'en'], 'zh-Hans'],
  [['EN-gb', 'zh'], 'en'],
  [['de', 'fr'], 'en'],
  [[], 'en'],
] as const)('a device that prefers %j gets %s', (preferred, language) => {
  expect(languageFor(preferred)).toBe(language);
});
