import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { encodeJpeg, useCodecs } from '../src/engine/image/codecs';
import { decodePixels } from '../src/engine/image/decode';
import { readCodec } from '../src/engine/testing/codecs';
import type { Pixels } from '../src/engine/types';
import { expect, test } from './fixtures.ts';

const FOLDER = 'test-results/camera';
/** The fake camera shows 30 frames a second, again and again. */
const FRAMES_A_SCENE = 90;

const darker = ({ width, height, data }: Pixels): Pixels => ({
  width,
  height,
  data: data.map((value, i) => (i % 4 === 3 ? value : value * 0.3)),
});

/** The mean of 13 pixels along a row, then along a column. */
function blurred(pixels: Pixels): Pixels {
  const along = ({ width, height, data }: Pixels, step: number): Pixels => ({
    width,
    height,
    data: data.map((_, i) => {
      let sum = 0;
      for (let k = -6; k <= 6; k++) sum += data[i + k * step] ?? data[i] ?? 0;
      return sum / 13;
    }),
  });
  return along(along(pixels, 4), 4 * pixels.width);
}

/** A third of the size, in the middle of grey. */
function smaller({ width, height, data }: Pixels): Pixels {
  const small = new Uint8ClampedArray(data.length).fill(200);
  for (let y = 0; y < height; y += 3) {
    for (let x = 0; x < width; x += 3) {
      const to = (Math.floor((height + y) / 3) * width + Math.floor((width + x) / 3)) * 4;
      small.set(data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4), to);
    }
  }
  return { width, height, data: small };
}

const scenes: readonly { readonly hint: string; readonly change: (pixels: Pixels) => Pixels }[] = [
  { hint: 'Good. Hold still and take the photo.', change: (pixels) => pixels },
  { hint: 'Come closer.', change: smaller },
  { hint: 'More light on the face, please.', change: darker },
  { hint: 'Hold still: the picture is blurred.', change: blurred },
];

test.use({
  launchOptions: async ({ launchOptions }, use) => {
    useCodecs(readCodec);
    const portrait = await decodePixels(await readFile('public/samples/ptosis.jpg'), 'jpeg');
    const frames: Uint8Array[] = [];
    for (const { change } of scenes) {
      frames.push(...Array<Uint8Array>(FRAMES_A_SCENE).fill(await encodeJpeg(change(portrait))));
    }
    await mkdir(FOLDER, { recursive: true });
    await writeFile(`${FOLDER}/scenes.mjpeg`, Buffer.concat(frames));
    const fake = [
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${FOLDER}/scenes.mjpeg`,
    ];
    await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...fake] });
  },
});

test('the camera says what to change first, and when the picture is good', async ({ page, context, app }) => {
  await context.grantPermissions(['camera']);
  await app.start();
  await app.open('Protect');
  await page.getByRole('button', { name: 'Take a photo' }).click();
  for (const { hint } of scenes) {
    await expect(page.getByRole('status').getByText(hint)).toBeVisible();
  }
});
