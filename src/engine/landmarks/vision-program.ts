/** MediaPipe's program, which the face landmarker and the segmenter run in, each in an instance of its own. */
import loaderUrl from '@mediapipe/tasks-vision/vision_wasm_module_internal.js?url';
import wasmUrl from '@mediapipe/tasks-vision/vision_wasm_module_internal.wasm?url';

/** Where a task finds its program. */
export async function visionProgram(): Promise<{ wasmLoaderPath: string; wasmBinaryPath: string }> {
  // A task takes the factory away, and a module that is imported again does not run again to put it back.
  const loader = (await import(/* @vite-ignore */ loaderUrl)) as { default: unknown };
  Object.assign(globalThis, { ModuleFactory: loader.default });
  return { wasmLoaderPath: loaderUrl, wasmBinaryPath: wasmUrl };
}
