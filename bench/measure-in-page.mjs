/**
 * Runs in the page: protects a photo twice in one worker whose models are already in the cache.
 *
 * @param {{ readonly worker: string, readonly photo: string }} job - the worker's address, the photo in base64
 */
export async function measureInPage({ worker: address, photo }) {
  const comlink = /** @type {{ Comlink: typeof import('comlink') }} */ (/** @type {unknown} */ (globalThis));
  const { wrap, proxy } = comlink.Comlink;
  const start = () => {
    const worker = new Worker(address, { type: 'module' });
    /** @type {import('comlink').Remote<import('../src/engine/api').EngineApi>} */
    const engine = wrap(worker);
    return { worker, engine };
  };
  const ignore = proxy(() => undefined);

  const filling = start();
  const report = await filling.engine.prepare(ignore);
  filling.worker.terminate();

  const { worker, engine } = start();
  const bytes = Uint8Array.from(atob(photo), (character) => character.charCodeAt(0));
  const runs = [];
  for (let run = 0; run < 2; run++) {
    const began = performance.now();
    const { photoId, faces, width, height } = await engine.inspect({ name: 'photo.jpg', bytes }, ignore);
    const options = {
      faces: faces.map(({ id }) => id),
      signThreshold: 0.5,
      keepBothEyes: false,
      output: {
        format: /** @type {const} */ ('png'),
        size: /** @type {const} */ ('original'),
        sealOriginal: true,
      },
    };
    const { timings, proof } = await engine.protect(photoId, options, ignore);
    const wall = performance.now() - began;
    runs.push({ wall, timings, draws: proof.draws, proof, size: `${width}×${height}` });
  }
  worker.terminate();
  return { report, runs };
}
