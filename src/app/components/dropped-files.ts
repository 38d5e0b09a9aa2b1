import type { DirectoryDropItem, DropItem, FileDropItem } from 'react-aria-components';

const isFile = (item: DropItem): item is FileDropItem => item.kind === 'file';
const isFolder = (item: DropItem): item is DirectoryDropItem => item.kind === 'directory';

/** All files among the dropped items, those inside folders included. */
export async function droppedFiles(items: Iterable<DropItem>): Promise<File[]> {
  const files: File[] = [];
  for (const item of items) {
    if (isFile(item)) files.push(await item.getFile());
    if (isFolder(item)) {
      const inside: DropItem[] = [];
      for await (const entry of item.getEntries()) inside.push(entry);
      files.push(...(await droppedFiles(inside)));
    }
  }
  return files;
}
