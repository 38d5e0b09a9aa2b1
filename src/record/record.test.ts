import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeText, encodeText, viewOf } from '../bytes';
import { createKey, keyId } from './key';
import { canonicalJson } from './canonical-json';
import { parseHeader } from './header';
import { openRecord, pixelsDigest, readRecord, sealRecord, sealRecordWith, unsealRecord } from './record';
import { packOriginal, paddedLength, unpackOriginal } from './seal';
import { details, failure, flip, keys, originals, withNewDigest } from './testing';
import type { ProtectionDetails } from './types';

const DETAILS: ProtectionDetails = {
  image: { width: 400, height: 300, sha256: '5a'.repeat(32) },
  faces: [{ transform: { a: 0.5, b: 0, tx: 1, ty: -2 } }],
  signThreshold: 0.5,
  options: { keepBothEyes: true },
  models: { protector: 'c3'.repeat(32) },
};
const ORIGINAL = { name: 'Jane Doe.jpg', bytes: encodeText('what the camera wrote') };
const key = createKey();
let record: Uint8Array;

beforeAll(async () => {
  record = await sealRecord(key, DETAILS, ORIGINAL);
});

describe('record', () => {
  it('gives details and original back', async () => {
    await fc.assert(
      fc.asyncProperty(keys, details, originals, async (anyKey, anyDetails, original) => {
        const sealed = await sealRecord(anyKey, anyDetails, original);
        const opened = await openRecord(sealed, anyKey);
        expect(opened.original).toEqual(original);
        expect(opened.header).toMatchObject(anyDetails);
        expect(await readRecord(sealed)).toEqual(opened.header);
      }),
    );
  });

  it('opens with no key that differs in one bit', async () => {
    for (let bit = 0; bit < 256; bit += 1) {
      const neighbour = flip(key, bit >> 3, 1 << (bit & 7));
      expect(await failure(() => openRecord(record, neighbour))).toBe('wrong-key');
    }
  });

  it('says that the file is damaged when any byte has changed', async () => {
    for (let position = 0; position < record.length; position += 1) {
      const changed = flip(record, position, 1 << (position & 7));
      const code = position < 4 ? 'not-protected' : 'damaged-file';
      expect(await failure(() => openRecord(changed, key))).toBe(code);
      expect(await failure(() => readRecord(changed))).toBe(code);
    }
  });

  it('never opens when any byte was changed by someone who knows the format', async () => {
    const codes = new Set<string | null>();
    for (let position = 4; position < record.length - 32; position += 1) {
      const changed = await withNewDigest(flip(record, position, 1 << (position & 7)));
      codes.add(await failure(() => openRecord(changed, key)));
    }
    // Wrong key: the change was in the header's key id.
    expect([...codes].sort()).toEqual(['damaged-file', 'unsupported-version', 'wrong-key']);
  });

  it('refuses a record cut off or continued anywhere', async () => {
    for (let length = 0; length < record.length; length += 1) {
      const code = length < 4 ? 'not-protected' : 'damaged-file';
      expect(await failure(() => openRecord(record.subarray(0, length), key))).toBe(code);
    }
    const longer = new Uint8Array([...record, 0]);
    expect(await failure(() => openRecord(longer, key))).toBe('damaged-file');
  });

  it('tells a later version from damage', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 0xffff }), async (version) => {
        const later = new Uint8Array(record);
        viewOf(later).setUint16(4, version);
        expect(await failure(async () => openRecord(await withNewDigest(later), key))).toBe(
          'unsupported-version',
        );
        expect(await failure(() => openRecord(later, key))).toBe('damaged-file');
      }),
    );
  });

  it('shows neither the name of the file nor its bytes', () => {
    const visible = new TextDecoder('latin1').decode(record);
    expect(visible).not.toContain(ORIGINAL.name);
    expect(visible).not.toContain(decodeText(ORIGINAL.bytes));
  });

  it('never seals twice with the same salt', async () => {
    const [first, second] = [
      await readRecord(record),
      await readRecord(await sealRecord(key, DETAILS, ORIGINAL)),
    ];
    expect(first.salt).not.toBe(second.salt);
    expect(first.nonce).not.toBe(second.nonce);
  });
});

