import { RofiError } from '../../errors';
import type { Shape } from '../models/manifest';
import type { Tensors } from './runtime';

/** Largest difference that counts as agreement, on every backend and in training's export. */
export const goldenTolerance = 1e-3;

/** Inputs given by a formula, and some of the outputs that the trained network makes of them. */
export interface Golden {
  /** A seed for the wave, or null for the mask. */
  readonly inputs: Readonly<Record<string, { readonly seed: number } | { readonly mask: true }>>;
  /** Pairs of flat index and value. */
  readonly outputs: Readonly<Record<string, { readonly samples: readonly (readonly [number, number])[] }>>;
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
