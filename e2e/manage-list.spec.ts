/** Managing dashboards: what administrators of the platform and of a project do to them, and what others see of it. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { mlopsGroup } from '../demo/users';
import { expectAccessible } from './support/accessible';
import { expect, signIn, test } from './support/fixtures';
import { startSecondApp } from './support/second-app';
import { managedAppPort } from './support/stack';

test.describe.configure({ timeout: 600_000 });

const patient = { timeout: 60_000 };
const row = (page: Page, name: string) => page.locator(`[data-testid="manage-row"][data-dashboard="${name}"]`);
const cards = (page: Page) => page.getByTestId('dashboard-card');

async function choose(page: Page, name: string, item: string): Promise<void> {
  await row(page, name).getByTestId('row-menu').click(patient);
  await page.getByTestId(item).click(patient);
}

const own = (project: string, name: string, title: string) => ({
  kind: 'Dashboard',
  metadata: { name, project, version: 1 },
  spec: {
    display: { name: title },
    duration: '1h',
    panels: { it: { kind: 'Panel', spec: { display: { name: 'Text' }, plugin: { kind: 'Markdown', spec: { text: 'here' } }, queries: [] } } },
    layouts: [{ kind: 'Grid', spec: { items: [{ x: 0, y: 0, width: 24, height: 6, content: { $ref: '#/spec/panels/it' } }] } }],
  },
});

test('administrators arrange dashboards, project administrators those of their project, and nobody sees more for it', async ({ page, browser, consoleErrors }) => {
  const folder = await mkdtemp(join(tmpdir(), 'managed-'));
  const [store, mounted] = [join(folder, 'own'), join(folder, 'mounted')];
  await Promise.all([mkdir(store), mkdir(mounted)]);
  await writeFile(join(store, 'fraud-detection.scores.json'), JSON.stringify(own('fraud-detection', 'scores', 'Scores')));
  await writeFile(join(store, 'bert-serving.answers.json'), JSON.stringify(own('bert-serving', 'answers', 'Answers')));
  await writeFile(join(mounted, 'latency.yaml'), 'kind: Dashboard\nmetadata:\n  name: latency\n  project: fraud-detection\nspec:\n  duration: 1h\n');
  const app = await startSecondApp(undefined, { port: managedAppPort + test.info().parallelIndex, own: store, dashboards: { directories: [mounted], settings: join(folder, 'settings.json') }, projectAdministrators: { [mlopsGroup]: ['fraud-detection'] } });
  const managePage = `${app.url}/observability/manage`;
  const serving = `${app.url}/observability/dashboards/opendatahub/model-serving`;
  const others: Page[] = [];
  const inAnotherBrowser = async (user: 'scientist' | 'mlops'): Promise<Page> => {
    const other = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
    others.push(other);
    await signIn(other, user);
    return other;
  };
  try {
    await signIn(page, 'admin');
    await page.goto(`${app.url}/observability/dashboards`);
    await page.getByRole('link', { name: 'Manage dashboards' }).click(patient);
    await expect(page.getByTestId('manage-table')).toBeVisible(patient);
    // What is broken in a source says where and why, and takes nothing else down.
    const broken = row(page, 'latency');
    await expect(broken).toHaveAttribute('data-state', 'broken');
    await expect(broken.getByTestId('row-problems')).toContainText(/line \d+, spec\.panels/);
    await expect(row(page, 'model-serving')).toHaveAttribute('data-state', 'enabled');
    await expect(row(page, 'answers')).toBeVisible();
    await expectAccessible(page);

    // A member of projects is told clearly; what is disabled is in no list and at no address.
    const scientist = await inAnotherBrowser('scientist');
    await scientist.goto(managePage);
    await expect(scientist.getByTestId('manage-refused')).toContainText('Ask an administrator', patient);
    await scientist.goto(`${app.url}/observability/dashboards`);
    const card = scientist.locator('[data-testid="dashboard-card"][data-dashboard="model-serving"]');
    await expect(card.first()).toBeVisible(patient);
    await expect(scientist.getByRole('link', { name: 'Manage dashboards' })).toHaveCount(0);
    await choose(page, 'model-serving', 'row-toggle');
    await expect(page.getByTestId('outcome')).toContainText('is disabled', patient);
    await expect(row(page, 'model-serving')).toHaveAttribute('data-state', 'disabled', patient);
    await scientist.goto(`${app.url}/observability/dashboards`);
    await expect(cards(scientist).first()).toBeVisible(patient);
    await expect(card).toHaveCount(0);
    await scientist.goto(serving);
    await expect(scientist.getByTestId('error-state')).toHaveAttribute('data-code', 'ERR_DASH_001', patient);
    await choose(page, 'model-serving', 'row-toggle');
    await expect(row(page, 'model-serving')).toHaveAttribute('data-state', 'enabled', patient);
    await scientist.goto(serving);
    await expect(scientist.getByRole('heading', { level: 1 })).toBeVisible(patient);
    await expect(scientist.getByTestId('error-state')).toHaveCount(0);

    // The home of everyone, and the order by keyboard.
    await choose(page, 'model-serving', 'row-homes');
    await page.getByRole('checkbox', { name: 'Everyone' }).check(patient);
    await expectAccessible(page);
    await page.getByTestId('dialog-confirm').click();
    await expect(row(page, 'model-serving').getByTestId('home-of')).toBeVisible(patient);
    await scientist.goto(`${app.url}/observability`);
    await scientist.waitForURL('**/dashboards/opendatahub/model-serving*', patient);
    await choose(page, 'model-serving', 'row-order');
    await page.getByTestId('order-item').first().getByRole('button', { name: /down$/ }).press('Enter', patient);
    await expect(page.getByTestId('order-item').nth(1)).toHaveAttribute('data-dashboard', /./);
    await page.getByTestId('dialog-confirm').click();
    await expect(page.getByTestId('outcome')).toContainText('order of “Model serving” is saved', patient);
    expect(JSON.parse(await readFile(join(folder, 'settings.json'), 'utf8'))).toMatchObject({ version: 4, homes: { everyone: 'opendatahub/model-serving' } });

    // A project administrator: the project and nothing else; disabled, enabled, deleted by its name.
    const lead = await inAnotherBrowser('mlops');
    await lead.goto(managePage);
    await expect(lead.getByTestId('manage-row')).toHaveCount(2, patient);
    await expect(row(lead, 'latency')).toHaveAttribute('data-state', 'broken');
    await choose(lead, 'scores', 'row-toggle');
    await expect(row(lead, 'scores')).toHaveAttribute('data-state', 'disabled', patient);
    await expect(row(lead, 'scores')).toContainText('by Morgan MLOps');
    await choose(lead, 'scores', 'row-toggle');
    await expect(row(lead, 'scores')).toHaveAttribute('data-state', 'enabled', patient);
    const refused = await lead.request.put(`${app.url}/api/manage/settings`, { headers: { origin: app.url }, data: { version: 4, dashboards: { 'fraud-detection/scores': { priority: 1 } } } });
    expect(refused.status()).toBe(403);
    await choose(lead, 'scores', 'row-delete');
    await expect(lead.getByTestId('dialog-confirm')).toBeDisabled(patient);
    await lead.getByTestId('delete-name').fill('scores');
    await expectAccessible(lead);
    await lead.getByTestId('dialog-confirm').click();
    await expect(lead.getByTestId('outcome')).toContainText('is deleted', patient);
    await expect(row(lead, 'scores')).toHaveCount(0);
    expect((await readdir(store)).filter((file) => !file.startsWith('.'))).toEqual(['bert-serving.answers.json']);
    expect(consoleErrors).toEqual([]);
  } finally {
    await Promise.all(others.map((other) => other.context().close()));
    await app.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
