/**
 * `npm run bench:survival [-- PHOTO…]`: what comes back after a protected file has been changed, in a real browser on the
 * production build. Prints a table: the very bytes, or what the networks rebuilt and how close it is, and how long it took.
 */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { useCodecs } from '../src/engine/image/codecs';
import { readCodec } from '../src/engine/testing/codecs';
import { readRecord } from '../src/record/record';
import { extractRecord } from '../src/record/container';
import { withBuiltPage } from './browser';
import { FaceComparer, type Closeness } from './closeness';
import type { Protection, Resave, Resaved, Restoration } from './page-bench';

const DEMO = 'node_modules/@vladmandic/face-api/demo';
const PHOTOS = [
  `${DEMO}/sample1.jpg`,
  `${DEMO}/sample2.jpg`,
  `${DEMO}/sample3.jpg`,
  'public/samples/nodule.jpg',
  'public/samples/ptosis.jpg',
  'public/samples/redness.jpg',
  'public/samples/strabismus.jpg',
];

interface Change {
  readonly name: string;
  readonly mode?: 'neural';
  readonly resave?: Resave;
  /** To be opened with a key that opens nothing. */
  readonly wrongKey?: true;
}

const CHANGES: readonly Change[] = [
  { name: 'untouched' },
  { name: 'untouched, from the pixels on request', mode: 'neural' },
  { name: 'metadata stripped', resave: { type: 'image/png' } },
  { name: '… and opened with another key', resave: { type: 'image/png' }, wrongKey: true },
  { name: 'saved as JPEG 95', resave: { type: 'image/jpeg', quality: 0.95 } },
  { name: 'saved as JPEG 85', resave: { type: 'image/jpeg', quality: 0.85 } },
  { name: 'saved as JPEG 75', resave: { type: 'image/jpeg', quality: 0.75 } },
  {
    name: 'sent by a messenger (1,600 px, JPEG 80)',
    resave: { type: 'image/jpeg', quality: 0.8, longest: 1600 },
  },
  { name: 'cropped by 10 % each side', resave: { type: 'image/png', crop: 0.1 } },
  { name: 'turned by 2°', resave: { type: 'image/png', turn: 2 } },
  { name: 'resized to 50 %', resave: { type: 'image/png', scale: 0.5 } },
  { name: 'resized to 75 %', resave: { type: 'image/png', scale: 0.75 } },
  { name: 'brighter by 10 %', resave: { type: 'image/png', filter: 'brightness(1.1)' } },
  { name: 'paler by 30 %', resave: { type: 'image/png', filter: 'saturate(0.7)' } },
  { name: 'screenshot at 125 %', resave: { type: 'image/png', scale: 1.25 } },
];

/** What came back of one photo. */
interface Outcome {
  readonly exact: boolean;
  readonly error: string | null;
  readonly faces: readonly Closeness[];
  readonly seconds: number;
}

const OTHER_KEY = randomBytes(32).toString('base64');
const IN_PLACE = { a: 1, b: 0, tx: 0, ty: 0 };

/** @param args - photographs to take instead of the project's seven */
export async function measure(args: readonly string[]): Promise<void> {
  useCodecs(readCodec);
  const comparer = await FaceComparer.open();
  await withBuiltPage(async ({ page, worker }) => {
    await page.evaluate((address) => bench.open(address), worker);
    const outcomes = new Map(CHANGES.map(({ name }) => [name, new Array<Outcome>()]));
    for (const path of args.length > 0 ? args : PHOTOS) {
      console.error(path);
      const photo = await readFile(path);
      const made = await page.evaluate((bytes) => bench.protect(bytes), photo.toString('base64'));
      for (const { name, mode = 'auto', resave, wrongKey } of CHANGES) {
        const changed = resave
          ? await page.evaluate(([file, how]) => bench.resave(file, how), [made.file, resave] as const)
          : { file: made.file, toOld: IN_PLACE };
        const restored = await page.evaluate(([file, key, how]) => bench.restore(file, key, how), [
          changed.file,
          wrongKey ? OTHER_KEY : made.key,
          mode,
        ] as const);
        outcomes.get(name)?.push(await judge(photo, made, changed, restored, comparer));
      }
    }
    print(outcomes, comparer.threshold);
  });
}

async function judge(
  photo: Buffer,
  made: Protection,
  changed: Resaved,
  restored: Restoration,
  comparer: FaceComparer,
): Promise<Outcome> {
  const seconds = restored.milliseconds / 1000;
  if ('error' in restored) return { exact: false, error: restored.error, faces: [], seconds };
  const bytes = Buffer.from(restored.file, 'base64');
  if (restored.method === 'exact') return { exact: bytes.equals(photo), error: null, faces: [], seconds };
  const { faces } = await readRecord(extractRecord(Buffer.from(made.file, 'base64')));
  const compared = await comparer.compare(photo, bytes, faces, changed.toOld);
  return { exact: false, error: null, faces: compared, seconds };
}

function print(outcomes: ReadonlyMap<string, readonly Outcome[]>, threshold: number): void {
  const table = [
    [
      'What happened to the file',
      'Exact original',
      'Rebuilt',
      'Similarity',
      'Distance',
      'Same person',
      'Seconds',
      'Errors',
    ],
    Array.from({ length: 8 }, () => '---'),
  ];
  for (const [name, photos] of outcomes) {
    const faces = photos.flatMap((outcome) => outcome.faces);
    const errors = [...new Set(photos.flatMap(({ error }) => error ?? []))];
    const count = photos.length;
    const same = faces.filter(({ distance }) => distance < threshold).length;
    table.push([
      name,
      `${photos.filter(({ exact }) => exact).length} of ${count}`,
      `${photos.filter((outcome) => outcome.faces.length > 0).length} of ${count}`,
      spread(
        faces.map(({ ssim }) => ssim),
        Math.min,
      ),
      spread(
        faces.map(({ distance }) => distance),
        Math.max,
      ),
      faces.length > 0 ? `${same} of ${faces.length}` : '–',
      spread(
        photos.map(({ seconds }) => seconds),
        Math.max,
      ),
      errors.join(', ') || '–',
    ]);
  }
  for (const row of table) console.log(`| ${row.join(' | ')} |`);
  console.log(
    `\nSimilarity: SSIM inside the face's oval, mean (worst). Distance: the recogniser's between restored and original` +
      ` face, mean (worst); below ${threshold} they are the same person to it. Seconds: a whole photo, mean (worst).`,
  );
}

function spread(values: readonly number[], worst: (...values: number[]) => number): string {
  if (values.length === 0) return '–';
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return `${mean.toFixed(3)} (${worst(...values).toFixed(3)})`;
}
