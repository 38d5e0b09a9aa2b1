import { describePhoto } from '../dicom/frames';
import { writeProtected } from '../dicom/protected-file';
import { readDicom } from '../dicom/read';
import { srgbProfile } from '../formats/colours/srgb';
import type { ExportContext, PictureWriter } from './export';
import type { Pixels } from './types';
import { encodeJpeg } from './image/codecs';
import { decodePixels } from './image/decode';

/** Writes the photo as the DICOM file that it came as: pixels as they are, or as JPEG where they were lossy already. */
export function dicomWriter(context: ExportContext): PictureWriter {
  const { original, faces, covered, everybody, key, options } = context;
  const { coding, lossy } = describePhoto(readDicom(original.bytes));
  const asJpeg = lossy && coding !== 'native';
  return {
    encode: (pixels) => (asJpeg ? encodeJpeg(pixels) : Promise.resolve(interleavedRgb(pixels))),
    decode: (picture, pixels) => (asJpeg ? decodePixels(picture, 'jpeg') : Promise.resolve(pixels)),
    embed: (bytes, record, { width, height }, sha256) => {
      const { frame = 0 } = original;
      const { dates = 'shifted' } = options.output;
      const picture = { width, height, bytes, sha256, profile: srgbProfile() };
      const changes = [
        ...(faces.length > 0 ? ['replaced' as const] : []),
        ...(covered.length > 0 ? ['covered' as const] : []),
      ];
      return writeProtected(original.bytes, picture, { key, frame, dates, changes, everybody, record });
    },
  };
}

function interleavedRgb({ width, height, data }: Pixels): Uint8Array {
  const out = new Uint8Array(3 * width * height);
  for (let from = 0, to = 0; from < data.length; from += 4) {
    out[to++] = data[from] ?? 0;
    out[to++] = data[from + 1] ?? 0;
    out[to++] = data[from + 2] ?? 0;
  }
  return out;
}
