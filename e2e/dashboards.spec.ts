/**
 * Every dashboard for everyone who may see it: each panel draws what Prometheus has for them, or says that there is
 * nothing. With `SCREENSHOTS=1` the pictures in docs/images/dashboards are taken anew.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { parse } from 'yaml';
import { parseDashboard } from '../lib/dashboards/parse';
import { projectRoot } from '../demo/setup/index.mjs';
import { expect, signIn, test } from './support/fixtures';
import type { User } from './support/stack';

const folder = join(projectRoot, 'dashboards');
const dashboards = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((name) => {
    const parsed = parseDashboard(parse(readFileSync(join(folder, name), 'utf8')), 'opendatahub');
    return 'dashboard' in parsed ? [parsed.dashboard] : [];
  });

/** A page on which most rows are in view at once. */
const tall = { width: 1440, height: 3000 };

const audienceOf = { scientist: 'data-scientist', mlops: 'mlops', admin: 'admin' } as const;
const personas = ['scientist', 'mlops', 'admin'] as const satisfies readonly User[];

/** Administrators see every dashboard, others those for them and those for everyone. */
const viewers = (audience: string | undefined) => personas.filter((user) => user === 'admin' || (audience ?? '').split(',').some((one) => one === '' || one === audienceOf[user]));

/**
 * What may be empty for an administrator of the demo, with the reason. Others may also have nothing where no workload of
 * the kind runs in their projects; their panels say "No data" then.
 */
const mayBeEmpty: Readonly<Record<string, readonly string[]>> = {
  // Nothing is wrong with the demo's stack itself.
  // An alert fires minutes after its cause; a demo that has just started has none yet.
  'platform-overview': ['Alerts firing'],
  'monitoring-health': ['Query latency', 'Queries of this product'],
};

/** What a panel shows once its queries are answered: something drawn or written, or the notice that there is nothing. */
async function stateOf(panel: Locator): Promise<'drawn' | 'empty' | 'waiting'> {
  return panel.evaluate((element) => {
    const text = element.textContent;
    const table = element.querySelector('table');
    // A table that has nothing to show has its head only.
    if (/No data/i.test(text) || table?.querySelector('tbody td') === null) return 'empty';
    const drawn = [...element.querySelectorAll('canvas')].some((canvas) => {
      const pixels = canvas.width > 0 && canvas.height > 0 ? canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data : undefined;
      return pixels?.some((value) => value !== 0) ?? false;
    });
    const body = text.replace(element.querySelector('header')?.textContent ?? '', '').trim();
    const busy = element.querySelector('.MuiSkeleton-root, [role="progressbar"]') !== null;
    return drawn || (!busy && body !== '') ? 'drawn' : 'waiting';
  });
}

const titleOf = async (panel: Locator): Promise<string> => (await panel.getByRole('heading').first().textContent()) ?? '';

/** Brings every panel into view, as panels and their rows are made only there, and waits for it. */
async function settle(page: Page, count: number): Promise<{ title: string; state: string }[]> {
  const panels = page.getByTestId('dashboard-panels').getByTestId('panel');
  const settled: { title: string; state: string }[] = [];
  for (let index = 0; index < count; index += 1) {
    const panel = panels.nth(index);
    await expect
      .poll(async () => {
        // The next row is made when the end of the page comes near.
        if ((await panel.count()) === 0) await page.mouse.wheel(0, 1000);
        return panel.count();
      }, { timeout: 60_000 })
      .toBe(1);
    await panel.scrollIntoViewIfNeeded();
    const title = await titleOf(panel);
    await expect.poll(() => stateOf(panel), { message: title, timeout: 60_000 }).not.toBe('waiting');
    settled.push({ title, state: await stateOf(panel) });
  }
  return settled;
}

for (const { metadata, spec } of dashboards) {
  const path = `/observability/dashboards/${metadata.project}/${metadata.name}`;
  for (const user of viewers(metadata.annotations?.audience)) {
    test(`${user} opens ${metadata.name}: every panel draws data or says that there is none`, async ({ page }) => {
      test.setTimeout(240_000);
      await page.setViewportSize(tall);
      await signIn(page, user, path);
      await page.getByTestId('dashboard-panels').hover();
      const panels = await settle(page, Object.keys(spec.panels).length);
      const empty = panels.filter(({ state }) => state === 'empty').map(({ title }) => title);
      const allowed = mayBeEmpty[metadata.name] ?? [];
      if (user === 'admin') expect(empty.filter((title) => !allowed.some((start) => title.startsWith(start)))).toEqual([]);
      // A dashboard that has nothing at all to show should not be for this audience.
      else expect(panels.length - empty.length).toBeGreaterThan(0);
    });
  }

  for (const theme of ['light', 'dark'] as const) {
    test(`a picture of ${metadata.name} in ${theme} for the documents`, async ({ page }) => {
      test.skip(process.env.SCREENSHOTS === undefined, 'Pictures are taken when SCREENSHOTS is set, so that a run changes no files.');
      test.setTimeout(240_000);
      await page.setViewportSize(tall);
      await signIn(page, 'admin', path);
      if (theme === 'dark') await page.evaluate(() => document.documentElement.classList.add('pf-v6-theme-dark'));
      await settle(page, Object.keys(spec.panels).length);
      await page.setViewportSize({ width: 1440, height: 1600 });
      await page.screenshot({ path: join(projectRoot, 'docs', 'images', 'dashboards', `${metadata.name}-${theme}.png`), timeout: 120_000 });
    });
  }
}
