import { RofiError } from '../../errors';
import { readJpegFrame } from '../../formats/jpeg/frame';
import { decodeWholeJpeg } from '../../formats/jpeg/whole';
import { LABELS, type PictureFormat } from '../../formats/labels';
import { readMetadata } from '../../formats/metadata';
import { barePng } from '../../formats/png/bare';
import { readColours } from '../../formats/readers';
import { sniffFormat } from '../../formats/sniff';
import { isAnimatedWebp } from '../../formats/webp/header';
import { asRofiError } from '../worker/as-rofi-error';
import type { Photo, Pixels, SourceFile } from '../types';
import { decodeJpeg, decodePng, decodeWebp } from './codecs';
import { decodeDicom } from './dicom-photo';
import { MAX_MEGABYTES, refuseTooLarge, refuseTooManyPixels } from './limits';
import { applyOrientation } from './orientation';
import { toSrgb } from './to-srgb';
import { eraseHidden } from './transparency';
import { decodeWide } from './wide-decoder';

/** Formats that the first decoders read, in which alone a tag turns the picture. */
type Common = 'jpeg' | 'png' | 'webp';

const DECODERS: Readonly<Record<Common, (bytes: Uint8Array) => Promise<Pixels>>> = {
  jpeg: (bytes) => decodeWholeJpeg(bytes, decodeJpeg),
  png: decodeShownPng,
  webp: decodeWebp,
};

/**
 * Decodes a chosen file off-canvas, takes its colours to sRGB, turns it upright, paints over what is transparent and
 * lists what will not be carried over.
 *
 * @throws RofiError `empty-file`, `not-an-image`, `unsupported-format`, `too-large`, `cannot-decode`,
 * `decoder-missing`, `out-of-memory`, `dicom-no-photo`, `dicom-coding`
 */
export async function decodePhoto(source: SourceFile, maxMegabytes = MAX_MEGABYTES): Promise<Photo> {
  const { bytes } = source;
  const format = sniffFormat(bytes);
  if (format === 'dicom') return decodeDicom(source, maxMegabytes, inSrgb);
  refuseTooLarge(bytes, format, maxMegabytes);
  const decoded = await inSrgb(bytes, format, maxMegabytes);
  // A header may say anything.
  refuseTooManyPixels(decoded, bytes.length, maxMegabytes);
  const { entries, orientation, animated } = readMetadata(bytes, format);
  const upright = isCommon(format) ? applyOrientation(decoded, orientation) : decoded;
  return {
    source,
    format,
    pixels: eraseHidden(upright),
    metadata: entries,
    animated,
    frames: 1,
    burnedIn: false,
  };
}

/**
 * Decodes pixels as stored, without orientation: enough for files this product wrote itself.
 *
 * @throws RofiError `cannot-decode`, `out-of-memory`
 */
export async function decodePixels(bytes: Uint8Array, format: Common): Promise<Pixels> {
  try {
    return await DECODERS[format](bytes);
  } catch (thrown) {
    throw asRofiError(thrown, 'cannot-decode', { format: LABELS[format].name });
  }
}

async function inSrgb(bytes: Uint8Array, format: PictureFormat, maxMegabytes: number): Promise<Pixels> {
  const colours = readColours(bytes, format);
  const common = isCommon(format) && colours !== 'tables' && isPlain(bytes, format);
  const pixels = common ? await decodePixels(bytes, format) : await decodeRare(bytes, format, maxMegabytes);
  return colours === null || colours === 'tables' ? pixels : toSrgb(pixels, colours);
}

/** What the first decoders leave out: animations, and JPEG with other than eight bits, three channels and Huffman codes. */
function isPlain(bytes: Uint8Array, format: Common): boolean {
  if (format === 'webp') return !isAnimatedWebp(bytes);
  if (format === 'png') return true;
  const { process, bits, channels } = readJpegFrame(bytes);
  return process <= 2 && bits === 8 && channels <= 3;
}

async function decodeRare(bytes: Uint8Array, format: PictureFormat, maxMegabytes: number): Promise<Pixels> {
  try {
    if (format === 'jpeg')
      return await decodeWholeJpeg(bytes, (jpeg) => decodeWide(jpeg, format, maxMegabytes));
    return (await decodeWide(bytes, format, maxMegabytes)).pixels;
  } catch (thrown) {
    // Not every file of a rarer kind can be read here; nobody can tell that from damage.
    const code = isCommon(format) ? 'cannot-decode' : 'unsupported-format';
    throw asRofiError(thrown, code, { format: LABELS[format].name });
  }
}

function isCommon(format: PictureFormat): format is Common {
  return format in DECODERS;
}

/** The frame that browsers show first, on its canvas. */
async function decodeShownPng(png: Uint8Array): Promise<Pixels> {
  const { bytes, canvas, left, top } = barePng(png);
  const frame = await decodePng(bytes);
  if (frame.width === canvas.width && frame.height === canvas.height) return frame;
  const data = new Uint8ClampedArray(canvas.width * canvas.height * 4);
  if (left + frame.width > canvas.width || top + frame.height > canvas.height) {
    throw new RofiError('cannot-decode', 'a frame beyond its canvas', { format: LABELS.png.name });
  }
  for (let row = 0; row < frame.height; row++) {
    const from = row * frame.width * 4;
    data.set(frame.data.subarray(from, from + frame.width * 4), ((top + row) * canvas.width + left) * 4);
  }
  return { ...canvas, data };
}
