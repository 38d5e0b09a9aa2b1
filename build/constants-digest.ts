import { readFileSync } from 'node:fs';
import { sha256 } from './digests.ts';

/** What the program says of the constants it was built with: models that were made with others are refused. */
export const constantsDigest = {
  'import.meta.env.CONSTANTS_DIGEST': JSON.stringify(sha256(readFileSync('src/engine/constants.json'))),
};
