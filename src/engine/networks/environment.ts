import wasmGlueUrl from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasmBinaryUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import webgpuGlueUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import webgpuBinaryUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import type { Backend, Ort, RuntimeEnvironment } from './runtime';

/** More threads gain little on networks of this size and cost memory each. */
const maxThreads = 4;

/** What this worker's browser offers. */
export function browserEnvironment(): RuntimeEnvironment {
  return {
    gpu: 'gpu' in navigator ? navigator.gpu : undefined,
    crossOriginIsolated,
    // Threads share memory, which a page that is not isolated does not get.
    threads: crossOriginIsolated ? Math.min(navigator.hardwareConcurrency, maxThreads) : 1,
    loadOrt,
  };
}

/** ONNX Runtime as two builds: the one with WebGPU is twice as large, so it is loaded only where it may run. */
async function loadOrt(backend: Backend): Promise<Ort> {
  if (backend === 'webgpu') {
    const ort = await import('onnxruntime-web/webgpu');
    ort.env.wasm.wasmPaths = { mjs: webgpuGlueUrl, wasm: webgpuBinaryUrl };
    return ort;
  }
  const ort = await import('onnxruntime-web/wasm');
  ort.env.wasm.wasmPaths = { mjs: wasmGlueUrl, wasm: wasmBinaryUrl };
  return ort;
}
