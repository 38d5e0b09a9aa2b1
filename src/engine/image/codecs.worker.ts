import wide from '@imagemagick/magick-wasm/magick.wasm?sized';
import jpegDecoder from '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm?sized';
import jpegEncoder from '@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm?sized';
import png from '@jsquash/png/codec/pkg/squoosh_png_bg.wasm?sized';
import webpDecoder from '@jsquash/webp/codec/dec/webp_dec.wasm?sized';
import webpEncoder from '@jsquash/webp/codec/enc/webp_enc.wasm?sized';
import type { CodecLoader, CodecName } from './codecs';

/** Codecs of the usual photos, and where the page's own assets have them. */
const assets: Readonly<Record<Exclude<CodecName, 'wide'>, SizedAsset>> = {
  'jpeg-decoder': jpegDecoder,
  'jpeg-encoder': jpegEncoder,
  'webp-decoder': webpDecoder,
  'webp-encoder': webpEncoder,
  png,
};

export const codecFiles: readonly SizedAsset[] = Object.values(assets);

/** The decoder of rarer photos comes with the first of them. */
export { wide as wideDecoder };

/** Fetches a codec from the page's own assets. */
export const fetchCodec: CodecLoader = (name) =>
  WebAssembly.compileStreaming(fetch((name === 'wide' ? wide : assets[name]).url));
