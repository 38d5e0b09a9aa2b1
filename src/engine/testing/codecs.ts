import { readFile } from 'node:fs/promises';
import type { CodecLoader, CodecName } from '../image/codecs';

const FILES: Readonly<Record<CodecName, string>> = {
  'jpeg-decoder': '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm',
  'jpeg-encoder': '@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm',
  'webp-decoder': '@jsquash/webp/codec/dec/webp_dec.wasm',
  'webp-encoder': '@jsquash/webp/codec/enc/webp_enc.wasm',
  wide: '@imagemagick/magick-wasm/dist/x86/magick.wasm',
  png: '@jsquash/png/codec/pkg/squoosh_png_bg.wasm',
};

/** Node has no ImageData; the PNG codec returns one. */
class NodeImageData {
  constructor(
    readonly data: Uint8ClampedArray,
    readonly width: number,
    readonly height: number,
  ) {}
}

/** Reads a codec from node_modules. */
export const readCodec: CodecLoader = async (name) => {
  Object.assign(globalThis, { ImageData: NodeImageData });
  return WebAssembly.compile(
    await readFile(new URL(`../../../node_modules/${FILES[name]}`, import.meta.url)),
  );
};
