import { preview } from 'vite';
import { expect, portrait, test } from './fixtures.ts';

const PORT = 4176;

test.use({ baseURL: `http://localhost:${PORT}` });

test('after the first visit the page works with its server stopped', async ({ page, app }) => {
  const server = await preview({ preview: { port: PORT, strictPort: true } });
  try {
    await app.start();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.reload();
    await app.networksRun();
    await expect(page.getByText('Ready: page and models are kept on this device.')).toBeVisible();
  } finally {
    await server.close();
  }
  await page.reload();
  await app.choosePhoto(await portrait());
  await app.protect();
  await app.protected();
});
