import { InferenceSession, Tensor } from 'onnxruntime-node';
import { beforeAll, describe, expect, it } from 'vitest';
import { diskLibrary, nodeRuntime } from '../testing/runtime';
import { goldenError, goldenInputs, goldenTolerance, type Golden } from './golden';
import type { Runtime } from './runtime';

const library = diskLibrary();

describe.each(['virtual_identity', 'protector', 'restorer', 'sign_detector', 'recogniser'])('%s', (name) => {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await nodeRuntime(library);
  });

  it('reproduces its golden tensors and agrees with native ONNX Runtime', async () => {
    const { golden: file, inputs: shapes = {}, outputs: outputShapes = {} } = await library.entry(name);
    const golden = (await library.json(file!)) as Golden;
    const inputs = goldenInputs(golden, shapes);
    const outputs = await runtime.run(name, inputs);
    expect(goldenError(golden, outputs)).toBeLessThan(goldenTolerance);

    const native = await InferenceSession.create(await library.bytes(name));
    const feeds = Object.entries(shapes).map(
      ([input, shape]) => [input, new Tensor('float32', inputs[input]!, shape)] as const,
    );
    const expected = await native.run(Object.fromEntries(feeds));
    for (const [output, shape] of Object.entries(outputShapes)) {
      expect(expected[output]?.dims).toEqual(shape);
      expect(largestDifference(outputs[output]!, expected[output]!.data as Float32Array)).toBeLessThan(
        goldenTolerance,
      );
    }
  });
});

function largestDifference(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);
}
