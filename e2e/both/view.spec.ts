/** What a person chooses in a dashboard, kept in the address by Next's router and by a host's: the same steps in both. */
import { expect, panels, test } from '../support/host';
import { isDrawn } from '../support/painted';
import { places } from '../support/places';
import type { Locator, Page } from '@playwright/test';

test.describe.configure({ timeout: 240_000 });

const dashboardPath = '/observability/dashboards/opendatahub/model-training';

const lossOf = (page: Page): Locator => panels(page).filter({ hasText: 'Training loss' });
const expectDrawn = (within: Locator) => expect.poll(() => isDrawn(within), { timeout: 60_000 }).toBe(true);

for (const { name, open } of places) {
  test.describe(name, () => {
    test('what is chosen is in the address; back and forward step through it', async ({ page }) => {
      await open(page, 'scientist', dashboardPath);
      const loss = lossOf(page);
      await expectDrawn(loss);
      const search = () => new URL(page.url()).searchParams;

      await page.getByTestId('time-range').click();
      await page.getByRole('option', { name: 'Last 6 hours' }).click();
      await expect.poll(() => search().get('start')).toBe('6h');

      await page.getByTestId('variable-namespace').click();
      await page.getByRole('menuitem', { name: 'llm-research' }).click();
      await page.keyboard.press('Escape');
      await expect.poll(() => search().getAll('var-namespace')).toEqual(['llm-research']);

      await page.getByTestId('variable-job').click();
      await page.getByRole('menuitem', { name: 'llama-finetune' }).click();
      await page.getByRole('menuitem', { name: 'mistral-pretrain' }).click();
      await page.keyboard.press('Escape');
      await expect.poll(() => search().getAll('var-job')).toEqual(['llama-finetune', 'mistral-pretrain']);
      await expect(page.getByTestId('variable-job')).toHaveText('2 selected');
      await expectDrawn(loss);
      await expect(loss).toContainText('mistral-pretrain');
      await expect(loss).not.toContainText('resnet-sweep');
      const chosen = page.url();

      await page.goBack();
      await expect(page.getByTestId('variable-job')).toHaveText('llama-finetune');
      await page.goBack();
      await page.goBack();
      await expect(page.getByTestId('variable-namespace')).toHaveText('All');
      await expect(page.getByTestId('time-range')).toHaveText('Last 6 hours');
      await page.goBack();
      await expect(page.getByTestId('time-range')).toHaveText('Last 1 hour');
      for (let step = 0; step < 4; step += 1) await page.goForward();
      await expect(page.getByTestId('variable-job')).toHaveText('2 selected');
      expect(page.url()).toBe(chosen);
    });

    test('an expanded panel has an address of its own, and back leads out of it', async ({ page }) => {
      await open(page, 'scientist', dashboardPath);
      const loss = lossOf(page);
      await expectDrawn(loss);
      const size = await loss.boundingBox();
      await loss.getByTestId('panel-expand').click();
      await expect.poll(() => new URL(page.url()).searchParams.get('viewPanelRef')).toContain('"ref"');
      await expect.poll(async () => (await loss.boundingBox())?.width ?? 0).toBeGreaterThan(1.5 * (size?.width ?? 0));
      await page.reload();
      await expectDrawn(loss);
      expect((await loss.boundingBox())?.width).toBeGreaterThan(1.5 * (size?.width ?? 0));
      await page.goBack();
      await expect.poll(async () => (await loss.boundingBox())?.width).toBe(size?.width);
      expect(new URL(page.url()).searchParams.has('viewPanelRef')).toBe(false);
    });
  });
}
