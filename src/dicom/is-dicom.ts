/** Bytes before the letters that say what a file is. */
export const PREAMBLE = 128;
export const MAGIC = 'DICM';

/** Whether a file says that it is a DICOM file, by its first bytes. */
export function isDicom(bytes: Uint8Array): boolean {
  return Array.from(MAGIC).every((letter, i) => bytes[PREAMBLE + i] === letter.charCodeAt(0));
}
