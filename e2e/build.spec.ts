import { readFile, stat } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { DIGESTS, filesOf, sha256 } from '../build/digests.ts';
import { productionHeaders } from '../security-headers.ts';
import { expect, test } from './fixtures.ts';
import { StaticHost } from './static-host.ts';

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

/** Everything the browser loads before the page shows: the document, its script, what that imports, styles. */
async function shellFiles(): Promise<Set<string>> {
  const chunks = JSON.parse(await readFile('dist/.vite/manifest.json', 'utf8')) as Record<string, Chunk>;
  const files = new Set(['index.html']);
  const visit = (chunk: Chunk | undefined): void => {
    if (!chunk || files.has(chunk.file)) return;
    files.add(chunk.file);
    chunk.css?.forEach((file) => files.add(file));
    chunk.imports?.forEach((name) => visit(chunks[name]));
  };
  Object.values(chunks)
    .filter((chunk) => chunk.isEntry)
    .forEach(visit);
  return files;
}

test('the page shell is at most 300 KB gzip', async () => {
  const files = await shellFiles();
  expect([...files].some((file) => file.endsWith('.js'))).toBe(true);
  let bytes = 0;
  for (const file of files) bytes += gzipSync(await readFile(`dist/${file}`)).length;
  console.log(`page shell: ${(bytes / 1024).toFixed(0)} KB gzip`);
  expect(bytes).toBeLessThanOrEqual(300 * 1024);
});

test('installed, the page takes photos and keys that are opened with it, and is no target that photos are posted to', async () => {
  const manifest = JSON.parse(await readFile('dist/manifest.webmanifest', 'utf8')) as {
    readonly file_handlers: readonly { readonly accept: Readonly<Record<string, readonly string[]>> }[];
    readonly icons: readonly { readonly src: string; readonly sizes: string; readonly purpose?: string }[];
  };
  expect(Object.keys(manifest)).not.toContain('share_target');
  const opened = manifest.file_handlers.flatMap(({ accept }) => Object.values(accept).flat());
  expect(opened).toEqual(expect.arrayContaining(['.rofikey', '.jpg', '.png']));
  for (const { src } of manifest.icons) expect((await stat(`dist/${src}`)).size, src).toBeGreaterThan(0);
  expect(manifest.icons.map(({ sizes }) => sizes)).toEqual(expect.arrayContaining(['192x192', '512x512']));
  expect(manifest.icons.some(({ purpose }) => purpose === 'maskable')).toBe(true);
});

test('no file is larger than hosts take, and the digest of each is beside them', async () => {
  const files = filesOf('dist').filter((file) => file !== DIGESTS);
  for (const file of files) expect((await stat(`dist/${file}`)).size, file).toBeLessThanOrEqual(24 * 2 ** 20);
  const listed = new Map(
    (await readFile(`dist/${DIGESTS}`, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => [line.slice(66), line.slice(0, 64)]),
  );
  expect([...listed.keys()]).toEqual(files);
  for (const [file, digest] of listed) expect(sha256(await readFile(`dist/${file}`)), file).toBe(digest);
});

test('no chunk imports the worker’s entry, which WebKit would run a second time', async () => {
  const scripts = filesOf('dist').filter((file) => /^assets\/.*\.js$/.test(file));
  expect(scripts.some((file) => /worker-/.test(file))).toBe(true);
  for (const file of scripts) {
    expect(await readFile(`dist/${file}`, 'utf8'), file).not.toMatch(/(?:from|import)\s*\(?["'`]\.\/worker-/);
  }
});

test.describe('from a host with Brotli', () => {
  const PORT = 4178;
  test.use({ baseURL: `http://localhost:${PORT}` });

  test('the first visit takes at most 40 MB, and the page says beforehand what it takes', async ({
    page,
    app,
    requests,
  }) => {
    const host = await StaticHost.start({ port: PORT, brotli: true });
    try {
      await page.goto('/#/about');
      const download = page.getByRole('button', { name: /^Set up/ });
      await expect(download).toBeVisible();
      await page.evaluate(() => navigator.serviceWorker.ready);
      const [, said] = /^Set up · ([\d.]+) MB$/.exec((await download.textContent()) ?? '') ?? [];
      const shell = host.sentBytes;
      await download.click();
      await app.networksRun();
      const [sent, after] = [host.sentBytes, (host.sentBytes - shell) / 1e6];
      console.log(`first visit: ${(sent / 1e6).toFixed(1)} MB, of that ${after.toFixed(1)} after consent`);
      expect(sent).toBeLessThanOrEqual(40e6);
      // The rest is what is too small to ask for.
      expect(Math.abs(after - Number(said))).toBeLessThan(0.5);

      // Nothing that this device and this job do not need.
      const needless = requests.since(0).filter((url) => /magick|jspi.*wasm|asyncify.*(wasm|gzip)/.test(url));
      expect(needless).toEqual([]);
    } finally {
      await host.stop();
    }
  });
});

test('nothing large comes before the person agrees', async ({ page, requests }) => {
  await page.goto('/');
  const kept = await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    const urls: string[] = [];
    for (const name of await caches.keys()) {
      urls.push(...(await (await caches.open(name)).keys()).map(({ url }) => url));
    }
    return urls;
  });
  expect(kept.length).toBeGreaterThan(0);
  const large = [...kept, ...requests.since(0)].filter((url) => /\.(wasm|gzip)(\?|$)/.test(url));
  expect(large).toEqual([]);
});

test('the page, its scripts and its models carry the security headers', async ({ request }) => {
  const scripts = [...(await shellFiles())].filter((file) => file.endsWith('.js'));
  const [model] = filesOf('dist/models').filter((file) => file.startsWith('face_landmarker'));
  for (const path of ['/', ...scripts, `/models/${model ?? ''}`]) {
    const response = await request.get(path);
    expect(response.status(), path).toBe(200);
    expect(response.headers(), path).toMatchObject(
      Object.fromEntries(
        Object.entries(productionHeaders).map(([name, value]) => [name.toLowerCase(), value]),
      ),
    );
  }
});

test('the build leaves the same headers for a static host', async () => {
  const text = await readFile('dist/_headers', 'utf8');
  for (const [name, value] of Object.entries(productionHeaders))
    expect(text).toContain(`  ${name}: ${value}\n`);
});

test('the page is isolated from other origins', async ({ page }) => {
  await page.goto('/');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});

test('the page carries its policy in itself, for hosts that send no headers', async () => {
  const html = await readFile('dist/index.html', 'utf8');
  const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
  expect(policy?.replaceAll('&#39;', "'").split('; ')).toEqual(
    productionHeaders['Content-Security-Policy']
      ?.split('; ')
      .filter((directive) => !directive.startsWith('frame-ancestors')),
  );
  // Before anything that it is to cover.
  expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<script'));
});

test.describe('under its policy', () => {
  test.use({ expected: ['TrustedHTML', 'https://example.org'] });

  test('no text becomes markup or a script, and no script comes from elsewhere', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByRole('button', { name: 'Choose a photo' })).toBeVisible();
    const outcomes = await page.evaluate(() => {
      // Code from texts cannot be tried from here: a debugger is allowed to.
      const attempts: Record<string, () => unknown> = {
        markup: () => (document.createElement('div').innerHTML = '<b>x</b>'),
        foreign: () => new Worker('https://example.org/x.js'),
      };
      return Object.entries(attempts).map(([name, attempt]) => {
        try {
          attempt();
          return `${name}: done`;
        } catch {
          return `${name}: refused`;
        }
      });
    });
    expect(outcomes).toEqual(['markup: refused', 'foreign: refused']);
  });
});
