import { expect, it } from 'vitest';
import { createKey } from '../record/key';
import { describeKey, writeKey } from '../record/key-file';
import { keyTextOf } from '../record/qr';
import { readKeyFile } from './key-reader';

const key = await describeKey(createKey(), 'left eye', new Date('2026-01-02T03:04:05Z'));

/** What a Windows editor makes of a file that it saves as “Unicode”. */
function in16Bits(text: string, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(2 * text.length + 2);
  const view = new DataView(bytes.buffer);
  [0xfeff, ...Array.from(text, (letter) => letter.charCodeAt(0))].forEach((unit, i) =>
    view.setUint16(2 * i, unit, littleEndian),
  );
  return bytes;
}

it.each([true, false])(
  'a key file that an editor saved in 16 bits a letter opens (little end first: %s)',
  async (little) => {
    const bytes = in16Bits(new TextDecoder().decode(writeKey(key)), little);
    expect(await readKeyFile({ name: 'key.rofikey', bytes })).toEqual({ kind: 'key', key });
  },
);

it('a text file with what stands under the printed code opens, however it is spaced', async () => {
  const text = keyTextOf(key)
    .toLowerCase()
    .replaceAll(/(.{8})/g, '$1 ');
  const read = await readKeyFile({ name: 'key.txt', bytes: new TextEncoder().encode(`${text}\r\n`) });
  expect(read).toMatchObject({ kind: 'key', key: { id: key.id, key: key.key } });
});

it('a text file with part of it says that the key is damaged', async () => {
  const bytes = new TextEncoder().encode(keyTextOf(key).slice(0, 60));
  await expect(readKeyFile({ name: 'key.txt', bytes })).rejects.toMatchObject({ code: 'damaged-key' });
});
