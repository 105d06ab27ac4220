/** Preferences that the server keeps: they follow a person to another browser, and reach nobody else. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { mlopsGroup } from '../demo/users';
import { expectAccessible } from './support/accessible';
import { expect, signIn, test } from './support/fixtures';
import { startSecondApp } from './support/second-app';
import { preferencesAppPort } from './support/stack';

test.describe.configure({ timeout: 300_000 });

const patient = { timeout: 60_000 };
const stars = (page: Page) => page.getByTestId('dashboard-card').getByTestId('favourite');

test('favourites and home follow a person to another browser, stay when the store is away, and reach nobody else', async ({ page, browser, consoleErrors }) => {
  const store = await mkdtemp(join(tmpdir(), 'preferences-'));
  const app = await startSecondApp(undefined, { port: preferencesAppPort, preferences: { store, homes: { [mlopsGroup]: 'opendatahub/model-serving' } } });
  const others: Page[] = [];
  const inAnotherBrowser = async (user: 'scientist' | 'mlops'): Promise<Page> => {
    const other = await (await browser.newContext()).newPage();
    others.push(other);
    await signIn(other, user);
    await other.goto(`${app.url}/observability/dashboards`);
    await expect(stars(other).first()).toBeVisible(patient);
    return other;
  };
  try {
    await signIn(page, 'scientist');
    await page.goto(`${app.url}/observability`);
    await stars(page).first().click(patient);
    await expect(page.getByTestId('favourites').getByTestId('dashboard-card')).toHaveCount(1);
    await expect.poll(() => readdir(store), patient).toHaveLength(1);

    const second = await inAnotherBrowser('scientist');
    await expect(second.getByTestId('favourites').getByTestId('dashboard-card')).toHaveCount(1, patient);
    const stranger = await inAnotherBrowser('mlops');
    await expect(stranger.getByTestId('favourites')).toHaveCount(0);
    expect(await (await stranger.request.get(`${app.url}/api/preferences`)).text()).not.toContain('opendatahub/');

    // Taken back where it was not given, and the server has nothing of this person any more.
    await second.getByTestId('favourites').getByTestId('favourite').click();
    await expect.poll(async () => ((await (await second.request.get(`${app.url}/api/preferences`)).json()) as { preferences: object }).preferences, patient).not.toHaveProperty('favourites');
    await page.reload();
    await expect(stars(page).first()).toBeVisible(patient);
    await expect(page.getByTestId('favourites')).toHaveCount(0);

    // While the store is away the browser's copy holds.
    await page.route('**/api/preferences', (route) => route.fulfill({ status: 503, json: {} }));
    await stars(page).first().click();
    await page.reload();
    await expect(page.getByTestId('favourites').getByTestId('dashboard-card')).toHaveCount(1, patient);
    await page.unrouteAll({ behavior: 'wait' });
    await page.reload();
    await expect.poll(async () => (await (await page.request.get(`${app.url}/api/preferences`)).text()).includes('favourites'), patient).toBe(true);
    await expect(page.getByTestId('favourites').getByTestId('dashboard-card')).toHaveCount(1, patient);
    // Those of the refused calls.
    consoleErrors.length = 0;

    // One browser chooses where to begin, embedded or not; the other one begins there.
    const card = second.locator('[data-testid="dashboard-card"][data-dashboard="model-training"]').first();
    await card.getByTestId('home-toggle').click();
    await expect(card.getByTestId('home-toggle')).toHaveAttribute('data-home', 'true');
    expect(new URL(second.url()).pathname).toBe('/observability/dashboards');
    await page.goto(`${app.url}/observability`);
    await page.waitForURL('**/dashboards/opendatahub/model-training*', patient);
    await expect(page.getByTestId('home-toggle')).toHaveAttribute('data-home', 'true', patient);
    await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Dashboards' }).click();
    await expect(stars(page).first()).toBeVisible(patient);
    await expectAccessible(page);
    // An administrator's choice for the group, until the person makes their own.
    await stranger.goto(`${app.url}/observability`);
    await stranger.waitForURL('**/dashboards/opendatahub/model-serving*', patient);
    await stranger.getByTestId('home-toggle').click(patient);
    await expect(stranger.getByTestId('home-toggle')).toHaveText('Set as home');
    await stranger.goto(`${app.url}/observability`);
    await expect(stars(stranger).first()).toBeVisible(patient);
    expect(new URL(stranger.url()).pathname).toBe('/observability');
  } finally {
    await Promise.all(others.map((other) => other.context().close()));
    await app.stop();
    await rm(store, { recursive: true, force: true });
  }
});
