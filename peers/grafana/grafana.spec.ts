/** What is imported from Grafana, opened in the browser over a Prometheus that has the metrics it asks for. */
import { expect, test as base, type Page } from '@playwright/test';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { projectRoot } from '../../demo/setup/index.mjs';
import { preferAllPanels } from '../../e2e/support/fixtures';
import { fullHeight, statesOf, type PanelState } from '../../e2e/support/panel-states';
import type { Dashboard } from '../../lib/contracts/dashboard';
import { dashboardPath } from '../../lib/contracts/links';
import { parseDashboard } from '../../lib/dashboards/parse';
import { importGrafana } from '../../lib/grafana/import';
import { forWorker } from '../support/for-worker';
import { withSite, type AppSite } from '../support/site';
import { samplesFor } from './metrics';

const platformProject = 'opendatahub';
const folder = join(projectRoot, 'lib', 'grafana', 'testing', 'dashboards');
const dashboards = readdirSync(folder).map((file) => {
  const { resource } = importGrafana(JSON.parse(readFileSync(join(folder, file), 'utf8')), { namespace: platformProject });
  const parsed = parseDashboard(resource, platformProject);
  if ('problems' in parsed) throw new Error(`${file}: ${parsed.problems[0].reason}`);
  return parsed.dashboard;
});

const closedRow = z.looseObject({ title: z.string(), collapse: z.looseObject({ open: z.literal(false) }) });

const test = base.extend<object, { site: AppSite }>({
  site: forWorker(
    (use) => withSite({ name: 'grafana', history: samplesFor(dashboards, Date.now()), config: ({ directory }) => ({ platformProject, dashboards: { own: join(directory, 'own') } }) }, use),
    120_000,
  ),
});

async function signIn(page: Page, { url, issuer, users }: AppSite): Promise<void> {
  users.set('alex', { name: 'Alex', groups: ['admins'] });
  // The provider takes the word of who asks for whom it is.
  await page.route(`${issuer}/auth?*`, async (route) => {
    const address = new URL(route.request().url());
    if (address.searchParams.has('login_hint')) return route.continue();
    address.searchParams.set('login_hint', 'alex');
    return route.fulfill({ status: 302, headers: { location: address.href } });
  });
  await page.goto(`${url}/observability`);
  await page.waitForURL((address) => address.origin === url && address.pathname.startsWith('/observability'), { timeout: 60_000 });
}

/** Rows that are closed in Grafana are closed here too. */
async function openRows(page: Page, { spec: { layouts } }: Dashboard): Promise<void> {
  const titles = layouts.flatMap(({ spec: { display } }) => closedRow.safeParse(display).data?.title ?? []);
  for (const title of titles) await page.getByTestId('dashboard-panels').getByRole('button', { expanded: false, name: title }).click();
}

test('twelve imported dashboards are drawn, no query of theirs is refused, and what has no data says so', async ({ page, site }) => {
  test.setTimeout(600_000);
  expect(dashboards).toHaveLength(12);
  const token = await site.tokenOf('alex', { groups: ['admins'] });
  await signIn(page, site);
  await preferAllPanels(page);
  const notDrawn: Record<string, PanelState[]> = {};
  for (const dashboard of dashboards) {
    await test.step(dashboard.metadata.name, async () => {
      const response = await fetch(`${site.url}/api/v1/projects/${platformProject}/dashboards`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(dashboard),
      });
      expect(response.status, await response.text()).toBe(200);
      await page.setViewportSize({ width: 1440, height: fullHeight(dashboard) });
      await page.goto(`${site.url}${dashboardPath(platformProject, dashboard.metadata.name)}?start=30m`);
      await openRows(page, dashboard);
      const settled = async (): Promise<number> => (await statesOf(page)).filter(({ state }) => state !== 'waiting').length;
      await expect.poll(settled, { timeout: 90_000 }).toBe(Object.keys(dashboard.spec.panels).length);
      notDrawn[dashboard.metadata.name] = (await statesOf(page)).filter(({ state }) => state !== 'drawn');
    });
  }
  // Perses draws these from native histograms, which cannot be written in a text of samples.
  const fromNative = ['Prompt length', 'Tokens in a batch'];
  // The samples do not fit every choice that an import begins with; a panel that has none says so.
  expect(Object.values(notDrawn).flat().filter(({ state, title }) => state !== 'empty' && !fromNative.includes(title))).toEqual([]);
  expect(Object.values(notDrawn).filter((panels) => panels.length === 0).length, 'dashboards of which every panel is drawn').toBeGreaterThan(8);
});
