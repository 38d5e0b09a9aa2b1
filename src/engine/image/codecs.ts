/**
 * The @jsquash codecs without their own loading: the worker fetches the wasm as assets of the page, tests
 * read it from node_modules. The Emscripten codecs get one instance a call, because a wasm heap never
 * shrinks: it is released together with its instance.
 */
import jpegDecoder from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js';
import jpegEncoder from '@jsquash/jpeg/codec/enc/mozjpeg_enc.js';
import {
  decode as pngDecode,
  encode as pngEncode,
  initSync as initPng,
} from '@jsquash/png/codec/pkg/squoosh_png.js';
import webpDecoder from '@jsquash/webp/codec/dec/webp_dec.js';
import webpEncoder from '@jsquash/webp/codec/enc/webp_enc.js';
import type { Pixels } from '../types';

const DECODERS = ['jpeg-decoder', 'png'] as const;
const CODECS = [...DECODERS, 'jpeg-encoder', 'webp-decoder', 'webp-encoder'] as const;
/** `wide` is large and only comes when a photo needs it. */
export type CodecName = (typeof CODECS)[number] | 'wide';

/** Fetches and compiles one codec's wasm. */
export type CodecLoader = (name: CodecName) => Promise<WebAssembly.Module>;

interface EmscriptenOptions {
  readonly noInitialRun: boolean;
  readonly print: (line: string) => void;
  readonly printErr: (line: string) => void;
  readonly instantiateWasm: (
    imports: WebAssembly.Imports,
    ready: (instance: WebAssembly.Instance) => void,
  ) => WebAssembly.Exports;
}
type EmscriptenFactory<Codec> = (options: EmscriptenOptions) => Promise<Codec>;

/** A decoded picture, and what the decoder said against the file. */
export interface Decoded {
  readonly pixels: Pixels;
  readonly warnings: readonly string[];
}

interface DecodedImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}
interface JpegDecoder {
  decode(bytes: Uint8Array, preserveOrientation: boolean): DecodedImage | null;
}
interface WebpDecoder {
  decode(bytes: Uint8Array): DecodedImage | null;
}
interface WebpEncoder {
  encode(data: Uint8ClampedArray, width: number, height: number, options: object): Uint8Array<ArrayBuffer>;
}
interface JpegEncoder {
  encode(data: Uint8ClampedArray, width: number, height: number, options: object): Uint8Array<ArrayBuffer>;
}

/** 4:4:4 and no smoothing: colour is a sign, and chroma carries part of the way back. */
const JPEG_OPTIONS = {
  quality: 92,
  baseline: false,
  arithmetic: false,
  progressive: false,
  optimize_coding: true,
  smoothing: 0,
  color_space: 3, // YCbCr
  quant_table: 3,
  trellis_multipass: false,
  trellis_opt_zero: false,
  trellis_opt_table: false,
  trellis_loops: 1,
  auto_subsample: false,
  chroma_subsample: 1,
  separate_chroma_quality: false,
  chroma_quality: 92,
} as const;

const WEBP_OPTIONS = {
  quality: 75,
  target_PSNR: 0,
  method: 4,
  sns_strength: 0,
  filter_strength: 60,
  filter_sharpness: 0,
  filter_type: 1,
  partitions: 0,
  segments: 1,
  pass: 10,
  show_compressed: 0,
  preprocessing: 0,
  autofilter: 0,
  partition_limit: 0,
  alpha_compression: 1,
  alpha_filtering: 1,
  alpha_quality: 100,
  lossless: 0,
  exact: 0,
  image_hint: 0,
  emulate_jpeg_size: 0,
  thread_level: 0,
  low_memory: 0,
  near_lossless: 100,
  use_delta_palette: 0,
  use_sharp_yuv: 0,
} as const;

let load: CodecLoader | undefined;
const modules = new Map<CodecName, Promise<WebAssembly.Module>>();

/** Says where the codecs' wasm comes from; called once at start. */
export function useCodecs(loader: CodecLoader): void {
  load = loader;
  modules.clear();
}

/** Fetches every codec, so that no photo has to wait for one, or to ask the network. */
export async function loadCodecs(): Promise<void> {
  await Promise.all(CODECS.map(compiled));
}

