/**
 * The MLOps engineer's question, "why did the latency of bert-v2 rise?", followed to its cause as docs/walkthroughs.md tells
 * it: with the clicks that are counted there, and with what is to be read on the page.
 */
import type { Locator, Page } from '@playwright/test';
import { expect, signIn, test } from '../support/fixtures';
import { people, person } from '../support/person';
import { promisedClicks } from '../support/walkthroughs';

/** Panels draw when they come into view: a page on which all of them are. */
const tall = { width: 1440, height: 3300 };

const panel = (page: Page, title: string): Locator => page.getByTestId('dashboard-panels').getByTestId('panel').filter({ hasText: title });

/** The cells of a table's or legend's row, without its checkbox. */
async function cells(within: Locator, row: string | RegExp): Promise<string[]> {
  const line = within.getByRole('row').filter({ hasText: row }).first();
  await expect(line).toBeVisible({ timeout: 60_000 });
  return (await line.getByRole('cell').allInnerTexts()).map((text) => text.trim()).filter((text) => text !== '');
}

const figure = (text: string | undefined): number => Number(text?.replaceAll(/[,%]/g, ''));

for (const { hand, use } of people) {
  test(`an MLOps engineer finds why the latency of bert-v2 rose, ${hand}`, async ({ page }) => {
    // Twenty panels over a day, on a machine that may be busy.
    test.setTimeout(420_000);
    await page.setViewportSize(tall);
    await signIn(page, 'mlops');
    const engineer = person(page, use);

    await engineer.use(page.getByTestId('dashboard-card').filter({ hasText: 'Model Serving' }).getByRole('link'));
    await engineer.use(page.getByTestId('time-range'));
    await engineer.use(page.getByRole('option', { name: 'Last 24 hours' }));
    await expect(page.getByTestId('time-range')).toHaveText('Last 24 hours');
    await engineer.use(page.getByTestId('variable-model'));
    await engineer.use(page.getByRole('menuitem', { name: 'bert-v2' }));
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('variable-model')).toHaveText('bert-v2');
    expect(engineer.clicks()).toBe(promisedClicks('Why did the latency of bert-v2 rise?'));

    // It did rise: usually a fifth of a second, at worst more than one second.
    const latency = panel(page, 'Latency p99 by model and version');
    await expect(latency.getByRole('row').filter({ hasText: 'fraud-scorer' })).toHaveCount(0);
    const [, nowMs, worstMs] = await cells(latency, 'bert-v2 2.3');
    expect(figure(worstMs)).toBeGreaterThan(1000);
    expect(figure(worstMs)).toBeGreaterThanOrEqual(figure(nowMs));

    // Load rose as well, and the load asked for more replicas than the two that usually run.
    const [, , mostWanted] = await cells(panel(page, 'Replicas wanted and running'), 'bert-v2 wanted');
    expect(figure(mostWanted)).toBe(6);
    const [, usual, mostRequests] = await cells(panel(page, 'Requests by status'), '2xx');
    expect(figure(mostRequests)).toBeGreaterThanOrEqual(figure(usual));

    // Meanwhile there was no room: answers were 503.
    const [model, version, endpoint, status, , failed] = await cells(panel(page, 'Errors by endpoint'), '503');
    expect([model, version, endpoint, status]).toEqual(['bert-v2', '2.3', 'infer', '503']);
    expect(figure(failed)).toBeGreaterThan(100);

    // And this is why: what the autoscaler added took minutes to start.
    const starts = panel(page, 'Time that new pods took to start');
    const longest = async (): Promise<number> =>
      Math.max(...(await starts.getByRole('row').filter({ hasText: 'bert-v2-predictor' }).allInnerTexts()).map((text) => figure(text.trim().split(/\s+/).at(-1))));
    await expect.poll(longest, { timeout: 60_000 }).toBeGreaterThan(300);
  });
}
