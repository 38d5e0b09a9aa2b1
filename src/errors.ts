/**
 * Everything that can go wrong, as one class with a code.
 *
 * What a person reads is in the catalogues under `errors.<code>`: what happened, and what to do next.
 * `message` is for the log only.
 */
export type ErrorCode =
  // the chosen photo
  | 'not-an-image'
  | 'cannot-decode'
  | 'empty-file'
  | 'too-large'
  | 'unsupported-format'
  | 'decoder-missing'
  | 'dicom-no-photo'
  | 'dicom-coding'
  | 'no-face'
  | 'face-too-small'
  | 'face-turned'
  // the protected file and its key
  | 'not-protected'
  | 'damaged-file'
  | 'unsupported-version'
  | 'wrong-key'
  | 'key-fits-nowhere'
  | 'changed-too-much'
  | 'only-covered'
  | 'not-a-key'
  | 'damaged-key'
  | 'key-locked'
  | 'wrong-passphrase'
  | 'not-a-recipient'
  | 'invalid-recipient'
  | 'invalid-identity'
  | 'identity-unsaved'
  | 'pixels-only'
  // the machine
  | 'model-missing'
  | 'model-corrupt'
  | 'backend-failed'
  | 'webgl-missing'
  | 'out-of-memory'
  | 'worker-lost'
  | 'aborted'
  | 'internal';

/** An error with a code that the page turns into a sentence a person can act on. */
export class RofiError extends Error {
  override readonly name = 'RofiError';

  /**
   * @param code - what happened, for the catalogue
   * @param message - detail for the log, never shown alone
   * @param values - numbers and names the catalogue's sentence may use, such as `{ megapixels: 60 }`
   */
  constructor(
    readonly code: ErrorCode,
    message: string = code,
    readonly values: Readonly<Record<string, string | number>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
