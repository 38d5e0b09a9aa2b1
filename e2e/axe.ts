import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** The rules whose outcome depends on how the device shows the page. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

const looks = [
  { colorScheme: 'light', forcedColors: 'none' },
  { colorScheme: 'dark', forcedColors: 'none' },
  { colorScheme: 'dark', forcedColors: 'active' },
] as const;

/** Whether everybody can use what is shown, in both appearances and in the system's forced colours. */
export async function axeFindsNothing(page: Page): Promise<void> {
  for (const [index, look] of looks.entries()) {
    await page.emulateMedia({ ...look, reducedMotion: 'reduce' });
    // Without frames of other origins it need not open a page of its own for its results.
    const axe = new AxeBuilder({ page }).setLegacyMode();
    const { violations } = await (index === 0 ? axe : axe.withRules(COLOURS)).analyze();
    expect(
      violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
      JSON.stringify(look),
    ).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null, forcedColors: null, reducedMotion: null });
}
