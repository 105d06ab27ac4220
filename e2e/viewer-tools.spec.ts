/** Comparing with an earlier time, events on charts, the wall screen and paper: on the demo's metrics. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './support/accessible';
import { expect, signIn, test } from './support/fixtures';
import { picture } from './support/picture';
import { projectsOf } from './support/stack';

const training = '/observability/dashboards/opendatahub/model-training';
const serving = '/observability/dashboards/opendatahub/model-serving';

test.describe.configure({ timeout: 300_000 });

const panels = (page: Page): Locator => page.getByTestId('dashboard-panels').getByTestId('panel');
const search = (page: Page) => new URL(page.url()).searchParams;

test('an earlier time is drawn over the present one: two jobs and their period before, in the address, by keyboard', async ({ page }) => {
  await signIn(page, 'scientist', `${training}?var-namespace=llm-research&var-job=llama-finetune&var-job=mistral-pretrain&start=1h&refresh=0s`);
  const loss = panels(page).filter({ hasText: 'Training loss' });
  await expect(loss.getByTestId('panel-content')).toBeVisible({ timeout: 90_000 });
  await expect(loss.getByTestId('panel-summary')).toContainText('llama-finetune');
  await expect(loss.getByTestId('panel-summary')).toContainText('mistral-pretrain');

  const asked: { start: number; end: number; query: string }[] = [];
  page.on('request', (request) => {
    const form = new URLSearchParams(request.url().endsWith('/query_range') ? (request.postData() ?? '') : '');
    if (form.has('query')) asked.push({ start: Number(form.get('start')), end: Number(form.get('end')), query: form.get('query') ?? '' });
  });
  await page.getByTestId('compare').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('option', { name: 'Same time last week' })).toBeVisible();
  await page.getByRole('option', { name: 'Previous period' }).press('Enter');
  await expect.poll(() => search(page).get('compare')).toBe('previous');
  // Every series of the chart has its counterpart, in words.
  for (const job of ['llama-finetune', 'mistral-pretrain']) {
    await expect(loss.getByTestId('panel-summary')).toContainText(new RegExp(`${job}[^:]* \\(previous period\\): latest`), { timeout: 90_000 });
  }
  // The query is as it was; only its time is another.
  const earlier = asked.filter(({ query, end }) => query.includes('odh_training_loss') && Date.now() / 1000 - end > 3000);
  expect(earlier.length).toBeGreaterThan(0);
  for (const { start, end, query } of earlier) {
    expect(end - start).toBeGreaterThan(3500);
    expect(query).not.toContain('offset');
  }
  await expect(page.getByTestId('panel-difference').first()).toContainText('previous period', { timeout: 90_000 });
  await picture(page, 'compare');
  // As wide as a small window, and as a large one at 200 %.
  for (const width of [1024, 720]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    for (const control of ['time-range', 'compare', 'annotations', 'refresh-now', 'viewer-menu']) {
      const box = await page.getByTestId(control).boundingBox();
      expect((box?.x ?? width) + (box?.width ?? 0), `${control} at ${width}`).toBeLessThanOrEqual(width);
    }
  }

  await page.setViewportSize({ width: 1440, height: 900 });
  await loss.getByTestId('panel-expand').click();
  await expect(panels(page).filter({ visible: true })).toHaveCount(1);
  await expectAccessible(page);
  await page.goBack();
  await expect.poll(() => search(page).has('viewPanelRef')).toBe(false);

  await page.goBack();
  await expect(loss.getByTestId('panel-summary')).not.toContainText('previous period', { timeout: 60_000 });
  await page.goForward();
  await expect(loss.getByTestId('panel-summary')).toContainText('previous period', { timeout: 60_000 });
});

test('events are marked on charts and listed in words, those of one’s own projects, and the switch is remembered', async ({ page }) => {
  // One chart on the full page, where the markers have room.
  const chart = `${serving}?start=24h&refresh=0s&viewPanelRef=${encodeURIComponent(JSON.stringify({ ref: 'latencyByVersion' }))}`;
  await signIn(page, 'mlops', chart);
  await expect(panels(page).filter({ hasText: 'Latency p99 by model' }).getByTestId('panel-content')).toBeVisible({ timeout: 90_000 });
  await page.getByTestId('annotations').focus();
  await page.keyboard.press('Space');
  await expect.poll(() => search(page).get('events')).toBe('on');
  const list = page.getByTestId('annotation-list');
  await expect(list.getByRole('button', { name: /^Events: .*deployment/ })).toBeVisible({ timeout: 90_000 });
  await list.getByRole('button', { name: /^Events/ }).press('Enter');
  const rows = list.locator('tbody tr');
  await expect(rows.filter({ hasText: 'New version of' }).first()).toBeVisible();
  const places = await rows.locator('td:nth-of-type(2)').allInnerTexts();
  expect(places.length).toBeGreaterThan(0);
  for (const place of places) expect(projectsOf.mlops).toContain(place.split(',')[0]);
  await expect(page.getByTestId('annotation-marker').first()).toBeAttached({ timeout: 90_000 });
  await expectAccessible(page);
  await picture(page, 'events');

  // On the picture of the panel too: a line as high as the chart in the colour of deployments.
  const download = page.waitForEvent('download');
  await panels(page).filter({ hasText: 'Latency p99 by model' }).getByTestId('panel-menu').press('Enter');
  await page.getByTestId('panel-menu-png').click();
  const png = await readFile(await (await download).path());
  const marked = await page.evaluate(async (base64) => {
    const image = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))]));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    const mark = document.querySelector('[data-mark="line"]');
    if (context === null || mark === null) return 0;
    context.fillStyle = getComputedStyle(mark).borderInlineStartColor;
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const columns = Array.from({ length: image.width }, (_, x) => Array.from({ length: image.height }, (_row, y) => 4 * (y * image.width + x)).filter((at) => data[at] === red && data[at + 1] === green && data[at + 2] === blue).length);
    return Math.max(...columns) / image.height;
  }, png.toString('base64'));
  expect(marked).toBeGreaterThan(0.3);

  await page.goto(chart);
  await expect(page.getByTestId('annotations')).toBeChecked({ timeout: 60_000 });
  await page.getByTestId('annotations').press('Space');
  await expect(page.getByTestId('annotation-list')).toHaveCount(0);
  await expect(page.getByTestId('annotation-marker')).toHaveCount(0);
  await page.goBack();
  await expect(page.getByTestId('annotations')).toBeChecked();
});

test('a wall screen shows the panels and the time, goes on refreshing after a reload, and is left by keyboard', async ({ page }) => {
  await signIn(page, 'scientist', `${training}?refresh=5s`);
  await expect(page.getByTestId('user-menu')).toBeVisible();
  await page.getByTestId('viewer-menu').press('Enter');
  await page.getByTestId('viewer-kiosk').click();
  await expect(page.getByTestId('kiosk-bar')).toContainText(/Last 1 hour · \d/, { timeout: 60_000 });
  await page.reload();
  await expect(page.getByTestId('kiosk-bar')).toBeVisible({ timeout: 60_000 });
  await expect(panels(page).first().getByTestId('panel-content')).toBeVisible({ timeout: 90_000 });
  for (const gone of ['user-menu', 'viewer-toolbar', 'panel-menu']) await expect(page.getByTestId(gone)).toHaveCount(0);
  await expect(page.getByRole('navigation')).toHaveCount(0);
  // Twice, since the first may be of panels that had not been asked for yet.
  for (let refresh = 0; refresh < 2; refresh += 1) await page.waitForResponse((response) => response.url().endsWith('/query_range'), { timeout: 60_000 });
  await expectAccessible(page);
  await picture(page, 'kiosk');

  await page.keyboard.press('Tab');
  await expect(page.getByTestId('kiosk-leave')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('viewer-toolbar')).toBeVisible({ timeout: 60_000 });
  await page.goBack();
  await expect(page.getByTestId('kiosk-bar')).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('user-menu')).toBeVisible({ timeout: 60_000 });
  expect(search(page).has('kiosk')).toBe(false);
});

test('all panels are drawn for paper, also those out of view, in light colours and on A4 pages', async ({ page }) => {
  await page.addInitScript(() => {
    window.print = () => undefined;
  });
  await signIn(page, 'scientist', `${training}?refresh=0s`);
  await expect(panels(page).first().getByTestId('panel-content')).toBeVisible({ timeout: 90_000 });
  const count = await panels(page).count();
  await page.evaluate(() => document.documentElement.classList.add('pf-v6-theme-dark'));
  await page.getByTestId('viewer-menu').press('Enter');
  await page.getByTestId('viewer-print').click();
  const paper = page.getByTestId('print-view');
  await expect(paper).toHaveAttribute('data-ready', 'true', { timeout: 180_000 });
  await expect(paper.getByTestId('panel')).toHaveCount(count);
  await expect(paper.getByTestId('panel-loading')).toHaveCount(0);
  for (const fact of ['Model Training', 'Project', 'Time range', 'Last 1 hour', 'Printed at']) await expect(paper).toContainText(fact);
  await page.emulateMedia({ media: 'print' });
  expect(await page.evaluate(() => document.documentElement.classList.contains('pf-v6-theme-dark'))).toBe(false);
  await expect(page.getByTestId('viewer-toolbar')).toBeHidden();
  // Nothing reaches beyond the 186 mm between the margins.
  expect(await paper.evaluate((element) => element.scrollWidth)).toBeLessThanOrEqual(703);
  const pdf = await page.pdf({ preferCSSPageSize: true, ...(process.env.PRINTED === undefined ? {} : { path: process.env.PRINTED }) });
  // A4 in points.
  expect(pdf.toString('latin1')).toMatch(/\/MediaBox\s*\[\s*0 0 59[45](\.\d+)? 84[12](\.\d+)?\s*\]/);
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(1);
  await page.emulateMedia({ media: null });
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await expect(paper).toHaveCount(0);
  expect(await page.evaluate(() => document.documentElement.classList.contains('pf-v6-theme-dark'))).toBe(true);
});
