import { expect, it, vi } from 'vitest';
import { keptSettings } from './settings';

// As in a browser: what is not kept yet is taken from the device.
vi.hoisted(() => {
  vi.stubGlobal('navigator', { languages: ['en'] });
});

it('takes what was kept', () => {
  const kept = { theme: 'dark', language: 'zh-Hans' };
  expect(keptSettings(kept)).toEqual(kept);
});

it.each([
  undefined,
  null,
  { theme: 'dark' },
  { theme: 'dark', language: 'xx' },
  { theme: 7, language: 'en' },
])('takes nothing of %j', (kept) => {
  expect(keptSettings(kept)).toEqual({});
});
