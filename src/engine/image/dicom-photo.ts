import { describePhoto, readFrame } from '../../dicom/frames';
import { readDicom } from '../../dicom/read';
import { removedElements } from '../../dicom/removed';
import type { Frame, PhotoDescription } from '../../dicom/types';
import { parseProfile } from '../../formats/colours/icc';
import type { Colours } from '../../formats/colours/profile';
import { DICOM } from '../../formats/dicom';
import { readMetadata, shortened } from '../../formats/metadata';
import type { MetadataEntry } from '../../formats/metadata-entry';
import { readColours } from '../../formats/readers';
import { asRofiError } from '../worker/as-rofi-error';
import type { Photo, Pixels, SourceFile } from '../types';
import { refuseTooManyPixels } from './limits';
import { toSrgb } from './to-srgb';

/** Decodes a picture that is a file of its own, and takes its colours to sRGB. */
type PictureDecoder = (bytes: Uint8Array, format: 'jpeg' | 'jp2', maxMegabytes: number) => Promise<Pixels>;

/**
 * Decodes one frame of a DICOM file: the one that the source names, else the first.
 *
 * @throws RofiError `dicom-no-photo`, `dicom-coding`, `cannot-decode`, `too-large`, and what the decoder throws
 */
export async function decodeDicom(
  source: SourceFile,
  maxMegabytes: number,
  decodePicture: PictureDecoder,
): Promise<Photo> {
  const { bytes, frame = 0 } = source;
  const file = readDicom(bytes);
  const photo = describePhoto(file);
  refuseTooManyPixels(photo, bytes.length, maxMegabytes);
  try {
    const shown = readFrame(file, photo, frame);
    const pixels = await decodeFrame(shown, photo, maxMegabytes, decodePicture);
    const removed = removedElements(file.dataSet).map(({ name, value }): MetadataEntry => ({
      group: 'dicom',
      name,
      value: shortened(value),
    }));
    // A picture inside may say more of itself.
    const inside = shown.kind === 'pixels' ? [] : readMetadata(shown.bytes, shown.kind).entries;
    return {
      source,
      format: 'dicom',
      pixels,
      metadata: [...removed, ...inside],
      animated: false,
      frames: photo.frames,
      burnedIn: photo.burnedIn,
    };
  } catch (thrown) {
    throw asRofiError(thrown, 'cannot-decode', { format: DICOM.name });
  }
}

async function decodeFrame(
  frame: Frame,
  photo: PhotoDescription,
  maxMegabytes: number,
  decodePicture: PictureDecoder,
): Promise<Pixels> {
  if (frame.kind === 'pixels') {
    return inItsColours({ width: photo.width, height: photo.height, data: frame.data }, photo);
  }
  const decoded = await decodePicture(frame.bytes, frame.kind, maxMegabytes);
  refuseTooManyPixels(decoded, frame.bytes.length, maxMegabytes);
  const shown = frame.inverted ? inverted(decoded) : decoded;
  // A picture that has a profile of its own is in sRGB by now.
  return readColours(frame.bytes, frame.kind) === null ? inItsColours(shown, photo) : shown;
}

/** A profile of tables, which only a library converts by, is left out of account. */
function inItsColours(pixels: Pixels, { profile, photometric }: PhotoDescription): Pixels {
  const colours = profile && profileOf(profile, photometric.startsWith('MONOCHROME'));
  return colours === null || colours === 'tables' ? pixels : toSrgb(pixels, colours);
}

/** A profile that is broken counts as none. */
function profileOf(profile: Uint8Array, grey: boolean): Colours {
  try {
    return parseProfile(profile, grey);
  } catch {
    return null;
  }
}

function inverted({ width, height, data }: Pixels): Pixels {
  return { width, height, data: data.map((value, i) => (i % 4 === 3 ? value : 255 - value)) };
}
