import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';
import { LARGEST_FILE } from './largest-file.ts';

export const DIGESTS = 'SHA256SUMS';

/** Leaves the SHA-256 of every file of the build beside them, as `sha256sum -c` reads it, and refuses what hosts refuse. */
export function digests(): Plugin {
  let folder = '';
  return {
    name: 'rofi:digests',
    apply: 'build',
    enforce: 'post',
    configResolved({ root, build }) {
      folder = join(root, build.outDir);
    },
    closeBundle: {
      // After the service worker, which is written when the bundle is closed as well.
      order: 'post',
      sequential: true,
      handler() {
        const files = filesOf(folder).filter((file) => file !== DIGESTS);
        const tooLarge = files.filter((file) => statSync(join(folder, file)).size > LARGEST_FILE);
        if (tooLarge.length > 0) throw new Error(`larger than some hosts take: ${tooLarge.join(', ')}`);
        const lines = files.map((file) => `${sha256(readFileSync(join(folder, file)))}  ${file}\n`).join('');
        writeFileSync(join(folder, DIGESTS), lines);
        console.log(`${DIGESTS}: ${files.length} files, itself ${sha256(lines)}`);
      },
    },
  };
}

/** Every file below a folder, with slashes, in order. */
export function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
