/** The host while the app is down, slow, or half there: the host's page lives, says what is the matter, and recovers. */
import type { Page } from '@playwright/test';
import { startHost } from './host/server/host';
import { expect, panels, signInToHost, test } from './support/host';
import { isDrawn } from './support/painted';
import { createLink } from './support/link';
import { appUrl, faultyHostSettings, faultyHostUrl, faultyLinkPort } from './support/stack';

// One host, whose link to the app is cut and mended in turn.
test.describe.configure({ mode: 'serial', timeout: 240_000 });

const dashboardPath = '/observability/dashboards/opendatahub/model-training';
const link = createLink(faultyLinkPort, appUrl);
let host: { close(): Promise<void> } | undefined;

test.beforeAll(async () => {
  host = await startHost(faultyHostSettings);
});
test.beforeEach(() => link.mend());
test.afterEach(({ consoleErrors, warnings }) => {
  // What these tests break is in the console; what they expect is on the page.
  consoleErrors.splice(0);
  warnings.splice(0);
  return link.cut();
});
test.afterAll(() => host?.close());

const hostLives = async (page: Page) => {
  await page.getByRole('link', { name: 'Projects' }).click();
  await expect(page.getByRole('heading', { name: 'Projects' })).toBeVisible();
};

test('the app is down when the host starts: the host works without it, and has it once it is back', async ({ page }) => {
  await link.cut();
  await signInToHost(page, 'scientist', '/', faultyHostUrl);
  await hostLives(page);
  await expect(page.getByRole('link', { name: 'Workload dashboards' })).toBeHidden();
  await link.mend();
  await page.reload();
  await page.getByRole('link', { name: 'Workload dashboards' }).click();
  await expect(page.getByTestId('dashboard-card').first()).toBeVisible();
});

test('the app goes away while a page is open: what is new says so, and comes back without loading the page anew', async ({ page }) => {
  await signInToHost(page, 'scientist', '/', faultyHostUrl);
  await page.evaluate(() => Object.assign(window, { stayed: true }));
  await link.cut();
  await page.getByRole('link', { name: 'Workload dashboards' }).click();
  await expect(page.getByTestId('part-failed')).toContainText('could not be loaded');
  await hostLives(page);
  await page.getByRole('link', { name: 'Workload dashboards' }).click();
  await expect(page.getByTestId('part-failed')).toBeVisible();
  await link.mend();
  await page.getByTestId('part-retry').click();
  await expect(page.getByTestId('dashboard-card').first()).toBeVisible();

  await link.cut();
  await page.getByTestId('dashboard-card').filter({ hasText: 'Model Training Metrics' }).getByRole('link').click();
  await expect(page.getByTestId('part-failed').or(page.getByTestId('error-state')).first()).toBeVisible();
  await link.mend();
  await expect(async () => {
    await page.getByTestId('part-retry').or(page.getByTestId('retry')).first().click({ timeout: 1_000 }).catch(() => undefined);
    expect(await isDrawn(panels(page).first())).toBe(true);
  }).toPass({ timeout: 120_000 });
  expect(await page.evaluate(() => 'stayed' in window)).toBe(true);
});

test('one chunk answers 404: its part says so, and is there after trying again', async ({ page }) => {
  await signInToHost(page, 'scientist', '/', faultyHostUrl);
  let missing = true;
  const chunks = /\/_mf\/odhObservability\/.*\/chunks\/(?!remoteEntry|__federation).*\.js$/;
  await page.route(chunks, (route) => (missing ? route.fulfill({ status: 404 }) : route.continue()));
  await page.getByRole('link', { name: 'Workload dashboards' }).click();
  await expect(page.getByTestId('part-failed')).toContainText('could not be loaded');
  await hostLives(page);
  missing = false;
  await page.getByRole('link', { name: 'Workload dashboards' }).click();
  const retry = page.getByTestId('part-retry');
  await expect(page.getByTestId('dashboard-card').first().or(retry)).toBeVisible();
  if (await retry.isVisible()) await retry.click();
  await expect(page.getByTestId('dashboard-card').first()).toBeVisible();
});

test('a session that the host has lost is said once, with a way back through the host', async ({ page, context }) => {
  await signInToHost(page, 'scientist', `${dashboardPath}?refresh=5s`, faultyHostUrl);
  await expect(panels(page).first()).toBeVisible();
  await context.clearCookies({ name: 'host-session' });
  await expect(page.getByTestId('session-expired')).toBeVisible();
  await page.getByTestId('sign-in-again').click();
  await page.waitForURL(`${faultyHostUrl}${dashboardPath}?refresh=5s`);
  await expect(page.getByTestId('dashboard-viewer')).toBeVisible();
});
