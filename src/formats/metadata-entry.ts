/** Kinds of what a file says or holds beside its shown picture. */
export type MetadataGroup =
  | 'exif'
  | 'gps'
  | 'xmp'
  | 'iptc'
  | 'icc'
  | 'text'
  | 'comment'
  | 'photoshop'
  | 'thumbnail'
  | 'animation'
  | 'trailing'
  | 'dicom'
  | 'other';

/** One piece of what was found in the source beside its picture and is not carried over. */
export interface MetadataEntry {
  readonly group: MetadataGroup;
  readonly name: string;
  readonly value: string;
}
