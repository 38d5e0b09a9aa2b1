import wasmGlue from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?sized';
import wasmBinary from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?sized';
import jspiGlue from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?sized';
import jspiBinary from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?sized';
import asyncifyGlue from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?sized';
import asyncifyBinary from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?sized';
import type { Ort } from './runtime';

/** ONNX Runtime as one device needs it. Every build runs on the processor; two run on the graphics processor as well. */
export interface OrtBuild {
  readonly glue: SizedAsset;
  readonly binary: SizedAsset;
  readonly load: () => Promise<Ort>;
}

const plain: OrtBuild = {
  glue: wasmGlue,
  binary: wasmBinary,
  load: () => import('onnxruntime-web/wasm'),
};

/** WebGPU where the browser suspends WebAssembly by itself. */
const suspending: OrtBuild = {
  glue: jspiGlue,
  binary: jspiBinary,
  load: () => import('onnxruntime-web/jspi'),
};

/** WebGPU in other browsers: code that can be suspended anywhere is much larger. */
const asyncify: OrtBuild = {
  glue: asyncifyGlue,
  binary: asyncifyBinary,
  load: () => import('onnxruntime-web/webgpu'),
};

/** The smallest build for a device. */
export function buildFor(withGpu: boolean): OrtBuild {
  if (!withGpu) return plain;
  return 'Suspending' in WebAssembly ? suspending : asyncify;
}

/** Every file of every build. */
export const ortFiles: readonly SizedAsset[] = [plain, suspending, asyncify].flatMap(({ glue, binary }) => [
  glue,
  binary,
]);

/** @throws what the browser throws when a file cannot be had */
export async function loadBuild({ glue, binary, load }: OrtBuild): Promise<Ort> {
  const ort = await load();
  ort.env.wasm.wasmPaths = { mjs: glue.url, wasm: binary.url };
  if (binary.url.endsWith('.gzip')) ort.env.wasm.wasmBinary = await unpacked(binary.url);
  return ort;
}

async function unpacked(url: string): Promise<ArrayBuffer> {
  const { body, ok, status } = await fetch(url);
  if (!ok || !body) throw new Error(`${url}: status ${status}`);
  return new Response(body.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
}
