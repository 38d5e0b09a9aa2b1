import { describe, expect, it } from 'vitest';
import { parseManifest } from './manifest';

const entry = {
  name: 'recogniser',
  version: '0.1.0',
  file: 'recogniser.onnx',
  bytes: 12,
  sha256: '0'.repeat(64),
  inputs: { image: [1, 3, 256, 256] },
  outputs: { embedding: [1, 128] },
  golden: 'recogniser.golden.json',
  threshold: 0.6,
};

const constants = 'c'.repeat(64);

describe('parseManifest', () => {
  it('keeps every field of an entry', () => {
    const manifest = { version: 1, constants, models: [entry] };
    expect(parseManifest(manifest)).toEqual(manifest);
  });

  it.each([
    ['another version', { version: 2, models: [] }],
    ['no models', { version: 1, constants }],
    ['no digest of the constants', { version: 1, models: [entry] }],
    ['a path that leads outside', { version: 1, constants, models: [{ ...entry, file: '../secret.onnx' }] }],
    ['another origin', { version: 1, constants, models: [{ ...entry, file: 'https://host.test/a.onnx' }] }],
    ['a short digest', { version: 1, constants, models: [{ ...entry, sha256: 'abc' }] }],
    ['a negative size', { version: 1, constants, models: [{ ...entry, bytes: -1 }] }],
    [
      'a shape that is no shape',
      { version: 1, constants, models: [{ ...entry, inputs: { image: [1, 'x'] } }] },
    ],
    ['a name twice', { version: 1, constants, models: [entry, entry] }],
  ])('refuses %s', (_, json) => {
    expect(() => parseManifest(json)).toThrow(expect.objectContaining({ code: 'model-corrupt' }));
  });
});
