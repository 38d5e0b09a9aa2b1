/** As much of dcmjs as the tests ask, which has no types of its own. */
declare module 'dcmjs' {
  interface Message {
    readonly dict: Readonly<Record<string, { readonly Value: readonly unknown[] } | undefined>>;
    write(): ArrayBuffer;
  }
  export const data: { readonly DicomMessage: { readFile(file: ArrayBuffer): Message } };
}
