import { createHash } from 'node:crypto';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { ContentsEntry } from '../record/contents';
import { protectedEntry, zipWithContents } from './contents';
import { photo, readyStores } from './testing';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('contents of a zip', () => {
  it('say of every file what it is, under the name that it has there', async () => {
    const { engine, stores } = await readyStores();
    const { batch, models } = stores;
    batch.getState().add([photo('jane.jpg'), photo('jane.jpg')]);
    const running = batch.getState().run();
    for (let i = 0; i < 2; i++) {
      await (await engine.next('open')).answer();
      await (await engine.next('protect')).answer();
    }
    await running;
    const outputs = batch.getState().items.flatMap(({ output }) => (output ? [output] : []));
    const packed = await zipWithContents(outputs, models.getState());
    const files = unzipSync(new Uint8Array(await packed.arrayBuffer()));
    const text = new TextDecoder().decode(files['contents.json']);
    const contents = JSON.parse(text) as { entries: ContentsEntry[]; models: object };
    expect(contents.models).toEqual({ landmarks: '1', all: '1' });
    expect(contents.entries.map(({ file }) => file)).toEqual(['protected.png', 'protected-2.png']);
    for (const { file, sha256: hash, key } of contents.entries) {
      expect(hash).toBe(sha256(files[file]!));
      expect(key).toBe(batch.getState().key?.id);
    }
    expect(text).not.toContain('jane');
  });

  it('name the original by its hash alone', async () => {
    const original = Uint8Array.of(1, 2, 3);
    const file = { name: 'protected.png', bytes: Uint8Array.of(4) };
    const proof = {
      verdict: 'protected',
      peopleTried: 1,
      faces: [],
      sealedOriginalMatches: true,
      surroundings: 'everything',
      findings: [],
    } as const;
    const entry = await protectedEntry({ file, keyId: 'k', proof }, original);
    expect(entry).toMatchObject({ from: sha256(original), sha256: sha256(file.bytes) });
  });
});
