import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { zip } from './zip';

describe('zip', () => {
  it('packs every file as it is, under a name of its own', async () => {
    const files = ['one', 'two', 'three'].map((text) => new Blob([text]));
    const packed = await zip([
      { name: 'a.png', blob: files[0]! },
      { name: 'a.png', blob: files[1]! },
      { name: 'b', blob: files[2]! },
    ]);
    expect(packed.type).toBe('application/zip');
    const unpacked = unzipSync(new Uint8Array(await packed.arrayBuffer()));
    const texts = Object.entries(unpacked).map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]);
    expect(texts).toEqual([
      ['a.png', 'one'],
      ['a-2.png', 'two'],
      ['b', 'three'],
    ]);
  });
});
