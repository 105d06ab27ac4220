/** What the product says of the platform behind it: all well on the demo, and a metrics backend that is not there. */
import { expectAccessible } from './support/accessible';
import { expect, signIn, test } from './support/fixtures';
import { picture } from './support/picture';
import { startSecondApp } from './support/second-app';
import { appUrl, statusAppPort } from './support/stack';

const statusPage = '/observability/status';

test.describe.configure({ timeout: 120_000 });

test('an administrator sees what was checked and found; others what it means, and no address', async ({ page, browser }) => {
  await signIn(page, 'admin', statusPage);
  await expect(page.getByTestId('finding').first()).toBeVisible({ timeout: 60_000 });
  for (const subject of ['datasource prometheus', 'identity provider', 'metrics of NVIDIA GPUs', 'metrics of language models (vLLM)', 'metrics of training jobs']) {
    await expect(page.locator(`[data-testid="finding"][data-subject="${subject}"]`)).toContainText('Works');
  }
  await expectAccessible(page);
  await picture(page, 'status');

  const context = await browser.newContext({ baseURL: appUrl });
  const other = await context.newPage();
  await signIn(other, 'scientist', statusPage);
  const status = other.getByTestId('platform-status');
  await expect(status).toContainText('by administrators only', { timeout: 60_000 });
  await expect(other.getByTestId('finding')).toHaveCount(0);
  const answer = await (await other.request.get('/api/status')).text();
  expect(answer).not.toContain('127.0.0.1');
  await context.close();
});

test('a metrics backend that is not there: a banner on the list, and what to do about it', async ({ page }) => {
  const app = await startSecondApp({ type: 'none' }, { port: statusAppPort, backend: 'http://127.0.0.1:1' });
  try {
    await signIn(page, 'admin');
    await page.goto(`${app.url}/observability`);
    const banner = page.getByTestId('status-banner');
    await expect(banner).toContainText('It affects: every dashboard', { timeout: 60_000 });
    await banner.getByRole('link', { name: 'What was found, and what to do' }).click();
    const finding = page.locator('[data-testid="finding"][data-subject="datasource prometheus"]');
    await expect(finding).toHaveAttribute('data-state', 'problem', { timeout: 60_000 });
    await expect(finding.getByTestId('finding-next')).toContainText('network policies');
    await expectAccessible(page);
    await picture(page, 'status-problem');
  } finally {
    await app.stop();
  }
});
