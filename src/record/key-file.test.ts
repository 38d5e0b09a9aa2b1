import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { lockWithPassphrase } from './age';
import { encodeText } from '../bytes';
import { createIdentity, recipientOf } from './identity';
import { createKey } from './key';
import { describeKey, readKey, writeKey, writeKeyForRecipients, writeKeyWithPassphrase } from './key-file';
import { failure, flip, keys } from './testing';
import type { PrivacyKey } from './types';

/** Keeps scrypt fast; the format is the same. */
const WORK_FACTOR = 4;
const dates = fc.date({ min: new Date(0), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true });
const privacyKeys = fc
  .tuple(keys, fc.string({ unit: 'grapheme' }), dates)
  .map(([key, label, created]) => ({ key, label, created }));
let key: PrivacyKey;

beforeAll(async () => {
  key = await describeKey(createKey(), 'left eye', new Date());
});

describe('plain key file', () => {
  it('gives the key back', async () => {
    await fc.assert(
      fc.asyncProperty(privacyKeys, async ({ key: bytes, label, created }) => {
        const written = await describeKey(bytes, label, created);
        expect(await readKey(writeKey(written))).toEqual(written);
      }),
    );
  });

  it('never gives another key when any byte has changed', async () => {
    const file = writeKey(key);
    for (let position = 0; position < file.length; position += 1) {
      for (const mask of [1, 4, 32, 128]) {
        const changed = flip(file, position, mask);
        let opened: PrivacyKey | null = null;
        const code = await failure(async () => (opened = await readKey(changed)));
        if (code) expect(['damaged-key', 'not-a-key', 'unsupported-version']).toContain(code);
        else expect(opened).toMatchObject({ id: key.id, key: key.key });
      }
    }
  });

  it('says that it is damaged when the id or the key has changed', async () => {
    const file = new TextDecoder().decode(writeKey(key));
    for (const field of [key.id, /"key": "(.*)"/.exec(file)![1]!]) {
      for (let i = 0; i < field.length; i += 1) {
        const position = encodeText(file.slice(0, file.indexOf(field) + i)).length;
        expect(await failure(() => readKey(flip(writeKey(key), position, 1)))).toBe('damaged-key');
      }
    }
  });

  it('refuses a file cut off anywhere', async () => {
    const file = writeKey(key);
    // Without its last line break the file is still whole.
    for (let length = 0; length < file.length - 1; length += 1) {
      expect(await failure(() => readKey(file.subarray(0, length)))).toMatch(/^(?:damaged-key|not-a-key)$/);
    }
  });

  it('tells a later version', async () => {
    const file = new TextDecoder().decode(writeKey(key));
    await fc.assert(
      fc.asyncProperty(
        fc.integer().filter((version) => version !== 1),
        async (version) => {
          const later = encodeText(file.replace('"version": 1', `"version": ${version}`));
          expect(await failure(() => readKey(later))).toBe('unsupported-version');
        },
      ),
    );
  });

  it('is not any other file', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), async (bytes) => {
        expect(await failure(() => readKey(bytes))).toBe('not-a-key');
      }),
    );
  });
});

describe('locked key file', () => {
  it('gives the key back to any passphrase that locked it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1 }), async (passphrase) => {
        const file = await writeKeyWithPassphrase(key, passphrase, WORK_FACTOR);
        expect(await readKey(file, { passphrase })).toEqual(key);
        expect(await failure(() => readKey(file, { passphrase: `${passphrase} ` }))).toBe('wrong-passphrase');
        expect(await failure(() => readKey(file))).toBe('key-locked');
      }),
      { numRuns: 20 },
    );
  });

  it('opens for each of its recipients and for nobody else', async () => {
    const identities = await Promise.all(Array.from({ length: 3 }, createIdentity));
    const recipients = await Promise.all(identities.map(recipientOf));
    const file = await writeKeyForRecipients(key, recipients.slice(0, 2));
    const [first, second, stranger] = identities as [string, string, string];
    expect(await readKey(file, { identities: [first] })).toEqual(key);
    expect(await readKey(file, { identities: [stranger, second] })).toEqual(key);
    expect(await failure(() => readKey(file, { identities: [stranger] }))).toBe('not-a-recipient');
    expect(await failure(() => readKey(file, { identities: [] }))).toBe('not-a-recipient');
  });

  it('is never locked for nobody, nor with malformed names', async () => {
    expect(await failure(() => writeKeyForRecipients(key, []))).toBe('invalid-recipient');
    expect(await failure(() => writeKeyForRecipients(key, ['age1abc']))).toBe('invalid-recipient');
    const file = await writeKeyForRecipients(key, [await recipientOf(await createIdentity())]);
    expect(await failure(() => readKey(file, { identities: ['AGE-SECRET-KEY-1'] }))).toBe('invalid-identity');
  });

  it('gives nothing when any byte has changed', async () => {
    const identity = await createIdentity();
    const file = await writeKeyForRecipients(key, [await recipientOf(identity)]);
    for (let position = 0; position < file.length; position += 1) {
      let opened: PrivacyKey | null = null;
      const changed = flip(file, position, 1);
      const code = await failure(async () => (opened = await readKey(changed, { identities: [identity] })));
      // age keeps who may open a file secret: a changed stanza looks like one for somebody else.
      if (code) expect(['damaged-key', 'not-a-recipient', 'not-a-key']).toContain(code);
      else expect(opened).toEqual(key);
    }
  });

  it('refuses a file cut off anywhere', async () => {
    const identity = await createIdentity();
    const file = await writeKeyForRecipients(key, [await recipientOf(identity)]);
    for (let length = 0; length < file.length - 1; length += 1) {
      const code = await failure(() => readKey(file.subarray(0, length), { identities: [identity] }));
      expect(code).toBe(length < 34 ? 'not-a-key' : 'damaged-key');
    }
  });

  it('refuses a work factor that would exhaust the memory', async () => {
    const stanza = 'age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 30\n';
    const file = encodeText(`${stanza}${'A'.repeat(43)}\n--- ${'A'.repeat(43)}\n`);
    expect(await failure(() => readKey(file, { passphrase: 'any' }))).toBe('damaged-key');
  });

  it('is not a key when something else was locked', async () => {
    const file = await lockWithPassphrase(encodeText('a letter'), 'any', WORK_FACTOR);
    expect(await failure(() => readKey(file, { passphrase: 'any' }))).toBe('not-a-key');
  });
});
