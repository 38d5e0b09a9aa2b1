import { expect, it } from 'vitest';
import { wayOut } from './way-out';

it('asks for what is not sent yet, and for nothing else', () => {
  const way = (photoSent: boolean, keySent: boolean, asPackage = false) =>
    wayOut({ photoSent, keySent }, asPackage);
  expect(way(false, false)).toBe('saved');
  expect(way(true, false)).toBe('photoSent');
  expect(way(false, true)).toBe('keySent');
  expect(way(true, true)).toBe('sent');
  // The clinic has both; the key beside it is the patient's own copy.
  expect(way(true, false, true)).toBe('package');
});
