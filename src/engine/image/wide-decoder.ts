/**
 * The second decoder: ImageMagick for the kinds and colours that the first one does not read. Large, so it is fetched
 * only when a photo needs it.
 */
import type { IMagickImage, MagickFormat } from '@imagemagick/magick-wasm';
import { RofiError } from '../../errors';
import { srgbProfile } from '../../formats/colours/srgb';
import { LABELS, type PictureFormat } from '../../formats/labels';
import { Opened } from '../worker/opened';
import type { Pixels } from '../types';
import { compiled } from './codecs';
import { refuseTooManyPixels } from './limits';
import type * as Magick from './magick';

type Library = typeof Magick;

const library = new Opened(async () => {
  const magick = await import('./magick');
  await magick.initializeImageMagick(await compiled('wide'));
  return magick;
});

/** Never guessed by the library: some of what it reads is no picture. */
const MAGICK_FORMATS: Readonly<Record<PictureFormat, MagickFormat>> = {
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WEBP',
  heic: 'HEIC',
  avif: 'AVIF',
  gif: 'GIF',
  bmp: 'BMP',
  tiff: 'TIFF',
  jxl: 'JXL',
  jp2: 'JP2',
};

/** What the library says before it ends; a cut file may be among it. */
export interface WideDecoded {
  readonly pixels: Pixels;
  readonly warnings: readonly string[];
}

/**
 * Decodes the first picture of a file, upright where the format itself says so, in sRGB by the file's own profile.
 *
 * @throws RofiError `decoder-missing` when the decoder cannot be fetched, `too-large`
 */
export async function decodeWide(
  bytes: Uint8Array,
  format: PictureFormat,
  maxMegabytes: number,
): Promise<WideDecoded> {
  const magick = await open(format);
  const settings = new magick.MagickReadSettings({
    format: MAGICK_FORMATS[format],
    frameIndex: 0,
    frameCount: 1,
  });
  const { width, height } = magick.MagickImageInfo.create(bytes, settings);
  refuseTooManyPixels({ width, height }, bytes.length, maxMegabytes);

  const image = magick.MagickImage.create();
  try {
    const warnings: string[] = [];
    image.onWarning = ({ error }) => warnings.push(error.message);
    image.read(bytes, settings);
    toSrgb(image, magick);
    if (format === 'tiff') image.autoOrient();
    return { pixels: pixelsOf(image), warnings };
  } finally {
    image.dispose();
  }
}

async function open(format: PictureFormat): Promise<Library> {
  try {
    return await library.get();
  } catch (cause) {
    const values = { format: LABELS[format].name };
    throw new RofiError('decoder-missing', `the decoder did not come: ${String(cause)}`, values, { cause });
  }
}

/** A profile that does not fit its picture is left out of account, as browsers do. */
function toSrgb(image: IMagickImage, magick: Library): void {
  try {
    if (image.getColorProfile() !== null) {
      image.transformColorSpace(new magick.ColorProfile(srgbProfile()), magick.ColorTransformMode.HighRes);
    }
  } catch {
    // Goes on as without one.
  }
  if (image.colorSpace !== magick.ColorSpace.sRGB) image.colorSpace = magick.ColorSpace.sRGB;
}

function pixelsOf(image: IMagickImage): Pixels {
  const { width, height } = image;
  const bytes = image.getPixels((pixels) => pixels.toByteArray(0, 0, width, height, 'RGBA'));
  if (bytes === null) throw new TypeError('no pixels');
  const data = new Uint8ClampedArray(bytes.length);
  data.set(bytes);
  return { width, height, data };
}
