/** What is locked here opens with the `age` program, and the other way round. Needs `age` on the PATH. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIdentity, readIdentities, recipientOf, writeIdentity } from './identity';
import { createKey } from './key';
import { describeKey, readKey, writeKey, writeKeyForRecipients, writeKeyWithPassphrase } from './key-file';
import type { PrivacyKey } from './types';

const installed = spawnSync('age', ['--version']).status === 0;
const PASSPHRASE = 'four words 电池 here';

describe.skipIf(!installed)('the age program', () => {
  let folder: string;
  let key: PrivacyKey;
  const path = (name: string) => join(folder, name);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rofi-age-'));
    key = await describeKey(createKey(), 'left eye', new Date());
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('opens a key locked for its recipient', async () => {
    const identity = await createIdentity();
    writeFileSync(path('identity.txt'), await writeIdentity(identity, new Date()));
    writeFileSync(path('for-clinic.age'), await writeKeyForRecipients(key, [await recipientOf(identity)]));
    const plain = execFileSync('age', ['-d', '-i', path('identity.txt'), path('for-clinic.age')]);
    expect(await readKey(plain)).toEqual(key);
  });

  it.each(['--armor', null])(
    'locks a key that opens here, with its own identity file (%s)',
    async (armor) => {
      const name = `by-keygen${armor ?? ''}`;
      execFileSync('age-keygen', ['-o', path(name)], { stdio: 'ignore' });
      const identities = await readIdentities(readFileSync(path(name)));
      const recipient = await recipientOf(identities[0]!);
      const options = armor ? [armor, '-r', recipient] : ['-r', recipient];
      const locked = execFileSync('age', options, { input: writeKey(key) });
      expect(await readKey(locked, { identities })).toEqual(key);
    },
  );

  it('opens a key locked with a passphrase', async () => {
    writeFileSync(path('locked.age'), await writeKeyWithPassphrase(key, PASSPHRASE, 10));
    onTerminal(`age -d -o ${path('opened.json')} ${path('locked.age')}`, `${PASSPHRASE}\n`);
    expect(await readKey(readFileSync(path('opened.json')))).toEqual(key);
  });

  it('locks a key with a passphrase that opens here', async () => {
    writeFileSync(path('plain.json'), writeKey(key));
    onTerminal(`age -p -o ${path('by-age.age')} ${path('plain.json')}`, `${PASSPHRASE}\n${PASSPHRASE}\n`);
    expect(await readKey(readFileSync(path('by-age.age')), { passphrase: PASSPHRASE })).toEqual(key);
  });

  /** `age` asks for passphrases on a terminal only: `script` gives it one. */
  function onTerminal(command: string, input: string): void {
    execFileSync('script', ['-qec', command, '/dev/null'], { input, stdio: ['pipe', 'ignore', 'ignore'] });
  }
});
