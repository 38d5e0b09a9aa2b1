/** Bytes; a popular static host refuses files of 25 MiB. */
export const LARGEST_FILE = 24 * 2 ** 20;
