/**
 * Every dashboard for everyone who may see it: each panel draws what Prometheus has for them, or says that there is
 * nothing, in a narrow window no title loses a part, and the console stays free of errors. With `SCREENSHOTS=1` the pictures in
 * docs/images/dashboards are taken anew.
 */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { parse } from 'yaml';
import { parseDashboard } from '../lib/dashboards/parse';
import type { Dashboard } from '../lib/contracts/dashboard';
import { projectRoot } from '../demo/setup/index.mjs';
import { expect, preferAllPanels, signIn, test as base } from './support/fixtures';
import { fullHeight, statesOf, type PanelState } from './support/panel-states';
import { appUrl, type User } from './support/stack';

const folder = join(projectRoot, 'dashboards');
const dashboards = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((name) => {
    const parsed = parseDashboard(parse(readFileSync(join(folder, name), 'utf8')), 'opendatahub');
    return 'dashboard' in parsed ? [parsed.dashboard] : [];
  });

const audienceOf = { scientist: 'data-scientist', mlops: 'mlops', admin: 'admin' } as const;
const personas = ['scientist', 'mlops', 'admin'] as const satisfies readonly User[];

/** Administrators see every dashboard, others those for them and those for everyone. */
const mayOpen = (user: (typeof personas)[number], { metadata }: Dashboard) =>
  user === 'admin' || (metadata.annotations?.audience ?? '').split(',').some((one) => one === '' || one === audienceOf[user]);

/** What has nothing at all to show for somebody of the demo: in their projects nothing of its kind runs. */
const nothingFor: Readonly<Record<'scientist' | 'mlops', readonly string[]>> = {
  scientist: ['llm-serving'],
  mlops: [],
};

/**
 * What may be empty for an administrator of the demo, with the reason. Others may also have nothing where no workload of
 * the kind runs in their projects; their panels say so then.
 */
const emptyForAdministrators: Readonly<Record<string, readonly string[]>> = {
  // An alert fires minutes after its cause; a demo that has just started has none yet.
  'platform-overview': ['Alerts firing'],
  // Runs come and go, and deployments change when somebody or the autoscaler changes them.
  pipelines: ['Runs in progress (table)'],
  'slo-overview': ['Changes of deployments'],
  // The app's own metrics begin with the demo.
  'monitoring-health': ['Query latency', 'Queries of this product'],
};

const test = base.extend<{ user: User }, { contextOf: (user: User) => Promise<BrowserContext> }>({
  user: ['admin', { option: true }],
  // A person signs in once and then opens one page after the other, with the scripts in the browser's cache.
  contextOf: [
    async ({ browser }, use) => {
      const contexts = new Map<User, BrowserContext>();
      await use(async (user) => {
        const known = contexts.get(user);
        if (known !== undefined) return known;
        const context = await browser.newContext({ baseURL: appUrl });
        contexts.set(user, context);
        const page = await context.newPage();
        await signIn(page, user);
        await page.close();
        return context;
      });
      for (const context of contexts.values()) await context.close();
    },
    { scope: 'worker' },
  ],
  page: async ({ contextOf, user }, use) => {
    const page = await (await contextOf(user)).newPage();
    await preferAllPanels(page);
    await use(page);
    await page.close();
  },
});

// Filming pages of this height costs more than drawing them.
test.use({ trace: 'off' });

const usualWidth = 1440;
/** From which on dashboards are readable, in pixels. */
const leastWidth = 1024;

/** What a page cannot show in its width: titles, heads of tables and states that lose a part, and what makes the page wider. */
const cutTexts = (page: Page): Promise<string[]> =>
  page.getByTestId('dashboard-panels').evaluate((panels) => [
    ...[...panels.querySelectorAll('h2, h3, thead th, thead th *, [data-testid="panel-status"] *, [data-testid="panel-limits"]')]
      .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 && getComputedStyle(element).overflowX !== 'visible')
      .map((element) => element.textContent),
    ...(document.documentElement.scrollWidth > document.documentElement.clientWidth ? ['the page'] : []),
  ]);

/** Opens a dashboard with all of its panels in view. */
async function open(page: Page, dashboard: Dashboard, width = usualWidth): Promise<void> {
  // In a narrow window the controls above take more lines.
  await page.setViewportSize({ width, height: fullHeight(dashboard) + (usualWidth - width) });
  await page.goto(`/observability/dashboards/${dashboard.metadata.project}/${dashboard.metadata.name}`);
}

/**
 * Waits until every panel is drawn, or empty where that is allowed.
 *
 * @param mayBeEmpty of a panel's title
 * @returns what each panel shows then
 */
async function settle(page: Page, dashboard: Dashboard, mayBeEmpty: (title: string) => boolean): Promise<PanelState[]> {
  const titles = Object.values(dashboard.spec.panels).map(({ spec }) => spec.display?.name ?? '');
  const unsettled = async () => {
    const states = await statesOf(page);
    const missing = titles.slice(states.length).map(() => 'not made yet');
    return [...missing, ...states.flatMap(({ title, state }) => (state === 'drawn' || (state === 'empty' && mayBeEmpty(title)) ? [] : `${title}: ${state}`))];
  };
  await expect.poll(unsettled, { timeout: 150_000, intervals: [500] }).toEqual([]);
  return statesOf(page);
}

for (const user of personas) {
  test.describe(user, () => {
    test.use({ user });
    for (const dashboard of dashboards.filter((one) => mayOpen(user, one))) {
      const { name } = dashboard.metadata;
      test(`${user} opens ${name}: every panel draws data or says that there is none`, async ({ page }) => {
        // Twenty charts, drawn without a graphics card on a machine that may be busy.
        test.setTimeout(180_000);
        const allowed = emptyForAdministrators[name] ?? [];
        await open(page, dashboard);
        const states = await settle(page, dashboard, (title) => user !== 'admin' || allowed.some((start) => title.startsWith(start)));
        const drawn = states.filter(({ state }) => state === 'drawn');
        // A dashboard that has nothing to show for an audience should not be for it, unless it is known why.
        if (user !== 'admin' && nothingFor[user].includes(name)) expect(drawn).toEqual([]);
        else expect(drawn.length).toBeGreaterThan(0);

        if (user !== 'admin') return;
        await page.setViewportSize({ width: leastWidth, height: fullHeight(dashboard) });
        await expect.poll(() => cutTexts(page), { timeout: 60_000 }).toEqual([]);
      });
    }
  });
}

/** Both widths and both themes, with half of the pictures. */
const pictures = [
  { theme: 'light', width: leastWidth },
  { theme: 'dark', width: usualWidth },
] as const;

// So that a run changes no files otherwise.
for (const dashboard of process.env.SCREENSHOTS === undefined ? [] : dashboards) {
  for (const { theme, width } of pictures) {
    test(`a picture of ${dashboard.metadata.name} in ${theme}, ${width} pixels wide, for the documents`, async ({ page }) => {
      test.setTimeout(240_000);
      await open(page, dashboard, width);
      if (theme === 'dark') await page.evaluate(() => document.documentElement.classList.add('pf-v6-theme-dark'));
      await settle(page, dashboard, () => true);
      const target = join(projectRoot, 'docs', 'images', 'dashboards');
      mkdirSync(target, { recursive: true });
      const bottom = await page.getByTestId('dashboard-panels').evaluate((panels) => panels.getBoundingClientRect().bottom);
      const clip = { x: 0, y: 0, width, height: Math.ceil(bottom) + 24 };
      await page.screenshot({ path: join(target, `${dashboard.metadata.name}-${theme}-${width}.png`), clip, scale: 'css', timeout: 120_000 });
    });
  }
}
