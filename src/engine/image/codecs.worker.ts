import wide from '@imagemagick/magick-wasm/magick.wasm?url';
import jpegDecoder from '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm?url';
import jpegEncoder from '@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm?url';
import png from '@jsquash/png/codec/pkg/squoosh_png_bg.wasm?url';
import webpDecoder from '@jsquash/webp/codec/dec/webp_dec.wasm?url';
import webpEncoder from '@jsquash/webp/codec/enc/webp_enc.wasm?url';
import type { CodecLoader, CodecName } from './codecs';

/** Where the page's own assets have each codec. */
export const CODEC_URLS: Readonly<Record<Exclude<CodecName, 'wide'>, string>> = {
  'jpeg-decoder': jpegDecoder,
  'jpeg-encoder': jpegEncoder,
  'webp-decoder': webpDecoder,
  'webp-encoder': webpEncoder,
  png,
};

/** Fetches a codec from the page's own assets. */
export const fetchCodec: CodecLoader = (name) =>
  WebAssembly.compileStreaming(fetch(name === 'wide' ? wide : CODEC_URLS[name]));
