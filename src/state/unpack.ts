import { unshared } from '../bytes';
import { MAX_FILE_MEGABYTES } from './source';

const MEGABYTE = 2 ** 20;
/** More than any package of this page holds; above it somebody means harm. */
const MOST_FILES = 200;

const isZip = async (file: File): Promise<boolean> => {
  const [a, b, c, d] = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  return a === 0x50 && b === 0x4b && c === 3 && d === 4;
};

/** The files, with what packages of this page hold in their place. What cannot be unpacked stays as it is. */
export async function unpacked(files: readonly File[]): Promise<readonly File[]> {
  const parts = await Promise.all(files.map((file) => unpack(file).catch(() => [file])));
  return parts.flat();
}

async function unpack(file: File): Promise<readonly File[]> {
  const limit = MAX_FILE_MEGABYTES.protected * MEGABYTE;
  if (file.size > limit || !(await isZip(file))) return [file];
  const { unzipSync } = await import('fflate');
  let bytes = 0;
  let count = 0;
  const entries = unzipSync(new Uint8Array(await file.arrayBuffer()), {
    filter({ name, originalSize }) {
      if (!/\.(?:png|jpe?g|rofikey)$/i.test(name)) return false;
      bytes += originalSize;
      count += 1;
      if (bytes > limit || count > MOST_FILES) throw new RangeError('more than a package holds');
      return true;
    },
  });
  const found = Object.entries(entries).map(([name, content]) => new File([unshared(content)], name));
  return found.length > 0 ? found : [file];
}
