import { FRONT_SIDE } from '../networks/front';
import { Visit } from '../people/visit';
import type { Tools } from '../tools';
import { readAtlas, readFaceMesh } from './fixtures';

/** Networks that do the obvious thing, so that a test sees what the engine does around them. */
export async function fakeTools(
  landmarks: Float32Array,
  changes: Partial<Tools['networks']> = {},
): Promise<Tools> {
  return {
    mesh: await readFaceMesh(),
    atlas: await readAtlas(),
    findFaces: () => [landmarks],
    findNear: () => landmarks,
    findPeople: () => Promise.resolve({ width: 1, height: 1, shares: new Float32Array([1]) }),
    visit: new Visit(),
    recognisers: [
      { name: 'recogniser', threshold: 0.6 },
      { name: 'mobilefacenet', threshold: 1.2 },
    ],
    modelDigests: { protector: '0'.repeat(64) },
    networks: {
      milliseconds: 0,
      guessAttributes: () => Promise.resolve({ age: 40, male: 0.5 }),
      detectFaces: () => Promise.resolve([]),
      seeFront: () => Promise.resolve(new Float32Array(FRONT_SIDE ** 2)),
      detectSigns: () => Promise.resolve({ scores: new Float32Array(1024) }),
      translateIdentity: (_, virtual) => Promise.resolve(virtual),
      restoreIdentity: (image) => Promise.resolve(image.map((value) => -value)),
      embedFace: (name, image) => Promise.resolve(image.subarray(0, name === 'recogniser' ? 128 : 512)),
      ...changes,
    },
  };
}
