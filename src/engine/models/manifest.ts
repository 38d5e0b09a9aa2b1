import { RofiError } from '../../errors';

/** A tensor's static shape, such as [1, 3, 256, 256]. */
export type Shape = readonly number[];

/** One file under `models/`, as `manifest.json` describes it. */
export interface ModelEntry {
  readonly name: string;
  readonly version: string;
  readonly file: string;
  readonly bytes: number;
  /** Lower-case hex SHA-256 of the file. */
  readonly sha256: string;
  /** In the build, where the file is gzipped: its length as it is. `bytes` and `sha256` are of what is in it. */
  readonly sentBytes?: number;
  /** Networks only: shapes by tensor name. */
  readonly inputs?: Readonly<Record<string, Shape>>;
  readonly outputs?: Readonly<Record<string, Shape>>;
  /** Networks only: the file with the golden tensors. */
  readonly golden?: string;
  /** Recognisers only: from this Euclidean distance on two faces are clearly two people. */
  readonly threshold?: number;
}

export interface Manifest {
  readonly version: 1;
  /** Lower-case hex SHA-256 of src/engine/constants.json, as the models were made with it. */
  readonly constants: string;
  readonly models: readonly ModelEntry[];
}

/**
 * Reads `manifest.json`.
 *
 * @throws RofiError `model-corrupt` when a field is missing, of the wrong kind, or a name is there twice
 */
export function parseManifest(json: unknown): Manifest {
  if (!isRecord(json) || json['version'] !== 1 || !Array.isArray(json['models'])) {
    throw new RofiError('model-corrupt', 'manifest: not version 1');
  }
  const models = json['models'].map(parseEntry);
  if (new Set(models.map((model) => model.name)).size !== models.length) {
    throw new RofiError('model-corrupt', 'manifest: a name is there twice');
  }
  const { constants } = json;
  if (!isDigest(constants)) throw new RofiError('model-corrupt', 'manifest: no digest of the constants');
  return { version: 1, constants, models };
}

function parseEntry(json: unknown): ModelEntry {
  if (!isRecord(json)) throw new RofiError('model-corrupt', 'manifest: an entry is not an object');
  const { name, version, file, bytes, sentBytes, sha256, inputs, outputs, golden, threshold } = json;
  if (
    typeof name !== 'string' ||
    typeof version !== 'string' ||
    !isFileName(file) ||
    !isSize(bytes) ||
    !isOptional(sentBytes, isSize) ||
    !isDigest(sha256) ||
    !isOptional(inputs, isShapes) ||
    !isOptional(outputs, isShapes) ||
    !isOptional(golden, isFileName) ||
    !isOptional(threshold, (value): value is number => typeof value === 'number')
  ) {
    throw new RofiError('model-corrupt', `manifest: bad entry ${JSON.stringify(name)}`);
  }
  return {
    name,
    version,
    file,
    bytes,
    sha256,
    ...(sentBytes !== undefined && { sentBytes }),
    ...(inputs && { inputs }),
    ...(outputs && { outputs }),
    ...(golden !== undefined && { golden }),
    ...(threshold !== undefined && { threshold }),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOptional<T>(value: unknown, is: (value: unknown) => value is T): value is T | undefined {
  return value === undefined || is(value);
}

function isDigest(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

/** A plain name: nothing that could lead outside `models/`. */
function isFileName(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]+(\.[\w-]+)+$/.test(value);
}

function isShapes(value: unknown): value is Record<string, Shape> {
  return isRecord(value) && Object.values(value).every(isShape);
}

function isShape(value: unknown): value is Shape {
  return Array.isArray(value) && value.every(isSize);
}
