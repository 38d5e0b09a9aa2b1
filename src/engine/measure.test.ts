import { beforeAll, expect, it } from 'vitest';
import { eyeCentres } from './geometry/alignment';
import { encodeJpeg, useCodecs } from './image/codecs';
import { decodePhoto } from './image/decode';
import { shrinkTo } from './image/resize';
import { compareFaces } from './measure';
import { readCodec } from './testing/codecs';
import { fakeTools } from './testing/fake-tools';
import { samplePhoto } from './testing/photos';
import { diskLibrary, nodeRuntime } from './testing/runtime';
import landmarks from './testing/sample1-landmarks.json';
import { Networks } from './tools';
import type { Pixels } from './types';

beforeAll(() => useCodecs(readCodec));

/** As another day's photo: in the mirror, darker and warmer. */
function anotherTake({ width, height, data }: Pixels): Pixels {
  const light = [0.8, 0.7, 0.6, 1];
  const taken = data.map((_, i) => {
    const [x, channel] = [Math.floor(i / 4) % width, i % 4];
    return data[i + (width - 1 - 2 * x) * 4]! * light[channel]!;
  });
  return { width, height, data: taken };
}

it('every recogniser knows a person in a smaller, darker photo that is in the mirror', async () => {
  const networks = new Networks(nodeRuntime(diskLibrary()), { milliseconds: 0 });
  const tools = { ...(await fakeTools(new Float32Array())), networks };
  const file = await samplePhoto(1);
  const { pixels } = await decodePhoto(file);
  const eyes = eyeCentres(Float32Array.from(landmarks));

  const later = anotherTake(shrinkTo(pixels, pixels.width / 2));
  const scale = later.width / pixels.width;
  const mirrored = eyes.map(({ x, y }) => ({ x: (pixels.width - x) * scale, y: y * scale }));
  const recognitions = await compareFaces(
    { file, eyes },
    { file: { name: 'later.jpg', bytes: await encodeJpeg(later) }, eyes: [mirrored[1]!, mirrored[0]!] },
    tools,
  );
  expect(recognitions.map(({ recogniser }) => recogniser)).toEqual(['recogniser', 'mobilefacenet']);
  // A photo that is made anew stays well inside what two people keep.
  for (const { distance, threshold } of recognitions) expect(distance).toBeLessThan(0.7 * threshold);
});
