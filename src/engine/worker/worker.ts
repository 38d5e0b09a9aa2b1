/** The worker's entry: answers the page's calls and keeps one inspected photo between them. */
import '../../trusted-types';
import { transfer } from 'comlink';
import { RofiError } from '../../errors';
import type { EngineApi, OnNews, Step } from '../api';
import { Cancellation } from './cancellation';
import { loadCodecs, loadDecoders, useCodecs } from '../image/codecs';
import { fetchCodec } from '../image/codecs.worker';
import {
  addPlacedFace,
  faceView,
  INSPECT_STEPS,
  inspectionOf,
  inspectPhoto,
  type InspectedPhoto,
} from '../inspect';
import { compareFaces, guideFrame, measureVisit } from '../measure';
import { ModelLibrary } from '../models/library';
import { Program } from '../models/program';
import { CacheStore } from '../models/store';
import { browserPlatform } from '../networks/environment';
import { Runtime } from '../networks/runtime';
import { Opened } from './opened';
import { paced } from './paced';
import { openFinder, openTools } from './open-tools';
import { PROTECT_STEPS, protectPhoto } from '../protect';
import { LastPhoto } from '../restoration/last-photo';
import { checkOriginal } from '../restoration/original';
import { decodeProtected, glance } from '../restoration/protected-picture';
import { decodePicture, restorePhoto, summarise } from '../restore';
import { serve } from './serve';
import { StepClock } from './step-clock';
import type { Pixels } from '../types';

const baseUrl = new URL(`${import.meta.env.BASE_URL}models/`, self.location.origin).href;
const library = new ModelLibrary(baseUrl, new CacheStore(globalThis.caches), fetch.bind(globalThis));

const program = new Program(globalThis.caches);
const platform = new Opened(browserPlatform);

const runtime = new Opened(async () => {
  const started = new Runtime(library, await platform.get());
  await started.openAll();
  return started;
});
const finder = new Opened(() => openFinder(library));
const cancellation = new Cancellation();
const tools = new Opened(async () =>
  openTools(library, await runtime.get(), await finder.get(), cancellation.check),
);

/** Opening the networks is a step like any other; it takes no time once they are open. */
async function begin(onNews: OnNews, steps: readonly Step[]) {
  onNews({ plan: ['load-networks', ...steps] });
  onNews({ step: 'load-networks' });
  const opened = await tools.get();
  return { opened, clock: new StepClock(onNews, opened.networks, cancellation.check) };
}

/** One photo at a time: a batch of any length needs no more memory than its largest photo. */
let inspected: InspectedPhoto | undefined;
const protectedPhoto = new LastPhoto(decodeProtected);

function kept(photoId: string): InspectedPhoto {
  if (inspected?.id !== photoId) throw new RofiError('worker-lost', 'the photo is no longer in this worker');
  return inspected;
}

const api: EngineApi = {
  async models() {
    const { build } = await platform.get();
    return [...(await library.list()), ...(await program.list(build, await library.compression()))];
  },

  async prepare(need, onProgress) {
    const { build } = await platform.get();
    const tell = paced(onProgress);
    await library.downloadAll(tell, need);
    await program.download(build, need, await library.compression(), tell);
    if (need === 'landmarks') {
      await Promise.all([finder.get(), loadCodecs()]);
      return null;
    }
    await Promise.all([tools.get(), loadCodecs()]);
    return (await runtime.get()).report;
  },

  async clearModels() {
    await library.clear();
    await program.clear();
  },

  async inspect(source, onNews) {
    inspected = undefined;
    protectedPhoto.forget();
    const { opened, clock } = await begin(onNews, INSPECT_STEPS);
    inspected = await inspectPhoto(source, opened, clock);
    const inspection = inspectionOf(inspected);
    return transfer(inspection, [inspection.preview.data.buffer]);
  },

  holds: (photoId) => inspected?.id === photoId,

  async placeFace(photoId, eyes) {
    const photo = await addPlacedFace(kept(photoId), eyes, await tools.get());
    inspected = photo;
    const placed = photo.faces.at(-1);
    if (placed === undefined) throw new RofiError('no-face');
    return faceView(placed);
  },

  async protect(photoId, options, onNews) {
    const photo = kept(photoId);
    const { opened, clock } = await begin(onNews, PROTECT_STEPS);
    const result = await protectPhoto(photo, options, opened, clock).catch((error: unknown) => {
      options.key?.fill(0);
      throw error;
    });
    const { file, preview, original, key } = result;
    // The key goes as well: nothing of it stays here.
    return transfer(result, [file.bytes.buffer, preview.data.buffer, original.data.buffer, key.buffer]);
  },

  async summarise(file) {
    // The original's is wanted next; whoever wants one that did not come asks again.
    loadDecoders().catch(() => undefined);
    return summarise(file);
  },

  async glance(file) {
    const seen = await glance(file, protectedPhoto.decode);
    return transfer(seen, buffersOf(seen.preview));
  },

  async picture(file) {
    const pixels = await decodePicture(file);
    return transfer(pixels, [pixels.data.buffer]);
  },

  async restore(file, key, options, onNews) {
    inspected = undefined;
    const openNetworks = () => {
      onNews({ step: 'load-networks' });
      return tools.get();
    };
    const clock = new StepClock(onNews, undefined, cancellation.check);
    const { decode } = protectedPhoto;
    const result = await restorePhoto(file, key, options, openNetworks, clock, decode).finally(() => {
      key.fill(0);
      protectedPhoto.forget();
    });
    const { preview = null, check } = result.pictures ?? {};
    const shown = buffersOf(preview, check?.protectedPreview ?? null);
    return transfer(result, [result.file.bytes.buffer, ...shown]);
  },

  async checkOriginal(file, key) {
    const check = await checkOriginal(file, key, protectedPhoto.decode).finally(() => {
      key.fill(0);
      protectedPhoto.forget();
    });
    return transfer(check, buffersOf(check.protectedPreview));
  },

  async measureLids(file) {
    const measures = await measureVisit(file, await finder.get());
    return transfer(measures, [measures.preview.data.buffer]);
  },

  compareFaces: async (one, other) => [...(await compareFaces(one, other, await tools.get()))],

  async guide(frame) {
    return guideFrame(frame, await finder.get());
  },

  cancel: () => cancellation.cancel(),
};

function buffersOf(...pictures: readonly (Pixels | null)[]): ArrayBufferLike[] {
  return pictures.flatMap((picture) => picture?.data.buffer ?? []);
}

useCodecs(fetchCodec);
serve(api, () => cancellation.begin());
