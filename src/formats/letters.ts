/** Bytes read as letters, one each (Latin-1): so formats mark their files and the parts of these. */

/** So many letters from an offset on, fewer where the bytes end. */
export function letters(bytes: Uint8Array, at: number, count: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + count));
}

/** Whether these letters stand at an offset. */
export function hasLetters(bytes: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    if (bytes[at + i] !== text.charCodeAt(i)) return false;
  }
  return true;
}

/** Letters at an offset that tell a kind of file. */
export type Magic = readonly [at: number, text: string];

/** A test for files that have one of these. */
export function magic(...some: readonly Magic[]): (bytes: Uint8Array) => boolean {
  return (bytes) => some.some(([at, text]) => hasLetters(bytes, at, text));
}
