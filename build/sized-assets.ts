import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { LARGEST_FILE } from './largest-file.ts';

const SUFFIX = '?sized';
const CACHE = 'node_modules/.cache/rofi';

/** As a host compresses on its way out, not as one that has hours. */
export const BROTLI_QUALITY = 5;

/** `import part from 'x.wasm?sized'`: the file's address, version and sizes; gzipped where hosts would refuse it. */
export function sizedAssets(): Plugin {
  let building = false;
  return {
    name: 'rofi:sized-assets',
    enforce: 'pre',
    configResolved({ command }) {
      building = command === 'build';
    },
    async resolveId(source, importer) {
      if (!source.endsWith(SUFFIX)) return null;
      const resolved = await this.resolve(source.slice(0, -SUFFIX.length), importer, { skipSelf: true });
      return resolved && resolved.id + SUFFIX;
    },
    load(id) {
      if (!id.endsWith(SUFFIX)) return null;
      const path = id.slice(0, -SUFFIX.length);
      const content = readFileSync(path);
      const served = content.length > LARGEST_FILE ? compressed(path, content) : path;
      const asset = { version: versionOf(path), ...sizesOf(served, building) };
      return `import url from ${JSON.stringify(`${served}?url`)};\nexport default { url, ...${JSON.stringify(asset)} };`;
    },
  };
}

/** The size of a file as it is, and as hosts send it; the development server compresses nothing. */
function sizesOf(path: string, building: boolean): Readonly<Record<'bytes' | 'gzip' | 'brotli', number>> {
  const content = readFileSync(path);
  const bytes = content.length;
  if (!building) return { bytes, gzip: bytes, brotli: bytes };
  return { bytes, gzip: gzipSync(content).length, brotli: brotliSize(content) };
}

function brotliSize(content: Uint8Array): number {
  return brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }).length;
}

/** No ending that a host knows: one that it does know it might send as an encoding, or not. */
function compressed(path: string, content: Uint8Array): string {
  const target = join(CACHE, `${basename(path)}.gzip`);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, gzipSync(content, { level: 9 }));
  return join(process.cwd(), target);
}

/** Of the package that the file lies in. */
function versionOf(path: string): string {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    try {
      const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
        version?: string;
      };
      if (version !== undefined) return version;
    } catch {
      // Not in this folder.
    }
  }
  return '';
}
