/**
 * The data scientist's question, "why is my training slow?", followed to its cause as docs/walkthroughs.md tells it: with the
 * clicks that are counted there, and with what is to be read on the page.
 */
import type { Locator, Page } from '@playwright/test';
import { expect, signIn, test } from '../support/fixtures';
import { people, person } from '../support/person';
import { promisedClicks } from '../support/walkthroughs';

/** Panels draw when they come into view: a page on which all of them are. */
const tall = { width: 1440, height: 3400 };

const slow = 'llama-finetune';
const healthy = 'mistral-pretrain';

const panel = (page: Page, title: string): Locator => page.getByTestId('dashboard-panels').getByTestId('panel').filter({ hasText: title });

/** What a chart's legend says: the mean over the time range for each line that it names. */
async function legend(page: Page, title: string): Promise<Map<string, number>> {
  const rows = panel(page, title).getByRole('row').filter({ has: page.getByRole('cell') });
  const lines = new Map<string, number>();
  // All at once: between one row and the next a refresh may have drawn another table.
  for (const row of await rows.allInnerTexts()) {
    const [name, mean] = row.split(/[\n\t]+/).map((text) => text.trim()).filter((text) => text !== '');
    // Where lines are few, the kind of its line stands before the name.
    if (name !== undefined && mean !== undefined) lines.set(name.replace(/^[^\w]+/, ''), Number(mean.replaceAll(/[,%]/g, '')));
  }
  return lines;
}

/** Reads the page until it says what is expected: a busy machine takes its time to draw twenty panels. */
const read = (expectation: () => Promise<void>): Promise<void> => expect(expectation).toPass({ timeout: 90_000 });

/** The means of the lines whose name begins with that of a job. */
const meansOf = (lines: Map<string, number>, job: string): number[] => [...lines].filter(([name]) => name.startsWith(job)).map(([, mean]) => mean);

for (const { hand, use } of people) {
  test(`a data scientist finds that the data loader, held back by its CPU limit, makes the GPUs wait, ${hand}`, async ({ page }) => {
    test.setTimeout(420_000);
    await page.setViewportSize(tall);
    await signIn(page, 'scientist');
    const scientist = person(page, use);

    await scientist.use(page.getByTestId('dashboard-card').filter({ hasText: 'Model Training Metrics' }).getByRole('link'));

    // One job of all waits for its data, for more than half of each step.
    await read(async () => {
      const waiting = await legend(page, 'Waiting for data per job (%)');
      expect([...waiting].filter(([, mean]) => mean > 30).map(([job]) => job)).toEqual([slow]);
    });

    // Beside a healthy one of the same project it shows what is different.
    await scientist.use(page.getByTestId('variable-job'));
    const jobs = page.getByTestId('variable-job-options');
    await scientist.use(jobs.getByText(slow));
    await scientist.use(jobs.getByText(healthy));
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('variable-job')).toHaveText('2 selected');
    await expect(panel(page, 'Waiting for data per job (%)').getByRole('row').filter({ hasText: 'vit-large' })).toHaveCount(0, { timeout: 60_000 });
    expect(scientist.clicks()).toBe(promisedClicks('Why is my training slow?'));

    await read(async () => {
      const utilization = await legend(page, 'GPU utilization per GPU (%)');
      expect(Math.max(...meansOf(utilization, slow))).toBeLessThan(50);
      expect(Math.min(...meansOf(utilization, healthy))).toBeGreaterThan(80);

      const queue = await legend(page, 'Data-loader queue per job (batches)');
      expect(queue.get(slow)).toBeLessThan(5);
      expect(queue.get(healthy)).toBeGreaterThan(40);
    });

    // The loader of the slow job delivers all it can; the other's could deliver more.
    await read(async () => {
      const headroom = await legend(page, 'Data loader: deliverable against trained (ratio)');
      expect(headroom.get(slow)).toBeLessThan(1.1);
      expect(headroom.get(healthy)).toBeGreaterThan(1.3);
    });

    // And this is why: its CPU limit holds it back.
    await read(async () => {
      const throttled = await legend(page, 'CPU throttling of the workers (% of periods)');
      expect(throttled.get(slow)).toBeGreaterThan(25);
      expect(throttled.get(healthy)).toBeLessThan(5);
    });

    // What to do about it is on the page as well.
    await use(page, panel(page, 'CPU throttling of the workers').getByRole('button', { name: /^Description of/ }));
    await expect(page.getByRole('dialog').filter({ hasText: 'raise the CPU limit of the job' })).toBeVisible();
  });
}
