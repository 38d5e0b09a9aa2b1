import { describe, expect, it } from 'vitest';
import { fromBase64, fromHex, encodeText, toHex } from '../bytes';
import { embedRecord, extractRecord } from './container';
import { keyId, keyVector } from './key';
import { readKey } from './key-file';
import { keyText, parseKeyText } from './qr';
import { openRecord, readRecord, sealRecordWith } from './record';
import containers from './vectors/containers.json';
import keyFiles from './vectors/key-files.json';
import keys from './vectors/keys.json';
import lockedKeys from './vectors/locked-keys.json';
import records from './vectors/records.json';

const hex = (digits: string) => fromHex(digits)!;

describe('keys.json', () => {
  it.each(keys.cases)('$id', async ({ key, id, text, vector }) => {
    expect(await keyId(hex(key))).toBe(id);
    expect(await keyText(hex(key))).toBe(text);
    expect(await parseKeyText(text)).toEqual(hex(key));
    const computed = await keyVector(hex(key));
    expect(computed).toHaveLength(vector.length);
    for (const [index, value] of vector.samples) {
      expect(Math.abs(computed[index!]! - value!)).toBeLessThan(vector.tolerance);
    }
  });
});

describe('keys.json, refused', () => {
  it.each(keys.refused)('$name', async ({ key, error }) => {
    await expect(keyId(hex(key))).rejects.toMatchObject({ code: error });
  });
});

describe('key-files.json', () => {
  it.each(keyFiles.cases)('$name', async ({ file, key, error }) => {
    const opened = readKey(encodeText(file));
    if (key) expect(await opened).toEqual({ ...key, key: hex(key.key) });
    else await expect(opened).rejects.toMatchObject({ code: error });
  });
});

describe('locked-keys.json', () => {
  it.each(lockedKeys.cases)('opens: $name', async ({ file, binary, secret }) => {
    const bytes = file ? encodeText(file) : fromBase64(binary!)!;
    const expected = { ...lockedKeys.key, key: hex(lockedKeys.key.key) };
    expect(await readKey(bytes, asSecret(secret))).toEqual(expected);
  });

  it.each(lockedKeys.refused)('refuses: $name', async ({ file, secret, error, by }) => {
    const opened = readKey(encodeText(file), secret && asSecret(secret));
    await expect(opened).rejects.toMatchObject({ code: error, values: by ? { by } : {} });
  });
});

describe('records.json', () => {
  it.each(records.cases)('seals and opens: $name', async (vector) => {
    const key = hex(vector.key);
    const original = vector.original && { name: vector.original.name, bytes: hex(vector.original.bytes) };
    const random = { salt: hex(vector.salt), nonce: hex(vector.nonce) };
    const record = await sealRecordWith(key, vector.details, original, random);
    expect(toHex(record)).toBe(vector.record);
    expect(await readRecord(record)).toEqual(JSON.parse(vector.header));

    if (!vector.original)
      return expect(openRecord(record, key)).rejects.toMatchObject({ code: 'pixels-only' });
    const opened = await openRecord(record, key);
    expect(opened).toMatchObject({ original, sha256: vector.original.sha256 });
  });

  it.each(records.refused)('refuses: $name', async ({ key, record, error }) => {
    await expect(openRecord(hex(record), hex(key))).rejects.toMatchObject({ code: error });
  });
});

describe('containers.json', () => {
  it.each(containers.cases)('$name', ({ image, protected: file }) => {
    const record = hex(containers.record);
    expect(embedRecord(fromBase64(image)!, record)).toEqual(fromBase64(file));
    expect(extractRecord(fromBase64(file)!)).toEqual(record);
  });
});

function asSecret(secret: { passphrase?: string; identities?: string[] }) {
  return secret.identities ? { identities: secret.identities } : { passphrase: secret.passphrase! };
}
