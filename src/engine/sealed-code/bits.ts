/** Bytes to bits, 0 or 1, most significant first. */
export function bitsOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: 8 * bytes.length }, (_, i) => (bytes[i >> 3]! >> (7 - (i & 7))) & 1);
}

/** The inverse; there must be whole bytes. */
export function bytesOf(bits: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(bits.length / 8);
  bits.forEach((bit, i) => (bytes[i >> 3]! |= bit << (7 - (i & 7))));
  return bytes;
}
