/** How a person sets dashboards up for themselves: how much is shown, and what comes first in the list. */
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './support/accessible';
import { expect, signIn, test } from './support/fixtures';
import { picture } from './support/picture';

const training = '/observability/dashboards/opendatahub/model-training';

test.describe.configure({ timeout: 180_000 });

const panels = (page: Page): Locator => page.getByTestId('dashboard-panels').getByTestId('panel');

test('a new person sees the essential panels, and all of them on demand, from then on', async ({ page }) => {
  await signIn(page, 'scientist');
  await page.evaluate(() => localStorage.setItem('odh-observability:mode', '"new"'));
  await page.goto(`${training}?refresh=0s`);
  await expect(panels(page).first()).toBeVisible();
  const few = await panels(page).count();
  await expectAccessible(page);
  await picture(page, 'simple');
  await page.getByTestId('mode').getByRole('button', { name: 'All panels' }).click();
  await expect.poll(() => panels(page).count()).toBeGreaterThan(few);
  const all = await panels(page).count();
  await page.reload();
  await expect(panels(page)).toHaveCount(all);
  await page.getByTestId('mode').getByRole('button', { name: 'Simple' }).click();
  await expect(panels(page)).toHaveCount(few);
  // A link to one that is not among them shows it all the same.
  await page.goto(`${training}?viewPanelRef=${encodeURIComponent('{"ref":"epochDuration"}')}`);
  await expect(page.locator('[data-panel="epochDuration"]')).toBeVisible();
});

test('a dashboard explains how to read it, beside its panels', async ({ page }) => {
  await signIn(page, 'scientist', `${training}?refresh=0s`);
  await page.getByTestId('help-toggle').press('Enter');
  const help = page.getByTestId('dashboard-help');
  await expect(help).toContainText('Low utilization');
  await expect(help.getByRole('listitem').first()).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'how-to-read');
  await help.getByRole('button', { name: 'Close the explanation' }).press('Enter');
  await expect(help).toBeHidden();
  await expect(page.getByTestId('help-toggle')).toBeFocused();
});

test('the list begins with favourites, remembers what was opened, and is in the order of a role', async ({ page }) => {
  await signIn(page, 'mlops', `${training}?refresh=0s`);
  await expect(page.getByTestId('dashboard-title')).toBeVisible();
  await page.goto('/observability');
  await expect(page.getByTestId('recently-viewed').getByRole('link', { name: 'Model Training Metrics' })).toBeVisible();
  const headings = page.getByTestId('dashboard-category').getByRole('heading', { level: 2 });
  await expect(headings.first()).toHaveText('Model training');
  await page.getByTestId('catalog-role').click();
  await page.getByRole('option', { name: 'MLOps engineers' }).click();
  await expect(headings.first()).toHaveText('Model serving');
  await page.getByRole('button', { name: 'Favourite: Cost', exact: false }).click();
  await expect(page.getByTestId('favourites').getByTestId('dashboard-card')).toHaveCount(1);
  await expectAccessible(page);
  await picture(page, 'list');
  await page.reload();
  await expect(page.getByTestId('favourites').getByTestId('dashboard-card')).toHaveCount(1);
  await expect(headings.first()).toHaveText('Model serving');
  await page.getByTestId('catalog-category').click();
  await page.getByRole('option', { name: 'Pipelines' }).click();
  await expect(headings).toHaveText(['Pipelines']);
});
