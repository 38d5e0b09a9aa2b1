const startsWith = (bytes: Uint8Array, ...magic: readonly number[]): boolean =>
  magic.every((value, index) => bytes[index] === value);

/** Whether the first bytes are those of a picture (JPEG, PNG, WebP): enough to tell a photo from a key file. */
export function looksLikeImage(bytes: Uint8Array): boolean {
  const jpeg = startsWith(bytes, 0xff, 0xd8);
  const png = startsWith(bytes, 0x89, 0x50, 0x4e, 0x47);
  const webp =
    startsWith(bytes, 0x52, 0x49, 0x46, 0x46) && startsWith(bytes.subarray(8), 0x57, 0x45, 0x42, 0x50);
  return jpeg || png || webp;
}
