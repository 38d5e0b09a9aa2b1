import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeFileName } from './file-name';

const JPEG = ['jpg', 'jpeg'] as const;

describe('safeFileName', () => {
  it.each([
    ['Jane Doe.jpg', 'Jane Doe.jpg'],
    ['IMG 0001 眼.JPEG', 'IMG 0001 眼.JPEG'],
    ['../../x\u202egpj.hta', '-..-xgpj.hta.jpg'],
    ['C:\\a\\b.jpg', 'C--a-b.jpg'],
    ['page.html', 'page.html.jpg'],
    ['.htaccess', 'htaccess.jpg'],
    ['', 'photo.jpg'],
    ['...', 'photo.jpg'],
    ['con.jpg', 'photo-con.jpg'],
    ['a\u200b\u0000\ud83db.jpg', 'ab.jpg'],
    ['x.hta .jpg', 'x.hta.jpg'],
    ['e\u0301.jpg', '\u00e9.jpg'],
  ])('%s', (name, safe) => {
    expect(safeFileName(name, JPEG)).toBe(safe);
  });

  it('has at most 100 characters, no path, nothing unseen, and the extension of its content', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const safe = safeFileName(name, ['png']);
        expect(Array.from(safe).length).toBeLessThanOrEqual(106);
        expect(safe).toMatch(/^[^/\\:.\s][^/\\:]*\.png$/i);
        expect(safe).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        expect(safeFileName(safe, ['png'])).toBe(safe);
      }),
    );
  });
});
