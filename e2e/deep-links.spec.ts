/** Short addresses, as other pages and messages link to them: the right dashboard, already filtered. */
import { expect, signIn, test } from './support/fixtures';
import { appUrl } from './support/stack';

const dashboardPath = '/observability/dashboards/opendatahub/model-training';

test('a short address opens its dashboard with its variables and time range, through the sign-in', async ({ page }) => {
  await signIn(page, 'scientist', '/observability/training?namespace=llm-research&job=llama-finetune&start=6h&utm_source=mail');
  await page.waitForURL(`${appUrl}${dashboardPath}?var-namespace=llm-research&var-job=llama-finetune&start=6h`);
  await expect(page.getByTestId('dashboard-title')).toHaveText('Model Training Metrics');
  await expect(page.getByTestId('variable-namespace')).toHaveText('llm-research');
  await expect(page.getByTestId('variable-job')).toHaveText('llama-finetune');
  await expect(page.getByTestId('time-range')).toHaveText('Last 6 hours');
});

test('back from a dashboard that a short address led to leads to where one came from', async ({ page }) => {
  await signIn(page, 'scientist');
  await expect(page.getByTestId('dashboard-card').first()).toBeVisible();
  await page.goto('/observability/training?job=mistral-pretrain');
  await expect(page.getByTestId('variable-job')).toHaveText('mistral-pretrain');
  await page.goBack();
  await expect(page.getByTestId('dashboard-card').first()).toBeVisible();
  expect(page.url()).toBe(`${appUrl}/observability`);
});

test('a value made to break out of a query stays a value', async ({ page }) => {
  const hostile = 'x"} or odh_training_loss{job_name=~".+';
  await signIn(page, 'scientist', `/observability/training?job=${encodeURIComponent(hostile)}`);
  await expect(page.getByTestId('variable-job')).toHaveText(hostile);
  expect(new URL(page.url()).searchParams.getAll('var-job')).toEqual([hostile]);
});

test('an address that stands for nothing says so and offers the list', async ({ page, consoleErrors }) => {
  await signIn(page, 'scientist', '/observability');
  const response = await page.goto('/observability/kitchen?namespace=llm-research');
  expect(response?.status()).toBe(404);
  await expect(page.getByTestId('unknown-page')).toContainText('“kitchen”');
  // The browser reports the 404 that this test asked for.
  consoleErrors.splice(0);
  await page.getByRole('link', { name: 'Go to the list of dashboards' }).click();
  await expect(page.getByTestId('dashboard-card').first()).toBeVisible();
});
