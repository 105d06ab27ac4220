/** The app while its server is slow or away, seen from an open page, by itself and in a host: the same steps in both. */
import { expect, firstPanelDrawn, panels, test } from '../support/host';
import { places } from '../support/places';

test.describe.configure({ timeout: 240_000 });

const dashboardPath = '/observability/dashboards/opendatahub/model-training';

test.afterEach(({ consoleErrors, warnings }) => {
  // What these tests break is in the console; what they expect is on the page.
  consoleErrors.splice(0);
  warnings.splice(0);
});

for (const { name, open, openList, frameLives } of places) {
  test.describe(name, () => {
    test('the API takes 30 seconds: the page shows that it waits, the frame goes on, and the answer counts when it comes', async ({ page }) => {
      await page.route(/\/api\/v1\/dashboards$/, async (route) => {
        const response = await route.fetch();
        await new Promise((resolve) => setTimeout(resolve, 30_000));
        await route.fulfill({ response });
      });
      await open(page, 'scientist');
      await expect(page.getByTestId('catalog-loading')).toBeVisible();
      await frameLives(page);
      await expect(page.getByTestId('catalog-loading')).toBeVisible();
      await expect(page.getByTestId('dashboard-card').first()).toBeVisible({ timeout: 90_000 });
    });

    test('the API goes away while a dashboard is open: what is drawn stays, the page says so, and goes on by itself', async ({ page }) => {
      await open(page, 'scientist', `${dashboardPath}?refresh=0s`);
      await firstPanelDrawn(page);
      const figure = panels(page).first();
      await expect(page.getByTestId('panels-status')).toHaveText('Panels are up to date', { timeout: 60_000 });
      const before = await figure.getByTestId('panel-content').innerText();
      let isAway = true;
      await page.route(/\/api\//, (route) => (isAway ? route.abort() : route.continue()));
      await page.getByTestId('refresh-now').click();
      await expect(page.getByTestId('outage')).toBeVisible({ timeout: 60_000 });
      await expect(figure.getByTestId('data-age')).toContainText('old');
      expect(await figure.getByTestId('panel-content').innerText()).toBe(before);
      await frameLives(page);
      isAway = false;
      await expect(page.getByTestId('outage')).toBeHidden({ timeout: 90_000 });
    });

    test('a file of the code is missing: its place on the page says so, and is filled after trying again', async ({ page }) => {
      await openList(page, 'scientist');
      let missing = true;
      await page.route(/\/_next\/static\/chunks\/(?!remoteEntry|__federation).*\.js$/, (route) => (missing ? route.fulfill({ status: 404 }) : route.continue()));
      await page.getByTestId('dashboard-card').filter({ hasText: 'Model Training Metrics' }).getByRole('link').click();
      await expect(page.getByTestId('part-failed')).toContainText('could not be loaded', { timeout: 60_000 });
      await frameLives(page);
      missing = false;
      await page.getByTestId('part-retry').click();
      await firstPanelDrawn(page);
    });
  });
}
