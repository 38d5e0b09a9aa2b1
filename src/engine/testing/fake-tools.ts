import type { Tools } from '../tools';
import { readFaceMesh } from './fixtures';

/** Networks that do the obvious thing, so that a test sees what the engine does around them. */
export async function fakeTools(
  landmarks: Float32Array,
  changes: Partial<Tools['networks']> = {},
): Promise<Tools> {
  return {
    mesh: await readFaceMesh(),
    findFaces: () => [landmarks],
    findNear: () => landmarks,
    recognitionThreshold: 0.6,
    modelDigests: { protector: '0'.repeat(64) },
    networks: {
      milliseconds: 0,
      decodeVirtualIdentity: (key) =>
        Promise.resolve({
          texture: new Float32Array(3 * 128 * 128).fill(Math.sign(key[0] ?? 1) * 0.3),
          shape: new Float32Array(936),
        }),
      detectSigns: () => Promise.resolve({ scores: new Float32Array(1024) }),
      translateIdentity: (_, virtual) => Promise.resolve(virtual),
      restoreIdentity: (image) => Promise.resolve(image),
      embedFace: (image) => Promise.resolve(image.subarray(0, 128)),
      ...changes,
    },
  };
}
