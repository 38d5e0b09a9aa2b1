import type { Inspection, OutputOptions } from '../engine/api';

/** What a usual portal or mail accepts. */
export const portalLimitBytes = 10_000_000;

// Measured on photographs: bytes a pixel as written here.
const pngBytesPerPixel = 1.7;
const jpegBytesPerPixel = 0.45;

/**
 * The output that keeps most and still fits a usual portal: PNG when small enough, else JPEG, else JPEG made smaller. What
 * came as DICOM goes into an archive, as such.
 *
 * @param sourceBytes - size of the chosen file, which is sealed inside
 */
export function defaultOutput(
  { width, height, format }: Pick<Inspection, 'width' | 'height' | 'format'>,
  sourceBytes: number,
): OutputOptions {
  if (format === 'dicom') return { format, size: 'original', sealOriginal: true };
  const pixels = width * height;
  if (pixels * pngBytesPerPixel + sourceBytes <= portalLimitBytes) {
    return { format: 'png', size: 'original', sealOriginal: true };
  }
  const fits = pixels * jpegBytesPerPixel + sourceBytes <= portalLimitBytes;
  return { format: 'jpeg', size: fits ? 'original' : 2048, sealOriginal: true };
}
