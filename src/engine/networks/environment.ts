import { buildFor, loadBuild, type OrtBuild } from './builds';
import { probeGpu, type WithoutGpu } from './gpu';
import type { RuntimeEnvironment } from './runtime';

/** More threads gain little on networks of this size and cost memory each. */
const maxThreads = 4;

/** What this worker's browser offers, and the build of ONNX Runtime for it. */
export interface Platform extends RuntimeEnvironment {
  readonly build: OrtBuild;
}

/** A measurement names the backend in the worker's address: `?backend=webgpu`. */
export async function browserPlatform(): Promise<Platform> {
  const asked = new URLSearchParams(self.location.search).get('backend');
  const withoutGpu: WithoutGpu | null =
    asked === 'wasm' ? 'not-asked' : await probeGpu(navigator, asked === 'webgpu');
  const build = buildFor(withoutGpu === null);
  return {
    build,
    withoutGpu,
    compares: asked === null,
    crossOriginIsolated,
    // Threads share memory, which a page that is not isolated does not get.
    threads: crossOriginIsolated ? Math.min(navigator.hardwareConcurrency, maxThreads) : 1,
    loadOrt: (withGpu) => loadBuild(withGpu ? build : buildFor(false)),
  };
}
