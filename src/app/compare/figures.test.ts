import { expect, it } from 'vitest';
import { quoted, round } from './figures';

it('writes what rounds to nothing without a sign', () => {
  expect([round(-0.04, 1), round(0.04, 1), round(-0.06, 1)]).toEqual([0, 0, -0.1]);
});

it.each([
  ['Right eye', 'Right eye'],
  ['-1.25', '-1.25'],
  ['=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
  ['@sum', "'@sum"],
  ['+1', "'+1"],
  ['-2+cmd', "'-2+cmd"],
  ['a, "b"', '"a, ""b"""'],
])('writes the cell %s so that no spreadsheet runs it', (text, cell) => {
  expect(quoted(text)).toBe(cell);
});
