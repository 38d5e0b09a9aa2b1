import * as v from 'valibot';
import { expect, it } from 'vitest';
import { concat, encodeText } from '../../bytes';
import { Block, readPacked } from './packed';

const KIND = { magic: 'ROFITEST', model: 'test' };
const Header = v.object({ version: v.literal(1), numbers: Block });

function file(header: string, magic = KIND.magic): Uint8Array<ArrayBuffer> {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, header.length, true);
  return concat(encodeText(magic), length, encodeText(header), Uint8Array.of(7, 8, 9));
}

it('gives the blocks that the header names', () => {
  const { header, block } = readPacked(file('{"version":1,"numbers":[1,2]}'), KIND, Header);
  expect(new Uint8Array(block(header.numbers))).toEqual(Uint8Array.of(8, 9));
});

it.each([
  ['another kind', file('{"version":1,"numbers":[1,2]}', 'ROFIELSE')],
  ['a header of another version', file('{"version":2,"numbers":[1,2]}')],
  ['a header that lacks something', file('{"version":1}')],
  ['a header that is no JSON', file('{"version":1,')],
  ['a file that ends early', encodeText('ROFITEST')],
])('refuses %s', (_, bytes) => {
  expect(() => readPacked(bytes, KIND, Header)).toThrow(expect.objectContaining({ code: 'model-corrupt' }));
});
