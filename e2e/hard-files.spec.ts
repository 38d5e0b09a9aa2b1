import { expect } from './fixtures.ts';
import { test } from './prepared.ts';
import { makeFile, rows } from './hard-files/table.ts';

test('every hard file gives what it must', async ({ page, app }) => {
  await app.start();
  for (const row of rows) {
    await test.step(row.name, async () => {
      const { expected } = row;
      await app.choosePhoto({ name: `${row.name}.jpg`, mimeType: '', buffer: await makeFile(row) });
      if ('error' in expected) {
        await app.refuses(expected.error);
      } else {
        expect(await app.faceBoxes(), row.name).toHaveLength(expected.faces);
        const transform = await page.locator('figure svg > g[transform]').first().getAttribute('transform');
        const [across = 0, down = 0] = (transform?.match(/-?[\d.]+/g) ?? []).map(Number);
        const quarters = Math.round(Math.atan2(down, across) / (Math.PI / 2));
        expect((quarters + 4) % 4, row.name).toBe(expected.turn);
      }
      const startOver = page.getByRole('button', { name: 'Start over' });
      if (await startOver.isVisible()) await startOver.click();
    });
  }
});
