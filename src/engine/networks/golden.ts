import * as v from 'valibot';
import { RofiError } from '../../errors';
import type { Shape } from '../models/manifest';
import type { Tensors } from './runtime';

/** Largest difference that counts as agreement, on every backend and in training's export. */
export const goldenTolerance = 1e-3;

/** Inputs given by a formula, and some of the outputs that the trained network makes of them. */
const Golden = v.object({
  /** A seed for the wave, or the mask. */
  inputs: v.record(
    v.string(),
    v.union([v.object({ seed: v.number() }), v.object({ mask: v.literal(true) })]),
  ),
  /** Pairs of flat index and value. */
  outputs: v.record(v.string(), v.object({ samples: v.array(v.tuple([v.number(), v.number()])) })),
});
export type Golden = v.InferOutput<typeof Golden>;

/** @throws RofiError `model-corrupt` */
export function parseGolden(json: unknown): Golden {
  const { success, output, issues } = v.safeParse(Golden, json);
  if (success) return output;
  throw new RofiError('model-corrupt', `golden file: ${issues[0].message}`);
}

/** The golden inputs: 0.5·sin(0.37·i + seed) over the flat index i, or 1 at every seventh place. */
export function goldenInputs(golden: Golden, shapes: Readonly<Record<string, Shape>>): Tensors {
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => {
      const spec = golden.inputs[name];
      if (!spec) throw new RofiError('model-corrupt', `golden file: no input ${name}`);
      const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
      for (let i = 0; i < values.length; i++) {
        values[i] = 'seed' in spec ? 0.5 * Math.sin(0.37 * i + spec.seed) : Number(i % 7 === 0);
      }
      return [name, values];
    }),
  );
}

/** Largest absolute difference between the outputs and the golden samples; Infinity when a value is no number. */
export function goldenError(golden: Golden, outputs: Tensors): number {
  let largest = 0;
  for (const [name, { samples }] of Object.entries(golden.outputs)) {
    for (const [index, expected] of samples) {
      const difference = Math.abs((outputs[name]?.[index] ?? NaN) - expected);
      largest = Math.max(largest, Number.isNaN(difference) ? Infinity : difference);
    }
  }
  return largest;
}
