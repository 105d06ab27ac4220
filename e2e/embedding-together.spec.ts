/** Several parts of ours on one page of a host: each keeps to what it was given. */
import type { Page } from '@playwright/test';
import { sideBySide } from './support/host-settings';
import { expect, signInToHost, test } from './support/host';
import { isDrawn } from './support/painted';
import { hostUrl } from './support/stack';

test.describe.configure({ timeout: 240_000 });

const hour = 3_600;

/** Time ranges, in hours, that the panels of a training job asked for so far. Each viewer of the page shows another job. */
function followQueries(page: Page) {
  const asked: { readonly query: string; readonly hours: number }[] = [];
  page.on('request', (request) => {
    if (!request.url().endsWith('/query_range')) return;
    const form = new URLSearchParams(request.postData() ?? '');
    asked.push({ query: form.get('query') ?? '', hours: Math.round((Number(form.get('end')) - Number(form.get('start'))) / hour) });
  });
  return (job: string) => new Set(asked.flatMap(({ query, hours }) => (query.includes(job) ? [hours] : [])));
}

test('two viewers and a summary on one page keep their projects, variables and times apart, and the address alone', async ({ page }) => {
  await page.setViewportSize({ width: 1800, height: 1200 });
  const hoursOf = followQueries(page);
  await signInToHost(page, 'scientist', sideBySide.path);
  const [left, right, summary] = ['left', 'right', 'summary'].map((id) => page.getByTestId(id));
  if (left === undefined || right === undefined || summary === undefined) throw new Error('there are three parts');
  for (const viewer of [left, right]) await expect.poll(() => isDrawn(viewer), { timeout: 90_000 }).toBe(true);
  await expect(summary.getByTestId('summary-panel')).toHaveAttribute('data-namespace', 'vision-lab');
  await expect(summary.getByTestId('figure-trainingJobs').getByTestId('figure-value')).toBeVisible({ timeout: 60_000 });
  expect([...hoursOf('llama-finetune')]).toEqual([1]);
  expect([...hoursOf('mistral-pretrain')]).toEqual([6]);
  // Without controls there is nothing to change but by the page.
  await expect(right.getByTestId('viewer-toolbar')).toBeHidden();

  await left.getByTestId('time-range').click();
  await left.getByRole('option', { name: 'Last 24 hours' }).click();
  await expect(left.getByTestId('time-range')).toHaveText('Last 24 hours');
  await expect.poll(() => [...hoursOf('llama-finetune')], { timeout: 60_000 }).toContain(24);
  await left.getByTestId('variable-job').click();
  await left.getByRole('menuitem', { name: 'llama-finetune' }).click();
  await page.keyboard.press('Escape');
  await expect(left.getByTestId('variable-job')).toHaveText('All');
  await expect.poll(() => isDrawn(left), { timeout: 90_000 }).toBe(true);

  expect([...hoursOf('mistral-pretrain')]).toEqual([6]);
  await expect(summary.getByTestId('summary-panel')).toHaveAttribute('data-namespace', 'vision-lab');
  expect(page.url()).toBe(hostUrl + sideBySide.path);
});
