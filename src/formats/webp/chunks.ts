/** The chunks of a WebP's RIFF container. */
import { viewOf } from '../../bytes';
import { letters } from '../letters';
import type { ImagePart } from '../parts';

/** Bytes before a chunk's payload: its name, and its length. */
const HEAD = 8;
const FIRST = 12;

/** A chunk, whose payload may be longer than the file. */
export interface RiffChunk extends ImagePart {
  /** Where the chunk itself begins, and where the one behind it does. */
  readonly at: number;
  readonly next: number;
}

/** Chunks in the file's order, as far as the file goes, whatever length its own head says. */
export function* riffChunks(bytes: Uint8Array): Generator<RiffChunk> {
  const view = viewOf(bytes);
  for (let at = FIRST; at + HEAD <= bytes.length;) {
    const length = view.getUint32(at + 4, true);
    const next = at + HEAD + length + (length % 2);
    yield { name: letters(bytes, at, 4), start: at + HEAD, end: at + HEAD + length, at, next };
    at = next;
  }
}

/** Where the container ends by its own head. @throws RangeError when that is cut off */
export function riffEnd(bytes: Uint8Array): number {
  return viewOf(bytes).getUint32(4, true) + HEAD;
}
