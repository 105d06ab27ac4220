/** What visits to our pages and parts leave behind in a host, by Chromium's own count. */
import type { Page } from '@playwright/test';
import { countObjects, expect, firstPanelDrawn, openList, signInToHost, test, type Counts } from './support/host';

// A recording of the test keeps what the page was, in the page.
test.use({ trace: 'off', screenshot: 'off' });

const rounds = 50;

const megabytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
const describe = ({ heap, listeners, nodes }: Counts) => `${megabytes(heap)} MB, ${listeners} listeners, ${nodes} nodes`;

for (const { what, visit } of [
  {
    what: 'a dashboard',
    visit: async (page: Page) => {
      await openList(page);
      await page.getByTestId('dashboard-card').filter({ hasText: 'Model Training Metrics' }).getByRole('link').click();
      await firstPanelDrawn(page);
      await page.getByRole('link', { name: 'Home' }).click();
      await expect(page.getByTestId('dashboard-viewer')).toBeHidden();
    },
  },
  {
    what: "a project's summary",
    visit: async (page: Page) => {
      await page.getByRole('link', { name: 'Projects' }).click();
      await page.getByRole('link', { name: 'llm-research' }).click();
      await expect(page.getByTestId('figure-trainingJobs').getByTestId('figure-value')).toBeVisible();
      await page.getByRole('link', { name: 'Home' }).click();
      await expect(page.getByTestId('summary-panel')).toBeHidden();
    },
  },
]) {
  test(`${rounds} visits to ${what} leave heap, listeners and nodes where they were`, async ({ page }, { annotations }) => {
    test.setTimeout(900_000);
    await signInToHost(page, 'scientist');
    const session = await page.context().newCDPSession(page);
    // What is loaded and compiled once stays: code, styles, caches of React, ECharts and V8. They have settled by then.
    for (let warm = 0; warm < 15; warm += 1) await visit(page);
    const before = await countObjects(session);
    for (let round = 0; round < rounds; round += 1) await visit(page);
    const after = await countObjects(session);
    const figures = `${describe(before)} before, ${describe(after)} after`;
    annotations.push({ type: `${rounds} visits to ${what}`, description: figures });
    console.log(`${rounds} visits to ${what}: ${figures}`);
    expect.soft(after.heap, figures).toBeLessThan(before.heap * 1.1);
    expect.soft(after.listeners, figures).toBeLessThanOrEqual(Math.ceil(before.listeners * 1.1));
    expect.soft(after.nodes, figures).toBeLessThanOrEqual(Math.ceil(before.nodes * 1.1));
  });
}
