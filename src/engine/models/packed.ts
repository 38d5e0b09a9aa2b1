/** Model files of this product's own: a magic, a JSON header with its length, and the blocks that the header names. */
import * as v from 'valibot';
import { RofiError } from '../../errors';

/** Where a block lies behind the header, and how long it is, bytes. */
export const Block = v.tuple([v.number(), v.number()]);
export type Block = Readonly<v.InferOutput<typeof Block>>;

/** A file's header, its blocks as they lie there, and one of them copied: numbers need their own alignment. */
export interface Packed<Header> {
  readonly header: Header;
  readonly blocks: Uint8Array<ArrayBuffer>;
  readonly block: (of: Block) => ArrayBuffer;
}

/**
 * Reads such a file; its bytes are kept, not copied.
 *
 * @param kind - its magic, and what the manifest calls it
 * @throws RofiError `model-corrupt` when it is something else, or of another version
 */
export function readPacked<Schema extends v.GenericSchema>(
  bytes: Uint8Array<ArrayBuffer>,
  { magic, model }: { readonly magic: string; readonly model: string },
  schema: Schema,
): Packed<v.InferOutput<Schema>> {
  const start = magic.length + 4;
  const text = new TextDecoder();
  try {
    if (text.decode(bytes.subarray(0, magic.length)) !== magic) throw new TypeError('another file');
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(magic.length, true);
    const header = v.parse(schema, JSON.parse(text.decode(bytes.subarray(start, start + length))));
    const blocks = bytes.subarray(start + length);
    return { header, blocks, block: ([from, size]) => blocks.slice(from, from + size).buffer };
  } catch (cause) {
    throw new RofiError('model-corrupt', `${model}: ${String(cause)}`, { model }, { cause });
  }
}
