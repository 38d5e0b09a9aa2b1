/** A file of the program with its address, version and sizes: see build/sized-assets.ts. */
interface SizedAsset {
  readonly url: string;
  readonly version: string;
  readonly bytes: number;
  /** Sizes on the way, from hosts that compress. */
  readonly gzip: number;
  readonly brotli: number;
}

declare module '*?sized' {
  const asset: SizedAsset;
  export default asset;
}
