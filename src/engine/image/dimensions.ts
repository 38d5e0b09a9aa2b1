import { RofiError } from '../../errors';
import type { ImageFormat } from '../types';

/** Width and height in pixels as stored, before any orientation is applied. */
export interface Dimensions {
  readonly width: number;
  readonly height: number;
}

/**
 * Reads the size from the header, so that a picture too large is refused before memory is spent on it.
 *
 * @throws RofiError `cannot-decode` when the header is cut off or names no size
 */
export function readDimensions(bytes: Uint8Array, format: ImageFormat): Dimensions {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const size = READERS[format](view);
    if (size.width > 0 && size.height > 0) return size;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new RofiError('cannot-decode', `the ${format} header names no size`);
}

const READERS: Readonly<Record<ImageFormat, (view: DataView) => Dimensions>> = {
  jpeg: jpegDimensions,
  png: (view) => ({ width: view.getUint32(16), height: view.getUint32(20) }),
  webp: webpDimensions,
};

/** Walks the marker segments to the frame header (SOF0–SOF15 without DHT, JPG and DAC). */
function jpegDimensions(view: DataView): Dimensions {
  let offset = 2;
  for (;;) {
    // Anything else here, and the decoder would find another frame than this walk.
    if (view.getUint8(offset) !== 0xff) throw new RangeError('no marker where one belongs');
    while (view.getUint8(offset + 1) === 0xff) offset++;
    const marker = view.getUint8(offset + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: view.getUint16(offset + 5), width: view.getUint16(offset + 7) };
    offset += 2 + view.getUint16(offset + 2);
  }
}

function webpDimensions(view: DataView): Dimensions {
  const chunk = view.getUint32(12);
  if (chunk === 0x56503858 /* VP8X */) {
    return { width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 };
  }
  if (chunk === 0x5650384c /* VP8L */) {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
}

function uint24(view: DataView, offset: number): number {
  return view.getUint16(offset, true) | (view.getUint8(offset + 2) << 16);
}