/** Fetches what opens most files. */
export async function loadDecoders(): Promise<void> {
  await Promise.all(DECODERS.map(compiled));
}

/**
 * Decodes a JPEG, whole or not: libjpeg fills what is missing with grey, and prints its first warning only.
 *
 * @throws TypeError when the bytes are no JPEG
 */
export async function decodeJpeg(bytes: Uint8Array): Promise<Decoded> {
  const warnings: string[] = [];
  const codec = await instantiate(
    'jpeg-decoder',
    jpegDecoder as unknown as EmscriptenFactory<JpegDecoder>,
    warnings,
  );
  const image = codec.decode(bytes, false);
  if (image === null) throw new TypeError(warnings[0] ?? 'not a JPEG');
  return { pixels: plain(image), warnings };
}

/** The browser's ImageData has its size in getters, which neither spreading nor cloning carries along. */
function plain({ width, height, data }: DecodedImage): Pixels {
  return { width, height, data };
}

/** @throws TypeError when the bytes are not a whole WebP */
export async function decodeWebp(bytes: Uint8Array): Promise<Pixels> {
  const codec = await instantiate('webp-decoder', webpDecoder as unknown as EmscriptenFactory<WebpDecoder>);
  const image = codec.decode(bytes);
  if (image === null) throw new TypeError('not a WebP');
  return plain(image);
}

/** Encodes a WebP of about `bytes` bytes: every fault weighs the same, for it is to be measured, not looked at. */
export async function encodeWebpOf(pixels: Pixels, bytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const codec = await instantiate('webp-encoder', webpEncoder as unknown as EmscriptenFactory<WebpEncoder>);
  const options = { ...WEBP_OPTIONS, target_size: bytes };
  return codec.encode(pixels.data, pixels.width, pixels.height, options);
}

/** @throws WebAssembly.RuntimeError when the bytes are not a whole PNG */
export async function decodePng(bytes: Uint8Array): Promise<Pixels> {
  initPng(await compiled('png'));
  return plain(pngDecode(bytes));
}

/** Encodes a JPEG of quality 92 without chroma subsampling. */
export async function encodeJpeg(pixels: Pixels): Promise<Uint8Array<ArrayBuffer>> {
  const codec = await instantiate('jpeg-encoder', jpegEncoder as unknown as EmscriptenFactory<JpegEncoder>);
  return codec.encode(pixels.data, pixels.width, pixels.height, JPEG_OPTIONS);
}

/** Encodes a JPEG of quality 85 with halved colours, as services do that keep pictures small. */
export async function encodeSmallJpeg(pixels: Pixels): Promise<Uint8Array<ArrayBuffer>> {
  const codec = await instantiate('jpeg-encoder', jpegEncoder as unknown as EmscriptenFactory<JpegEncoder>);
  const options = { ...JPEG_OPTIONS, quality: 85, chroma_quality: 85, chroma_subsample: 2, quant_table: 0 };
  return codec.encode(pixels.data, pixels.width, pixels.height, options);
}

/** Encodes an 8-bit RGBA PNG. */
export async function encodePng(pixels: Pixels): Promise<Uint8Array<ArrayBuffer>> {
  initPng(await compiled('png'));
  const bytes = new Uint8Array(pixels.data.buffer, pixels.data.byteOffset, pixels.data.byteLength);
  return pngEncode(bytes, pixels.width, pixels.height, 8) as Uint8Array<ArrayBuffer>;
}

async function instantiate<Codec>(
  name: CodecName,
  factory: EmscriptenFactory<Codec>,
  warnings: string[] = [],
): Promise<Codec> {
  const module = await compiled(name);
  const note = (line: string): void => void warnings.push(line);
  return factory({
    noInitialRun: true,
    print: note,
    printErr: note,
    instantiateWasm: (imports, ready) => {
      const instance = new WebAssembly.Instance(module, imports);
      ready(instance);
      return instance.exports;
    },
  });
}

/** A compiled module is small and kept; a failed load is forgotten, so that a retry works. */
export function compiled(name: CodecName): Promise<WebAssembly.Module> {
  const known = modules.get(name);
  if (known !== undefined) return known;
  if (load === undefined) throw new TypeError('useCodecs() comes first');
  const module = load(name);
  modules.set(name, module);
  module.catch(() => modules.delete(name));
  return module;
}
