import { viewOf } from '../../bytes';
import type { Size } from '../format';
import { listSegments } from './segments';

/** How a JPEG is coded, from its frame header. */
export interface JpegFrame extends Size {
  /** Number of the start-of-frame marker: 0 baseline, 1 extended, 2 progressive, others rare. */
  readonly process: number;
  /** Of a channel. */
  readonly bits: number;
  readonly channels: number;
}

/** @throws RangeError without a frame header */
export function readJpegFrame(bytes: Uint8Array): JpegFrame {
  const frame = listSegments(bytes).find(({ name }) => name.startsWith('SOF'));
  if (frame === undefined || frame.end - frame.start < 6) throw new RangeError('no frame header');
  const view = viewOf(bytes);
  const { start, name } = frame;
  return {
    process: Number(name.slice(3)),
    bits: view.getUint8(start),
    height: view.getUint16(start + 1),
    width: view.getUint16(start + 3),
    channels: view.getUint8(start + 5),
  };
}
