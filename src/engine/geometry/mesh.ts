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

/**
 * Reads `face_mesh.json`.
 *
 * @throws RofiError `model-corrupt` when a field is missing or of the wrong kind
 */
export function parseFaceMesh(bytes: Uint8Array): FaceMesh {
  const json = readJson(bytes);
  const eyes = object(json['eyes']);
  return {
    mean: Float32Array.from(list(json['mean']).flatMap((point) => numbers(point, 2))),
    triangles: Uint16Array.from(list(json['triangles']).flatMap((corners) => numbers(corners, 3))),
    oval: numbers(json['oval']),
    eyes: { right: numbers(eyes['right']), left: numbers(eyes['left']) },
  };
}

function readJson(bytes: Uint8Array): Record<string, unknown> {
  try {
    return object(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    throw cause instanceof RofiError ? cause : corrupt();
  }
}

function object(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw corrupt();
  return value as Record<string, unknown>;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw corrupt();
  return value;
}

function numbers(value: unknown, length?: number): readonly number[] {
  const values = list(value).map(number);
  if (length !== undefined && values.length !== length) throw corrupt();
  return values;
}

function number(value: unknown): number {
  if (typeof value !== 'number') throw corrupt();
  return value;
}

function corrupt(): RofiError {
  return new RofiError('model-corrupt', 'face_mesh.json', { model: 'face_mesh' });
}
