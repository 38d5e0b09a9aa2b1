import { RofiError } from '../errors';
import { LandmarkFinder } from './face/landmarks';
import { parseFaceMesh } from './face/mesh';
import type { ModelLibrary } from './models/library';
import type { Runtime } from './networks/runtime';
import { Atlas } from './people/atlas';
import { Networks, type Tools } from './tools';

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
  const { threshold } = await library.entry('recogniser');
  if (threshold === undefined) {
    throw new RofiError('model-corrupt', 'the recogniser has no threshold', { model: 'recogniser' });
  }
  const { models } = await library.manifest();
  return {
    networks: new Networks(runtime, finder, checkpoint),
    mesh: parseFaceMesh(await library.bytes('face_mesh')),
    atlas: Atlas.parse(await library.bytes('people')),
    findFaces: (pixels) => finder.find(pixels),
    findNear: (...face) => finder.findNear(...face),
    recognitionThreshold: threshold,
    modelDigests: Object.fromEntries(models.map(({ name, sha256 }) => [name, sha256])),
  };
}

export async function openFinder(library: ModelLibrary): Promise<LandmarkFinder> {
  return LandmarkFinder.open(await library.bytes('face_landmarker'));
}
