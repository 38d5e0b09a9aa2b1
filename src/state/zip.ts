import { downloadZip } from 'client-zip';

export interface ZipEntry {
  readonly name: string;
  readonly blob: Blob;
}

/** The same files under names that are each there once. */
export function withUniqueNames<Entry extends { readonly name: string }>(
  entries: readonly Entry[],
): readonly Entry[] {
  const names = new Set<string>();
  return entries.map((entry) => ({ ...entry, name: uniqueName(entry.name, names) }));
}

/** Packs files one after the other, not compressed, so that only one of them is read at a time. */
export function zip(entries: readonly ZipEntry[]): Promise<Blob> {
  return downloadZip(withUniqueNames(entries).map(({ name, blob }) => ({ name, input: blob }))).blob();
}

function uniqueName(name: string, taken: Set<string>): string {
  const dot = name.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  let unique = name;
  for (let count = 2; taken.has(unique); count++) unique = `${stem}-${count}${extension}`;
  taken.add(unique);
  return unique;
}