describe('record of pixels only', () => {
  it('says so, to the right key only, and only while its header is authentic', async () => {
    const bare = await sealRecord(key, DETAILS, null);
    expect(await readRecord(bare)).toMatchObject({ contents: 'pixels-only', keyId: await keyId(key) });
    expect(await failure(() => openRecord(bare, key))).toBe('pixels-only');
    expect(await failure(() => openRecord(bare, createKey()))).toBe('wrong-key');
    const tag = await withNewDigest(flip(bare, bare.length - 33, 1));
    expect(await failure(() => openRecord(tag, key))).toBe('damaged-file');
  });

  it('cannot be made from a sealed record by editing its header', async () => {
    const header = await readRecord(record);
    expect(header.contents).toBe('original');
    const bare = await sealRecord(key, DETAILS, null);
    const view = viewOf(record);
    const start = 14 + view.getUint32(6);
    const grafted = new Uint8Array(bare);
    grafted.set(record.subarray(start, start + 16), bare.length - 48);
    expect(await failure(async () => openRecord(await withNewDigest(grafted), key))).toBe('damaged-file');
  });
});

describe('helpers', () => {
  it('pads by at most 12 %, never down', () => {
    fc.assert(
      fc.property(fc.integer({ min: 64, max: 2 ** 31 }), (length) => {
        const padded = paddedLength(length);
        expect(padded).toBeGreaterThanOrEqual(length);
        expect(padded).toBeLessThan(length * 1.12);
        expect(paddedLength(padded)).toBe(padded);
      }),
    );
  });

  it('digests pixels with their shape', async () => {
    const data = new Uint8ClampedArray(16).fill(7);
    const wide = await pixelsDigest({ width: 4, height: 1, data });
    expect(wide).toMatch(/^[0-9a-f]{64}$/);
    expect(await pixelsDigest({ width: 4, height: 1, data: Uint8Array.from(data) })).toBe(wide);
    expect(await pixelsDigest({ width: 1, height: 4, data })).not.toBe(wide);
  });

  it('refuses keys of another length', async () => {
    expect(await failure(() => sealRecord(new Uint8Array(31), DETAILS, null))).toBe('not-a-key');
    expect(await failure(() => openRecord(record, new Uint8Array(33)))).toBe('not-a-key');
  });

  it('refuses the key of zeros that a wiped one leaves', async () => {
    expect(await failure(() => sealRecord(new Uint8Array(32), DETAILS, ORIGINAL))).toBe('not-a-key');
    expect(await failure(() => openRecord(record, new Uint8Array(32)))).toBe('not-a-key');
  });

  it('refuses a key that is wiped while the record is made', async () => {
    const fleeting = createKey();
    const sealing = sealRecord(fleeting, DETAILS, ORIGINAL);
    fleeting.fill(0);
    expect(await failure(() => sealing)).toBe('not-a-key');
  });
});

