import { beforeAll, expect, it } from 'vitest';
import { sharedArea } from '../geometry/box';
import { useCodecs } from '../image/codecs';
import { decodePhoto } from '../image/decode';
import { readCodec } from '../testing/codecs';
import { drawPixels, samplePhoto } from '../testing/photos';
import { diskLibrary, nodeRuntime } from '../testing/runtime';
import { detectFaces } from './face-detector';
import type { Runtime } from './runtime';

let runtime: Runtime;
beforeAll(() => {
  useCodecs(readCodec);
  runtime = nodeRuntime(diskLibrary());
});

it('finds three women, the last of them from the side', async () => {
  const { pixels } = await decodePhoto(await samplePhoto(2));
  const found = await detectFaces(runtime, pixels);
  const women = [
    { x: 1440, y: 165, width: 205, height: 225 },
    { x: 365, y: 125, width: 165, height: 290 },
    { x: 890, y: 225, width: 168, height: 235 },
  ];
  expect(found).toHaveLength(women.length);
  for (const woman of women)
    expect(Math.max(...found.map((box) => sharedArea(box, woman)))).toBeGreaterThan(0.8);
});

it('finds nobody in an even picture, however it is shaped', async () => {
  for (const [width, height] of [
    [64, 64],
    [1000, 40],
    [1, 800],
  ] as const) {
    expect(
      await detectFaces(
        runtime,
        drawPixels(width, height, () => [90, 120, 150]),
      ),
    ).toEqual([]);
  }
});
