import { readFile } from 'node:fs/promises';
import * as ort from 'onnxruntime-web/wasm';
import type { Fetch } from '../models/download';
import { ModelLibrary } from '../models/library';
import { MemoryStore } from '../models/store';
import { Runtime } from '../networks/runtime';

const modelsFolder = new URL('../../../public/models/', import.meta.url);

const fromDisk: Fetch = async (url) => new Response(await readFile(new URL(url)));

/** The project's own models, read from public/models through the same checks as on the page. */
export function diskLibrary(): ModelLibrary {
  return new ModelLibrary(modelsFolder.href, new MemoryStore(), fromDisk);
}

/** The networks in wasm on one thread, as far as Node goes; sessions open when first run. */
export function nodeRuntime(library: ModelLibrary = diskLibrary()): Runtime {
  const environment = {
    withoutGpu: 'no-adapter',
    compares: false,
    crossOriginIsolated: false,
    threads: 1,
    loadOrt: () => Promise.resolve(ort),
  } as const;
  return new Runtime(library, environment);
}
