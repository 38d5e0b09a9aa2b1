import * as v from 'valibot';
import { RofiError } from '../../errors';

/** `face_mesh.json`: the frame in which textures are free of shape. */
export interface FaceMesh {
  /** Mean shape, 468 points, x and y interleaved, 0..1 of the crop. */
  readonly mean: Float32Array;
  /** Three landmark indices a triangle, in drawing order. */
  readonly triangles: Uint16Array;
  /** Landmark indices round the face. */
  readonly oval: readonly number[];
  /** Landmark indices round each eye opening, subject's right and left. */
  readonly eyes: { readonly right: readonly number[]; readonly left: readonly number[] };
}

const Indices = v.array(v.number());

const Mesh = v.object({
  mean: v.array(v.strictTuple([v.number(), v.number()])),
  triangles: v.array(v.strictTuple([v.number(), v.number(), v.number()])),
  oval: Indices,
  eyes: v.object({ right: Indices, left: Indices }),
});

/**
 * Reads `face_mesh.json`.
 *
 * @throws RofiError `model-corrupt` when a field is missing or of the wrong kind
 */
export function parseFaceMesh(bytes: Uint8Array): FaceMesh {
  const { mean, triangles, oval, eyes } = readMesh(bytes);
  return { mean: Float32Array.from(mean.flat()), triangles: Uint16Array.from(triangles.flat()), oval, eyes };
}

function readMesh(bytes: Uint8Array): v.InferOutput<typeof Mesh> {
  try {
    return v.parse(Mesh, JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    throw new RofiError('model-corrupt', 'face_mesh.json', { model: 'face_mesh' }, { cause });
  }
}
