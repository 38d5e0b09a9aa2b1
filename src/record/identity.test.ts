import { describe, expect, it } from 'vitest';
import { decodeText, encodeText } from '../bytes';
import {
  createIdentity,
  isIdentityFile,
  parseRecipient,
  readIdentities,
  recipientOf,
  writeIdentity,
  writeIdentityWithPassphrase,
} from './identity';
import { failure, flip } from './testing';

const CREATED = new Date('2026-11-21T10:20:30.400Z');

describe('identity file', () => {
  it('reads like one that age-keygen writes', async () => {
    const identity = await createIdentity();
    const file = await writeIdentity(identity, CREATED);
    const [created, recipient, secret, end] = decodeText(file)!.split('\n');
    expect(created).toBe('# created: 2026-11-21T10:20:30Z');
    expect(recipient).toBe(`# public key: ${await recipientOf(identity)}`);
    expect([secret, end]).toEqual([identity, '']);
    expect(await readIdentities(file)).toEqual([identity]);
    expect(isIdentityFile(file)).toBe(true);
  });

  it('may hold several identities, comments, empty lines and Windows line ends', async () => {
    const [first, second] = [await createIdentity(), await createIdentity()];
    const file = encodeText(`# old\r\n${first}\r\n\r\n# new\r\n${second}`);
    expect(await readIdentities(file)).toEqual([first, second]);
  });

  it('can be locked with a passphrase', async () => {
    const identity = await createIdentity();
    const file = await writeIdentityWithPassphrase(identity, CREATED, 'a b c', 4);
    expect(isIdentityFile(file)).toBe(false);
    expect(await readIdentities(file, 'a b c')).toEqual([identity]);
    expect(await failure(() => readIdentities(file, 'a b'))).toBe('wrong-passphrase');
    expect(await failure(() => readIdentities(file))).toBe('key-locked');
  });

  it('refuses an identity with any character changed', async () => {
    const line = encodeText(await createIdentity());
    for (let position = 0; position < line.length; position += 1) {
      expect(await failure(() => readIdentities(flip(line, position, 2)))).toBe('invalid-identity');
    }
  });

  it.each(['', '# nothing but a comment', 'a letter'])('refuses %j', async (text) => {
    expect(await failure(() => readIdentities(encodeText(text)))).toBe('invalid-identity');
  });
});

describe('recipient', () => {
  it('is taken with white space around it', async () => {
    const recipient = await recipientOf(await createIdentity());
    expect(await parseRecipient(`  ${recipient}\n`)).toBe(recipient);
  });

  it('is refused with any character changed', async () => {
    const recipient = encodeText(await recipientOf(await createIdentity()));
    for (let position = 0; position < recipient.length; position += 1) {
      const changed = decodeText(flip(recipient, position, 2))!;
      expect(await failure(() => parseRecipient(changed))).toBe('invalid-recipient');
    }
  });
});
