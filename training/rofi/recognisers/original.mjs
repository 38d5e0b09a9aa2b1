// Embeddings by the original code: face-api.js for dlib's network, TensorFlow.js for faceres.
// usage: node original.mjs FACE_API_FOLDER HUMAN_FOLDER IN OUT
// IN: { dlib: [[150*150*3 RGB bytes]…], faceres: [[224*224*3]…] }; OUT: the same with embeddings.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [faceApi, human, input, output] = process.argv.slice(2);
globalThis.window = { document: {} }; // the bundle's TensorFlow.js only starts in what looks like a page
const { nets, tf } = await import(pathToFileURL(resolve(faceApi, 'dist/face-api.esm.js')).href);
await tf.setBackend('cpu');
await tf.ready();

const read = (...path) => Uint8Array.from(readFileSync(join(...path))).buffer;
const json = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'));
const chips = json(input);

const [{ weights }] = json(faceApi, 'model/face_recognition_model-weights_manifest.json');
const net = nets.faceRecognitionNet;
net.loadFromWeightMap(tf.io.decodeWeights(read(faceApi, 'model/face_recognition_model.bin'), weights));
const dlib = [];
for (const chip of chips.dlib) {
  const tensor = tf.tensor4d(Float32Array.from(chip), [1, 150, 150, 3]);
  dlib.push(Array.from(await net.computeFaceDescriptor(tensor)));
}

const { modelTopology, weightsManifest } = json(human, 'models/faceres.json');
const graph = await tf.loadGraphModel({
  load: async () => ({
    modelTopology,
    weightSpecs: weightsManifest[0].weights,
    weightData: read(human, 'models/faceres.bin'),
  }),
});
const faceres = [];
for (const chip of chips.faceres) {
  const bgr = tf.reverse(tf.tensor4d(Float32Array.from(chip), [1, 224, 224, 3]), 3);
  const features = graph.execute(tf.sub(bgr, [103.9, 116.8, 123.7]), 'global_pooling/Mean');
  faceres.push(Array.from(await features.data()));
}
writeFileSync(output, JSON.stringify({ dlib, faceres }));
