/** What assistive technology meets, checked by axe in the light and the dark theme. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

export async function expectAccessible(page: Page): Promise<void> {
  for (const dark of [false, true]) {
    await page.evaluate((on) => document.documentElement.classList.toggle('pf-v6-theme-dark', on), dark);
    // Colours on their way from one theme to the other are neither.
    await page.evaluate(() => Promise.allSettled(document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity).map(({ finished }) => finished)));
    const { violations } = await new AxeBuilder({ page }).withTags(wcag).analyze();
    expect(violations.map(({ id, nodes }) => ({ dark, id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
  }
  await page.evaluate(() => document.documentElement.classList.remove('pf-v6-theme-dark'));
}
