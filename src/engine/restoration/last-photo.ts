import { equalBytes } from '../../bytes';
import type { Photo, SourceFile } from '../types';

/** Decodes a file. */
export type Decode = (file: SourceFile) => Promise<Photo>;

/** Keeps the photo decoded last: a file is looked at first, and mostly restored at once. */
export class LastPhoto {
  #last: { readonly bytes: Uint8Array; readonly photo: Promise<Photo> } | undefined;

  constructor(private readonly decodeAnew: Decode) {}

  /**
   * The photo of a file, whose pixels nobody may change or give away.
   *
   * @throws RofiError what decoding throws
   */
  readonly decode: Decode = ({ name, bytes, ...rest }) => {
    if (this.#last && equalBytes(this.#last.bytes, bytes)) return this.#last.photo;
    const photo = this.decodeAnew({ name, bytes, ...rest });
    this.#last = { bytes, photo };
    photo.catch(() => this.forget());
    return photo;
  };

  forget(): void {
    this.#last = undefined;
  }
}
