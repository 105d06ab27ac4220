/** What visits to our pages leave behind in a host, by Chromium's own count. */
import { countObjects, expect, firstPanelDrawn, openList, signInToHost, test } from './support/host';

// A recording of the test keeps what the page was, in the page.
test.use({ trace: 'off', screenshot: 'off' });

test('50 visits to a dashboard leave heap, listeners and nodes where they were', async ({ page }) => {
  test.setTimeout(900_000);
  await signInToHost(page, 'scientist');
  const visit = async () => {
    await openList(page);
    await page.getByTestId('dashboard-card').filter({ hasText: 'Model Training Metrics' }).getByRole('link').click();
    await firstPanelDrawn(page);
    await page.getByRole('link', { name: 'Home' }).click();
    await expect(page.getByTestId('dashboard-viewer')).toBeHidden();
  };
  const session = await page.context().newCDPSession(page);
  // What is loaded once stays: code, styles, caches of React and ECharts.
  for (let warm = 0; warm < 5; warm += 1) await visit();
  const before = await countObjects(session);
  for (let round = 0; round < 50; round += 1) await visit();
  const after = await countObjects(session);
  expect.soft(after.heap, `heap before ${before.heap}`).toBeLessThan(before.heap * 1.1);
  expect.soft(after.listeners, `listeners before ${before.listeners}`).toBeLessThanOrEqual(Math.ceil(before.listeners * 1.1));
  expect.soft(after.nodes, `nodes before ${before.nodes}`).toBeLessThanOrEqual(Math.ceil(before.nodes * 1.1));
});
