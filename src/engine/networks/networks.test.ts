import { beforeAll, describe, expect, it } from 'vitest';
import { diskLibrary, nodeRuntime } from '../testing/runtime';
import { goldenError, goldenInputs, goldenTolerance, parseGolden } from './golden';
import type { Runtime } from './runtime';

const library = diskLibrary();

const networks = [
  'attributes',
  'face_detector',
  'front',
  'protector',
  'restorer',
  'sign_detector',
  'recogniser',
  'mobilefacenet',
];

describe.each(networks)('%s', (name) => {
  let runtime: Runtime;
  beforeAll(() => {
    runtime = nodeRuntime(library);
  });

  it('reproduces what native ONNX Runtime gave when it was exported', async () => {
    const { golden: file, inputs: shapes = {}, outputs: outputShapes = {} } = await library.entry(name);
    const golden = parseGolden(await library.json(file!));
    const outputs = await runtime.run(name, goldenInputs(golden, shapes));
    expect(goldenError(golden, outputs)).toBeLessThan(goldenTolerance);
    for (const [output, shape] of Object.entries(outputShapes)) {
      expect(outputs[output]).toHaveLength(shape.reduce((product, size) => product * size, 1));
    }
  });
});
