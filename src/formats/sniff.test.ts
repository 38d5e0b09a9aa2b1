import { describe, expect, it } from 'vitest';
import { RofiError } from '../errors';
import { sniffFormat } from './sniff';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe('a format is told by the first bytes', () => {
  it.each([
    ['jpeg', '\xff\xd8\xff\xe0'],
    ['png', '\x89PNG\r\n\x1a\n'],
    ['webp', 'RIFF\0\0\0\0WEBPVP8 '],
    ['gif', 'GIF89a'],
    ['tiff', 'II*\0\x08\0\0\0'],
    ['tiff', 'MM\0+\0\x08\0\0'],
    ['jxl', '\xff\x0a'],
    ['jxl', '\0\0\0\x0cJXL \r\n\x87\n'],
    ['jp2', '\0\0\0\x0cjP  \r\n\x87\n'],
    ['jp2', '\xff\x4f\xff\x51'],
    ['bmp', 'BM'],
    ['avif', '\0\0\0\x18ftypmif1\0\0\0\0avif'],
    ['dicom', `%PDF${'\0'.repeat(124)}DICM`],
  ] as const)('%s', (format, content) => {
    expect(sniffFormat(bytesOf(content))).toBe(format);
  });

  it.each(['hevx', 'hevm', 'MiHE', 'tmap'])('%s is a brand of HEIC', (brand) => {
    expect(sniffFormat(bytesOf(`\0\0\0\x18ftyp${brand}\0\0\0\0`))).toBe('heic');
  });
});

describe('what is not read is refused', () => {
  it.each([
    ['JPEG-LS', '\xff\xd8\xff\xf7'],
    ['RAW', 'II*\0\x10\0\0\0CR\x02\0'],
    ['AVI', 'RIFF\0\0\0\0AVI LIST'],
    ['MP4', '\0\0\0\x18ftypisom\0\0\0\0'],
    ['Excel', `PK\x03\x04${'.'.repeat(9000)}xl/workbook.xml`],
  ])('%s by its name', (format, content) => {
    const refused = (): unknown => sniffFormat(bytesOf(content));
    expect(refused).toThrow(RofiError);
    expect(refused).toThrow(expect.objectContaining({ code: 'unsupported-format', values: { format } }));
  });

  it.each([
    ['empty-file', ''],
    ['not-an-image', 'hello, world'],
  ])('with %s', (code, content) => {
    expect(() => sniffFormat(bytesOf(content))).toThrow(expect.objectContaining({ code }));
  });
});
