/** A new version comes while a page of the host is open: two real builds, one server after the other at the same address. */
import type { Page } from '@playwright/test';
import { catalogText, expect, helpText, signInToHost, test } from './fixtures';

test.describe.configure({ mode: 'serial', timeout: 300_000 });

test.beforeEach(({ site }) => site.deploy('before'));

/** Names of the chunks that a page was given from now on, and of those that were not there. */
function followChunks(page: Page) {
  const chunks = { given: new Set<string>(), missing: new Set<string>() };
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.startsWith('/_mf/') && /[.-][0-9a-f]{16}\.js$/.test(pathname)) chunks[response.ok() ? 'given' : 'missing'].add(pathname.slice(pathname.lastIndexOf('/') + 1));
  });
  return chunks;
}

test('an open page goes on with the version it began with, and the next one has the new version', async ({ page, context, site }) => {
  await signInToHost(page, 'scientist', '/', site.hostUrl);
  await expect(page.getByRole('link', { name: 'Workload dashboards' })).toBeVisible();
  await page.evaluate(() => Object.assign(window, { stayed: true }));
  await site.deploy('after');
  const { given, missing } = followChunks(page);
  await page.getByRole('link', { name: 'Workload dashboards' }).click();
  await expect(page.getByText(catalogText.from)).toBeVisible({ timeout: 60_000 });
  await page.getByTestId('dashboard-card').filter({ hasText: 'Model Training Metrics' }).getByRole('link').click();
  await expect(page.getByTestId('dashboard-panels')).toBeVisible({ timeout: 60_000 });
  expect([...missing]).toEqual([]);
  for (const name of given) expect(site.chunks.before).toContain(name);
  expect([...given].filter((name) => !site.chunks.after.has(name)), 'chunks that the new build has not').not.toEqual([]);
  expect(await page.evaluate(() => 'stayed' in window)).toBe(true);

  const next = await context.newPage();
  await next.goto(`${site.hostUrl}/observability`);
  await expect(next.getByText(catalogText.to)).toBeVisible({ timeout: 60_000 });
});

test('where the files of the old version are gone, the place on the page says so and offers to load the page anew', async ({ page, site, consoleErrors }) => {
  await signInToHost(page, 'scientist', '/', site.hostUrl);
  await page.getByRole('link', { name: 'Workload dashboards' }).click();
  await expect(page.getByText(catalogText.from)).toBeVisible({ timeout: 60_000 });
  await site.deploy('afterAlone');
  const { missing } = followChunks(page);
  await page.evaluate(() => {
    history.pushState(null, '', '/observability/help');
    dispatchEvent(new PopStateEvent('popstate', { state: null }));
  });
  const failed = page.getByTestId('part-failed');
  await expect(failed).toContainText('was updated while this page was open', { timeout: 60_000 });
  expect([...missing].filter((name) => site.chunks.before.has(name) && !site.chunks.after.has(name))).not.toEqual([]);
  // The host goes on.
  await page.getByRole('link', { name: 'Projects' }).click();
  await expect(page.getByRole('heading', { name: 'Projects' })).toBeVisible();
  await page.goBack();
  await failed.getByRole('button', { name: 'Reload the page' }).click();
  await expect(page.getByText(helpText.to)).toBeVisible({ timeout: 60_000 });
  // The browser reports the file that this test has taken away.
  consoleErrors.splice(0);
});
