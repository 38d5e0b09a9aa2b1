import { downloadZip } from 'client-zip';

export interface ZipEntry {
  readonly name: string;
  readonly blob: Blob;
}

/** Packs files one after the other, not compressed, so that only one of them is read at a time. */
export function zip(entries: readonly ZipEntry[]): Promise<Blob> {
  const names = new Set<string>();
  return downloadZip(
    entries.map(({ name, blob }) => ({ name: uniqueName(name, names), input: blob })),
  ).blob();
}

function uniqueName(name: string, taken: Set<string>): string {
  const dot = name.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  let unique = name;
  for (let count = 2; taken.has(unique); count++) unique = `${stem}-${count}${extension}`;
  taken.add(unique);
  return unique;
}
