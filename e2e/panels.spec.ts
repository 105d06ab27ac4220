/** What a panel says when it has no data, and what its menu does. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { parse } from 'yaml';
import { expectAccessible } from './support/accessible';
import { expect, signIn, test } from './support/fixtures';
import { picture, savePicture } from './support/picture';

const training = '/observability/dashboards/opendatahub/model-training';

// `npm run dashboards:check` has seen that the file is a dashboard.
const trainingFile = parse(readFileSync('dashboards/model-training.yaml', 'utf8')) as { spec: { config: { panels: object } } };
const panelCount = Object.keys(trainingFile.spec.config.panels).length;

test.describe.configure({ timeout: 240_000 });

const panels = (page: Page): Locator => page.getByTestId('dashboard-panels').getByTestId('panel');

test.describe('a panel without data says why', () => {
  const reason = (page: Page, of: string): Locator => page.locator(`[data-testid="panel-no-data"][data-reason="${of}"]`);

  test('nothing ran in the time range: it leads to a time when something did', async ({ page }) => {
    // Raw series of the demo go back one day.
    const start = Date.now() - 20 * 86_400_000;
    await signIn(page, 'scientist', `${training}?start=${start}&end=${start + 3_600_000}&refresh=0s`);
    const loss = panels(page).filter({ hasText: 'Training loss' });
    await expect(loss.getByTestId('panel-no-data')).toContainText(/The last data is from/, { timeout: 60_000 });
    await expectAccessible(page);
    await picture(loss, 'no-data-earlier');
    await loss.getByTestId('no-data-jump').click();
    await expect.poll(() => new URL(page.url()).searchParams.get('start')).toBe('1h');
    await expect(loss.getByTestId('panel-content')).toBeVisible({ timeout: 60_000 });
  });

  test('no project of theirs has such metrics: it names what sends them', async ({ page }) => {
    await signIn(page, 'scientist', '/observability/dashboards/opendatahub/llm-serving?refresh=0s');
    await expect(reason(page, 'not-emitted').filter({ hasText: 'vLLM' }).first()).toBeVisible({ timeout: 90_000 });
    await expectAccessible(page);
    await picture(panels(page).filter({ has: reason(page, 'not-emitted').filter({ hasText: 'vLLM' }) }).first(), 'no-data-not-emitted');
  });

  test('the project is not theirs', async ({ page }) => {
    await signIn(page, 'scientist', `${training}?var-namespace=fraud-detection&refresh=0s`);
    await expect(reason(page, 'no-access').filter({ hasText: 'you have no access to fraud-detection' }).first()).toBeVisible({ timeout: 60_000 });
    // Where there is no room for it, it is a click away.
    await reason(page, 'no-access').first().getByRole('button', { name: 'Why?' }).click();
    await expect(page.getByRole('dialog')).toContainText('you have no access to fraud-detection');
    await expectAccessible(page);
    await picture(panels(page).filter({ has: reason(page, 'no-access').filter({ hasText: 'you have no access to fraud-detection' }) }).first(), 'no-data-no-access');
  });
});

test.describe('the menu of a panel', () => {
  const opened = async (page: Page): Promise<Locator> => {
    await signIn(page, 'scientist', `${training}?refresh=0s`);
    const loss = panels(page).filter({ hasText: 'Training loss' });
    await expect(loss.getByTestId('panel-content')).toBeVisible({ timeout: 60_000 });
    return loss;
  };
  const pick = async (page: Page, panel: Locator, item: string): Promise<void> => {
    await panel.getByTestId('panel-menu').press('Enter');
    await page.getByTestId(`panel-menu-${item}`).click();
  };

  test('shows the data as a table that can be sorted, and the chart again', async ({ page }) => {
    const loss = await opened(page);
    await expect(loss.getByTestId('panel-summary')).toContainText(/latest [\d.]+/);
    await pick(page, loss, 'table');
    const table = loss.getByTestId('panel-table');
    const latest = async (): Promise<number[]> => (await table.locator('tbody tr td:nth-of-type(1)').allInnerTexts()).map(Number);
    await expect(table.getByRole('row').nth(1)).toBeVisible();
    await table.getByRole('button', { name: 'Latest' }).click();
    await expect(table.getByRole('columnheader', { name: 'Latest' })).toHaveAttribute('aria-sort', 'ascending');
    const ascending = await latest();
    expect(ascending.length).toBeGreaterThan(1);
    expect(ascending).toEqual([...ascending].sort((a, b) => a - b));
    await table.getByRole('button', { name: 'Latest' }).click();
    expect(await latest()).toEqual([...ascending].reverse());
    await loss.scrollIntoViewIfNeeded();
    await expectAccessible(page);
    await picture(page, 'panel-table');
    await pick(page, loss, 'table');
    await expect(loss.locator('canvas').first()).toBeVisible();
  });

  test('saves the data and the picture', async ({ page }) => {
    const loss = await opened(page);
    await loss.scrollIntoViewIfNeeded();
    const save = async (item: string): Promise<{ name: string; bytes: Buffer }> => {
      const download = page.waitForEvent('download');
      await pick(page, loss, item);
      const file = await download;
      return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
    };
    const csv = await save('csv');
    expect(csv.name).toBe('training-loss-no-unit.csv');
    const [head = '', ...lines] = csv.bytes.toString('utf8').split('\r\n');
    expect(head).toMatch(/^\uFEFFtime,.*llama-finetune/);
    expect(lines.length).toBeGreaterThan(20);
    expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z,[\d.,]+$/);
    const png = await save('png');
    expect(png.name).toBe('training-loss-no-unit.png');
    expect([...png.bytes.subarray(1, 4)].map((byte) => String.fromCharCode(byte)).join('')).toBe('PNG');
    expect(png.bytes.length).toBeGreaterThan(5_000);
    await savePicture(png.bytes, 'panel-download');
  });

  test('gives the link of the panel, which opens it on the full page; Escape leaves it', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const loss = await opened(page);
    await pick(page, loss, 'link');
    await expect(loss.getByText('Link copied')).toBeAttached();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(new URL(link).searchParams.get('start')).toBe('1h');
    await page.goto(link);
    await expect(panels(page)).toHaveCount(panelCount);
    await expect(panels(page).filter({ visible: true })).toHaveCount(1, { timeout: 60_000 });
    await expect(loss.getByTestId('panel-content')).toBeVisible({ timeout: 60_000 });
    await expectAccessible(page);
    await picture(page, 'panel-full-page');
    await loss.getByTestId('panel-expand').focus();
    await page.keyboard.press('Escape');
    await expect(panels(page).filter({ visible: true })).not.toHaveCount(1);
    expect(new URL(page.url()).searchParams.has('viewPanelRef')).toBe(false);
  });

  test('shows the queries and their timing to those who ask', async ({ page }) => {
    const loss = await opened(page);
    await pick(page, loss, 'details');
    const details = page.getByTestId('panel-details');
    await expect(details).toContainText('odh_training_loss');
    await expect(details).toContainText(/Answered in\s*[\d,]+ ms/);
    await expectAccessible(page);
    await picture(page, 'panel-details');
    await page.keyboard.press('Escape');
    await expect(details).toBeHidden();
  });
});
