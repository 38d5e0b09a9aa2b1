import i18next from 'i18next';
import { beforeAll, expect, it, vi } from 'vitest';
import { applyLanguage, startI18n } from '.';

beforeAll(() => vi.stubGlobal('document', { documentElement: {} }));

it('ends in the language that was chosen last, however long the other one takes to come', async () => {
  await startI18n('en');
  const chinese = applyLanguage('zh-Hans');
  const english = applyLanguage('en');
  await Promise.all([chinese, english]);
  expect(i18next.language).toBe('en');
  expect(document.documentElement.lang).toBe('en');
  await applyLanguage('zh-Hans');
  expect(i18next.language).toBe('zh-Hans');
});
