import { Zip, ZipPassThrough } from 'fflate';

export interface ZipEntry {
  readonly name: string;
  readonly blob: Blob;
}

/** Packs files one after the other, not compressed, so that only one of them is in memory at a time. */
export async function zip(entries: readonly ZipEntry[]): Promise<Blob> {
  const parts: Blob[] = [];
  const packer = new Zip((error, chunk) => {
    if (error) throw error;
    parts.push(new Blob([chunk.slice()]));
  });
  const names = new Set<string>();
  for (const { name, blob } of entries) {
    const file = new ZipPassThrough(uniqueName(name, names));
    packer.add(file);
    file.push(new Uint8Array(await blob.arrayBuffer()), true);
  }
  packer.end();
  return new Blob(parts, { type: 'application/zip' });
}

function uniqueName(name: string, taken: Set<string>): string {
  const dot = name.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  let unique = name;
  for (let count = 2; taken.has(unique); count++) unique = `${stem}-${count}${extension}`;
  taken.add(unique);
  return unique;
}
