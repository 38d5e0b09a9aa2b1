import { RofiError } from '../../errors';
import { recogniserNames, type RecogniserName } from '../api';
import { openSegmenter } from '../surroundings/segmenter';
import type { Recogniser } from '../checks/recognition';
import { LandmarkFinder } from '../landmarks/landmarks';
import { parseFaceMesh } from '../geometry/mesh';
import type { ModelLibrary } from '../models/library';
import type { Runtime } from '../networks/runtime';
import { Atlas } from '../people/atlas';
import { Visit } from '../people/visit';
import { Networks, type Tools } from '../tools';
import { Opened } from './opened';

/**
 * Gathers what jobs work with.
 *
 * @throws RofiError `model-missing`, `model-corrupt`, `webgl-missing`
 */
export async function openTools(
  library: ModelLibrary,
  runtime: Runtime,
  finder: LandmarkFinder,
  checkpoint: () => Promise<void>,
): Promise<Tools> {
  const { models } = await library.manifest();
  // Few photos want their background hidden.
  const segmenter = new Opened(async () => openSegmenter(await library.bytes('selfie_segmenter')));
  return {
    networks: new Networks(runtime, finder, checkpoint),
    mesh: parseFaceMesh(await library.bytes('face_mesh')),
    atlas: Atlas.parse(await library.bytes('people')),
    findFaces: (...photo) => finder.find(...photo),
    findNear: (...face) => finder.findNear(...face),
    findPeople: async (pixels) => (await segmenter.get())(pixels),
    visit: new Visit(),
    recognisers: await Promise.all(recogniserNames.map((name) => recogniser(name, library))),
    modelDigests: Object.fromEntries(models.map(({ name, sha256 }) => [name, sha256])),
  };
}

async function recogniser(name: RecogniserName, library: ModelLibrary): Promise<Recogniser> {
  const { threshold } = await library.entry(name);
  if (threshold !== undefined) return { name, threshold };
  throw new RofiError('model-corrupt', `${name} has no threshold`, { model: name });
}

export async function openFinder(library: ModelLibrary): Promise<LandmarkFinder> {
  return LandmarkFinder.open(await library.bytes('face_landmarker'));
}
