/** How a person sets dashboards up for themselves: how much is shown, in which times, and what comes first in the list. */
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './support/accessible';
import { expect, signIn, test } from './support/fixtures';
import { picture } from './support/picture';

const training = '/observability/dashboards/opendatahub/model-training';

test.describe.configure({ timeout: 180_000 });

const panels = (page: Page): Locator => page.getByTestId('dashboard-panels').getByTestId('panel');
const search = (page: Page): URLSearchParams => new URL(page.url()).searchParams;
const length = (page: Page): number => Number(search(page).get('end')) - Number(search(page).get('start'));

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
  await help.getByRole('button', { name: 'Close the explanation' }).press('Enter');
  await expect(help).toBeHidden();
  await expect(page.getByTestId('help-toggle')).toBeFocused();
});

test('the time range moves by a half, zooms out, and can be told in UTC; back undoes each step', async ({ page }) => {
  await signIn(page, 'scientist', `${training}?start=1h&refresh=0s`);
  await page.getByTestId('time-earlier').click();
  await expect.poll(() => length(page)).toBe(3_600_000);
  const earlier = Number(search(page).get('start'));
  await page.getByTestId('time-later').click();
  await expect.poll(() => Number(search(page).get('start'))).toBe(earlier + 1_800_000);
  await page.getByTestId('time-zoom-out').click();
  await expect.poll(() => length(page)).toBe(7_200_000);
  await page.goBack();
  await page.goBack();
  await expect.poll(() => Number(search(page).get('start'))).toBe(earlier);
  await page.goBack();
  await expect(page.getByTestId('time-range')).toHaveText('Last 1 hour');

  await page.getByTestId('time-range').click();
  await page.getByRole('option', { name: 'Custom range…' }).click();
  const dialog = page.getByTestId('custom-time-range');
  await dialog.getByRole('button', { name: 'UTC', exact: true }).click();
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  for (const [end, time] of [['From', '10:00'], ['To', '11:30']] as const) {
    await dialog.getByRole('textbox', { name: `${end}: date` }).fill(yesterday);
    await dialog.getByLabel(`${end}: time`).fill(time);
  }
  await dialog.getByRole('button', { name: 'From: calendar' }).click();
  await expectAccessible(page);
  await picture(page, 'custom-range');
  await dialog.getByRole('button', { name: 'From: calendar' }).click();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect.poll(() => Number(search(page).get('start'))).toBe(Date.parse(`${yesterday}T10:00:00Z`));
  expect(length(page)).toBe(5_400_000);
  await expect(page.getByTestId('time-range')).toContainText(/10:00.*11:30.*UTC/);
});

test('a hidden page does not refresh, and does at once when it is looked at again', async ({ page }) => {
  await signIn(page, 'scientist', `${training}?refresh=5s`);
  await expect(page.getByTestId('panel-content').first()).toBeVisible({ timeout: 60_000 });
  const setVisible = (state: 'hidden' | 'visible') =>
    page.evaluate((to) => {
      Object.defineProperty(document, 'visibilityState', { value: to, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await setVisible('hidden');
  // What was asked before may still be answered.
  await expect(page.getByTestId('panels-status')).toHaveText('Panels are up to date', { timeout: 60_000 });
  let asked = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/query_range')) asked += 1;
  });
  // Longer than its interval: there is nothing to wait for when nothing is to happen.
  await page.waitForTimeout(7_000);
  expect(asked).toBe(0);
  await setVisible('visible');
  await expect.poll(() => asked).toBeGreaterThan(0);
});

test('the list begins with favourites, remembers what was opened, and is in the order of a role', async ({ page }) => {
  await signIn(page, 'mlops', `${training}?refresh=0s`);
  await expect(page.getByTestId('dashboard-title')).toBeVisible();
  await page.goto('/observability');
  // A first visit, by keyboard: three steps over nothing, which do not come back.
  const steps = page.getByTestId('first-steps');
  await expect(steps).toContainText('Step 1 of 3');
  await expectAccessible(page);
  await steps.getByRole('button', { name: 'Next' }).press('Enter');
  await expect(steps).toContainText('Step 2 of 3');
  await page.keyboard.press('Escape');
  await expect(steps).toBeHidden();
  await page.reload();
  await expect(page.getByTestId('dashboard-card').first()).toBeVisible({ timeout: 60_000 });
  await expect(steps).toBeHidden();
  await expect(page.getByTestId('recently-viewed').getByRole('link', { name: 'Model Training Metrics' })).toBeVisible();
  const headings = page.getByTestId('dashboard-category').getByRole('heading', { level: 2 });
  await expect(headings.first()).toHaveText('Model serving');
  await page.getByTestId('catalog-role').click();
  await page.getByRole('option', { name: 'Data scientists' }).click();
  await expect(headings.first()).toHaveText('Model training');
  await page.getByRole('button', { name: 'Favourite: Cost', exact: false }).click();
  await expect(page.getByTestId('favourites').getByTestId('dashboard-card')).toHaveCount(1);
  await expectAccessible(page);
  await picture(page, 'list');
  await page.reload();
  await expect(page.getByTestId('favourites').getByTestId('dashboard-card')).toHaveCount(1);
  await expect(headings.first()).toHaveText('Model training');
  await page.getByTestId('catalog-category').click();
  await page.getByRole('option', { name: 'Pipelines' }).click();
  await expect(headings).toHaveText(['Pipelines']);
  await page.getByTestId('catalog-tag').click();
  await page.getByRole('option', { name: 'gpu' }).click();
  await expect(page.getByTestId('catalog-no-match')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await expect(headings.first()).toHaveText('Model training');
});
