/** What a dashboard shows when there is nothing to show, or not yet, or no longer: reached for real. */
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './support/accessible';
import { expect, signIn, test } from './support/fixtures';
import { createLink } from './support/link';
import { picture } from './support/picture';
import { startSecondApp } from './support/second-app';
import { outageAppPort, outageLinkPort, prometheusUrl } from './support/stack';

const training = '/observability/dashboards/opendatahub/model-training';

test.describe.configure({ timeout: 420_000 });

const panels = (page: Page): Locator => page.getByTestId('dashboard-panels').getByTestId('panel');

/** Waits until the panels in view are drawn. */
async function settled(page: Page): Promise<void> {
  await expect(page.getByTestId('panel-content').first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByTestId('panel-loading')).toHaveCount(0, { timeout: 60_000 });
}

test.describe('the metrics backend goes away', () => {
  test.describe.configure({ mode: 'serial' });
  const link = createLink(outageLinkPort, prometheusUrl);
  let app: Awaited<ReturnType<typeof startSecondApp>> | undefined;

  test.beforeAll(async () => {
    app = await startSecondApp({ type: 'none' }, { port: outageAppPort, backend: `http://127.0.0.1:${outageLinkPort}` });
  });
  test.beforeEach(() => link.mend());
  test.afterEach(({ consoleErrors }) => {
    // The browser reports each answer that these tests made fail.
    consoleErrors.splice(0);
    return link.cut();
  });
  test.afterAll(() => app?.stop());

  test('panels keep their last data with its age, the page says when it tries again, and all recovers by itself', async ({ page }) => {
    await signIn(page, 'scientist');
    await page.goto(`${app?.url ?? ''}${training}?refresh=0s`);
    await settled(page);
    const figure = panels(page).first();
    const before = await figure.getByTestId('panel-content').innerText();

    await link.cut();
    await page.getByTestId('refresh-now').click();
    const outage = page.getByTestId('outage');
    await expect(outage).toContainText('The metrics backend does not answer', { timeout: 60_000 });
    await expect(outage).toContainText(/Next try at \d/);
    await expect(figure.getByTestId('data-age')).toContainText(/\d+ (sec|min) old/);
    expect(await figure.getByTestId('panel-content').innerText()).toBe(before);
    await expect(page.getByTestId('panel-error')).toHaveCount(0);
    await expectAccessible(page);
    await picture(outage, 'outage');

    // A view that was not seen before has nothing to keep: its panels say what happened, one by one.
    await page.getByTestId('time-range').click();
    await page.getByRole('option', { name: 'Last 15 minutes' }).click();
    await expect(panels(page).first().getByTestId('panel-error')).toContainText('Metrics unavailable', { timeout: 60_000 });
    await expect(panels(page).first().getByTestId('panel-retry')).toBeVisible();
    await expectAccessible(page);
    await picture(panels(page).first(), 'panel-error');

    await link.mend();
    // Nobody touches anything.
    // After several tries the next one comes after a minute.
    await expect(outage).toBeHidden({ timeout: 180_000 });
    await expect(page.getByTestId('data-age')).toHaveCount(0, { timeout: 60_000 });
    await settled(page);
  });

  test('a backend that is down from the start is tried again at once on demand', async ({ page }) => {
    await signIn(page, 'scientist');
    await link.cut();
    await page.goto(`${app?.url ?? ''}${training}?refresh=0s`);
    await expect(page.getByTestId('outage')).toBeVisible({ timeout: 60_000 });
    await expect(page.getByTestId('panels-status')).toContainText('does not answer', { timeout: 30_000 });
    await link.mend();
    await page.getByTestId('outage-retry').click();
    await expect(page.getByTestId('outage')).toBeHidden({ timeout: 60_000 });
    await settled(page);
  });
});

test('a refresh leaves what is drawn in place', async ({ page }) => {
  await signIn(page, 'scientist', `${training}?refresh=0s`);
  await settled(page);
  // Those in view have asked for their data, and no others.
  expect(await page.getByTestId('panel-content').count()).toBeLessThan(await panels(page).count());
  // A panel that is loading shows this, however briefly.
  await page.evaluate(() => {
    new MutationObserver(() => {
      if (document.querySelector('[data-testid="panel-loading"]') !== null) document.body.dataset['flickered'] = 'yes';
    }).observe(document.body, { childList: true, subtree: true });
  });
  const answered = page.waitForResponse((response) => response.url().endsWith('/query_range'));
  await page.getByTestId('refresh-now').click();
  await answered;
  await expect(page.getByTestId('panels-status')).toHaveText('Panels are up to date', { timeout: 60_000 });
  expect(await page.evaluate(() => document.body.dataset['flickered'])).toBeUndefined();
});

test('a slow panel says what it waits for, and the waiting can be stopped', async ({ page }) => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  // Answers are held back on their way, as a slow network does; the server and what it says are real.
  await page.route('**/query_range', async (route) => {
    await held;
    await route.continue();
  });
  await signIn(page, 'scientist', `${training}?refresh=0s`);
  const figure = panels(page).first();
  await expect(figure.getByTestId('panel-slow')).toContainText('Waiting for the answer', { timeout: 60_000 });
  await expectAccessible(page);
  await picture(figure, 'slow');
  // By keyboard: the buttons go away with what they end, and the focus stays with the panel.
  await figure.getByRole('button', { name: 'Stop waiting' }).press('Enter');
  await expect(figure.getByTestId('panel-cancelled')).toBeVisible();
  await expect(figure).toBeFocused();
  release();
  await figure.getByRole('button', { name: 'Load it' }).press('Enter');
  await expect(figure).toBeFocused();
  await expect(figure.getByTestId('panel-content')).toBeVisible({ timeout: 60_000 });
});