describe('what a header may say', () => {
  const random = { salt: new Uint8Array(32), nonce: new Uint8Array(12) };
  const face = { transform: { a: 0.5, b: 0, tx: 1, ty: -2 } };
  const [height, sha256] = [4, '5a'.repeat(32)];

  async function headerOf(changed: object): Promise<Uint8Array> {
    const made = await readRecord(await sealRecordWith(key, DETAILS, null, random));
    return canonicalJson({ ...made, ...changed });
  }

  it.each([
    ['a picture without width', { image: { width: 0, height, sha256 } }],
    ['half a pixel', { image: { width: 4.5, height, sha256 } }],
    ['a picture of 2^32 pixels', { image: { width: 65_536, height: 65_536, sha256 } }],
    ['a threshold of 7', { signThreshold: 7 }],
    ['65 faces', { faces: Array.from({ length: 65 }, () => face) }],
    ['a face of no size', { faces: [{ transform: { a: 0, b: 0, tx: 0, ty: 0 } }] }],
    ['a face that takes days to sample', { faces: [{ transform: { a: 1e-300, b: 0, tx: 0, ty: 0 } }] }],
    ['a face far away', { faces: [{ transform: { a: 0.5, b: 0, tx: 1e9, ty: 0 } }] }],
    ['a name of 70,000 characters', { models: { ['x'.repeat(70_000)]: sha256 } }],
  ])('refuses %s', async (_, changed) => {
    const header = await headerOf(changed);
    expect(await failure(() => parseHeader(header))).toBe('damaged-file');
  });

  it.each([
    ['beside the picture', { x: 390, y: 0, width: 20, height: 1 }],
    ['of no size', { x: 0, y: 0, width: 0, height: 1 }],
    ['between pixels', { x: 0.5, y: 0, width: 1, height: 1 }],
    ['without a side', { x: 0, y: 0, width: 1 }],
  ])('refuses what is covered %s', async (_, box) => {
    const header = await headerOf({ covered: [box] });
    expect(await failure(() => parseHeader(header))).toBe('damaged-file');
  });

  it('takes what is covered up to the last pixel, and 64 boxes', async () => {
    const box = { x: 399, y: 0, width: 1, height: 300 };
    expect(parseHeader(await headerOf({ covered: [box] })).covered).toEqual([box]);
    const many = await headerOf({ covered: Array.from({ length: 65 }, () => box) });
    expect(await failure(() => parseHeader(many))).toBe('damaged-file');
  });

  it('takes 64 faces, and fields that are not known', async () => {
    const header = await headerOf({ faces: Array.from({ length: 64 }, () => face), '10': 1, '9': 2 });
    expect(parseHeader(header).faces).toHaveLength(64);
    expect(decodeText(header)).toMatch(/^\{"10":1,"9":2,/);
  });

  it.each([
    ['infinite', '"signThreshold":0.5', '"signThreshold":1e999'],
    ['written otherwise', '"signThreshold":0.5', '"signThreshold":0.50'],
    ['with white space', '"signThreshold":0.5', '"signThreshold": 0.5'],
    ['twice there', '"signThreshold":0.5', '"signThreshold":0.5,"signThreshold":0.5'],
    ['out of order', '{"contents"', '{"zebra":1,"contents"'],
  ])('refuses a field %s', async (_, field, other) => {
    const header = decodeText(await headerOf({})) ?? '';
    expect(header).toContain(field);
    const changed = encodeText(header.replace(field, other));
    expect(await failure(() => parseHeader(changed))).toBe('damaged-file');
  });
});

describe('what is sealed', () => {
  it('has nothing but zeros beside the original', async () => {
    const packed = await packOriginal({ name: 'a.jpg', bytes: new Uint8Array(1000) });
    expect((await unpackOriginal(packed)).original.bytes).toHaveLength(1000);
    expect(await failure(() => unpackOriginal(packed.with(-1, 1)))).toBe('damaged-file');
    expect(await failure(() => unpackOriginal(new Uint8Array([...packed, 0])))).toBe('damaged-file');
    expect(await failure(() => unpackOriginal(packed.subarray(0, -1)))).toBe('damaged-file');
  });

  it.each([-1, 0.5, 1e9])('has no size of %d', async (size) => {
    const description = canonicalJson({ name: '', sha256: '5a'.repeat(32), size });
    const packed = new Uint8Array(paddedLength(4 + description.length + 10));
    packed[3] = description.length;
    packed.set(description, 4);
    expect(await failure(() => unpackOriginal(packed))).toBe('damaged-file');
  });

  it('keeps a name that has half a character as far as UTF-8 can', async () => {
    const packed = await packOriginal({ name: 'a\ud83d.jpg', bytes: new Uint8Array(1) });
    expect((await unpackOriginal(packed)).original.name).toBe('a\ufffd.jpg');
  });

  it('is told apart from what was changed before anything of the header is believed', async () => {
    const bare = await sealRecord(key, DETAILS, null);
    expect(await unsealRecord(bare, key)).toMatchObject({ content: null });
    const forged = canonicalJson({ ...(await readRecord(record)), contents: 'pixels-only' });
    const body = new Uint8Array([...record.subarray(0, 6), 0, 0, 0, 0, ...forged, 0, 0, 0, 16]);
    viewOf(body).setUint32(6, forged.length);
    const whole = await withNewDigest(new Uint8Array([...body, ...new Uint8Array(16 + 32)]));
    expect(await readRecord(whole)).toMatchObject({ contents: 'pixels-only' });
    expect(await failure(() => unsealRecord(whole, key))).toBe('damaged-file');
  });
});
