import * as v from 'valibot';
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

const Size = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const Digest = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
/** A plain name: nothing that could lead outside `models/`. */
const FileName = v.pipe(v.string(), v.regex(/^[\w-]+(\.[\w-]+)+$/));
const Shapes = v.record(v.string(), v.array(Size));

const Entry = v.object({
  name: v.string(),
  version: v.string(),
  file: FileName,
  bytes: Size,
  sha256: Digest,
  sentBytes: v.exactOptional(Size),
  inputs: v.exactOptional(Shapes),
  outputs: v.exactOptional(Shapes),
  golden: v.exactOptional(FileName),
  threshold: v.exactOptional(v.number()),
});

const Described = v.object({
  version: v.literal(1),
  constants: Digest,
  models: v.pipe(
    v.array(Entry),
    v.check(
      (models) => new Set(models.map(({ name }) => name)).size === models.length,
      'a name is there twice',
    ),
  ),
});

/**
 * Reads `manifest.json`.
 *
 * @throws RofiError `model-corrupt` when a field is missing, of the wrong kind, or a name is there twice
 */
export function parseManifest(json: unknown): Manifest {
  const { success, output, issues } = v.safeParse(Described, json);
  if (success) return output;
  throw new RofiError('model-corrupt', `manifest: ${v.getDotPath(issues[0]) ?? ''} ${issues[0].message}`);
}
