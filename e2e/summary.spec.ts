/** A project's summary, on live metrics. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, signIn, test } from './support/fixtures';
import { appUrl } from './support/stack';

const figure = (page: Page, name: string) => page.getByTestId(`figure-${name}`).getByTestId('figure-value');

test('the list leads to a project, its figures to the dashboard behind them, and back', async ({ page }) => {
  await signIn(page, 'scientist');
  await page.getByTestId('project-links').getByRole('link', { name: 'llm-research' }).click();
  await expect(figure(page, 'trainingJobs')).toHaveText('2');
  await expect(page).toHaveTitle(/^llm-research/);
  await page.getByRole('link', { name: 'Training metrics' }).click();
  await expect(page.getByTestId('variable-namespace')).toHaveText('llm-research');
  await page.goBack();
  await expect(figure(page, 'trainingJobs')).toHaveText('2');
  expect(page.url()).toBe(`${appUrl}/observability/projects/llm-research`);
});

test('a project of others has no summary, in the page or from the API', async ({ page, consoleErrors }) => {
  await signIn(page, 'scientist', '/observability/projects/fraud-detection');
  await expect(page.getByTestId('error-state')).toHaveAttribute('data-code', 'ERR_ACCESS_002');
  await expect(page.getByTestId('figure-value')).toHaveCount(0);
  const refused = await page.request.get('/api/summary', { params: { namespace: 'fraud-detection' } });
  expect([refused.status(), ((await refused.json()) as { code: string }).code]).toEqual([403, 'ERR_ACCESS_002']);
  const made = await page.request.get('/api/summary', { params: { namespace: 'llm-research|fraud-detection' } });
  expect(made.status()).toBe(403);
  // The browser reports the 403 that this test provoked.
  consoleErrors.splice(0);
});

test('axe finds nothing on a project’s page', async ({ page }) => {
  await signIn(page, 'scientist', '/observability/projects/llm-research');
  await expect(figure(page, 'gpuUtilization')).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze();
  expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
});
