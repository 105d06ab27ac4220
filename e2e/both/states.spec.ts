/**
 * Each state of a dashboard and its panels, reached for real, by itself and in a host: what it says, that one panel leaves
 * the others alone, and that axe finds nothing in it.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { startHost } from '../host/server/host';
import { expectAccessible } from '../support/accessible';
import { chartPanel } from '../support/chart-panel';
import { createDoor } from '../support/door';
import { signIn } from '../support/fixtures';
import { expect, signInToHost, test } from '../support/host';
import { picture } from '../support/picture';
import { startSecondApp } from '../support/second-app';
import { prometheusUrl, statesAppPort, statesDoorPort, statesHostSettings, statesHostUrl } from '../support/stack';

// One app, whose backend answers or not as each step needs it.
test.describe.configure({ mode: 'serial', timeout: 420_000 });

const panels = {
  drawn: { name: 'GPU utilization (%)', query: 'DCGM_FI_DEV_GPU_UTIL' },
  late: { name: 'Training loss (no unit)', query: 'odh_training_loss' },
  stopped: { name: 'Throughput (samples/s)', query: 'odh_training_throughput' },
  notConfigured: { name: 'Requests elsewhere (requests/s)', query: 'requests_total', datasource: { kind: 'PrometheusDatasource', name: 'elsewhere' } },
  notEmitted: { name: 'Requests running (requests)', query: 'vllm:num_requests_running' },
  noAccess: { name: 'GPU utilization of fraud detection (%)', query: 'DCGM_FI_DEV_GPU_UTIL{namespace="fraud-detection"}' },
  nothingChosen: { name: 'GPU utilization of the worker (%)', query: 'DCGM_FI_DEV_GPU_UTIL{pod="no-such-worker-0"}' },
  noMatch: { name: 'GPUs above 95 °C (°C)', query: 'DCGM_FI_DEV_GPU_TEMP > 95', description: 'What: GPUs that are too hot.\nEmpty when: no GPU is above 95 °C.' },
} as const;

const dashboard = {
  kind: 'Dashboard',
  metadata: { name: 'states', project: 'opendatahub', version: 0 },
  spec: {
    display: { name: 'States' },
    duration: '1h',
    panels: Object.fromEntries(Object.entries(panels).map(([key, panel]) => [key, chartPanel(panel)])),
    layouts: [{ kind: 'Grid', spec: { items: Object.keys(panels).map((key, index) => ({ x: 8 * (index % 3), y: 7 * Math.floor(index / 3), width: 8, height: 7, content: { $ref: `#/spec/panels/${key}` } })) } }],
  },
};

const path = '/observability/dashboards/opendatahub/states';
const door = createDoor(statesDoorPort, prometheusUrl);
const closes: (() => Promise<unknown>)[] = [];
let appUrl = '';

test.beforeAll(async () => {
  const own = await mkdtemp(join(tmpdir(), 'states-'));
  closes.unshift(() => rm(own, { recursive: true, force: true }));
  await writeFile(join(own, 'states.json'), JSON.stringify(dashboard));
  await door.open();
  closes.unshift(() => door.cut());
  // Longer than it takes to stop waiting, on a busy machine too.
  const app = await startSecondApp({ type: 'none' }, { own, port: statesAppPort, backend: `http://127.0.0.1:${statesDoorPort}`, timeout: '15s' });
  closes.unshift(app.stop);
  appUrl = app.url;
  const host = await startHost(statesHostSettings);
  closes.unshift(() => host.close());
});
test.afterEach(async ({ page, consoleErrors, warnings }) => {
  // A page that asks on keeps an app from stopping.
  await page.goto('about:blank');
  // What these tests break is in the console; what they expect is on the page.
  consoleErrors.splice(0);
  warnings.splice(0);
});
test.afterAll(async () => {
  for (const close of closes) await close();
});

const places = [
  {
    name: 'by itself',
    open: async (page: Page) => {
      await signIn(page, 'scientist');
      await page.goto(`${appUrl}${path}?refresh=0s`);
    },
    cookie: /session-token/,
    takesPictures: true,
  },
  { name: 'in a host', open: (page: Page) => signInToHost(page, 'scientist', `${path}?refresh=0s`, statesHostUrl), cookie: /^host-session/, takesPictures: false },
] as const;

for (const { name, open, cookie, takesPictures } of places) {
  test(`each state says what it is and what to do, and leaves the other panels alone, ${name}`, async ({ page, context }) => {
    await page.setViewportSize({ width: 1440, height: 1400 });
    const panel = (key: keyof typeof panels): Locator => page.locator(`[data-testid="panel"][data-panel="${key}"]`);
    const show = async (key: keyof typeof panels, file: string): Promise<void> => {
      if (takesPictures) await picture(panel(key), file);
    };
    const soon = { timeout: 60_000 };

    await test.step('the dashboard loads', async () => {
      let release = (): void => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      await page.route(/\/api\/.*\/dashboards\/states$/, async (route) => {
        await held;
        await route.continue();
      });
      door.hold([panels.late.query, panels.stopped.query]);
      await open(page);
      await expect(page.getByTestId('viewer-loading')).toBeVisible(soon);
      await expect(page.getByTestId('loading-status')).toHaveText('Loading the dashboard', soon);
      await expectAccessible(page);
      release();
      await expect(panel('late').getByTestId('panel-loading')).toBeVisible(soon);
      await show('late', 'loading');
    });

    await test.step('two panels are slow: one is stopped, the other comes to its time limit; the rest is drawn', async () => {
      await expect(panel('stopped').getByTestId('panel-slow')).toContainText('Waiting for the answer', soon);
      await panel('stopped').getByRole('button', { name: 'Stop waiting' }).press('Enter');
      await expect(panel('stopped').getByTestId('panel-cancelled')).toContainText('You stopped waiting');
      await show('stopped', 'stopped');
      await expect(panel('drawn').getByTestId('panel-content')).toBeVisible(soon);
      await expectAccessible(page);
      const error = panel('late').getByTestId('panel-error');
      await expect(error).toHaveAttribute('data-code', 'ERR_QUERY_002', soon);
      await expect(error).toContainText('Query took too long');
      await expect(error).toContainText('Choose a shorter time range or fewer projects');
      await expect(error.getByRole('link', { name: 'About ERR_QUERY_002' })).toHaveAttribute('href', '/observability/help#ERR_QUERY_002');
      await expect(page.getByTestId('panels-status')).toContainText('of the panels failed', soon);
      await show('late', 'timeout');
    });

    await test.step('no data has its reason, in each panel another one', async () => {
      for (const [key, reason] of [
        ['notEmitted', 'not-emitted'],
        ['noAccess', 'no-access'],
        ['nothingChosen', 'nothing-chosen'],
        ['noMatch', 'no-match'],
      ] as const) {
        await expect(panel(key).getByTestId('panel-no-data')).toHaveAttribute('data-reason', reason, soon);
      }
      await expect(panel('notConfigured').getByTestId('panel-error')).toHaveAttribute('data-code', 'ERR_DATA_002', soon);
      await show('nothingChosen', 'no-data-nothing-chosen');
      await show('noMatch', 'no-data-nothing-to-report');
      // With the time limit and what was stopped on the same page.
      await expectAccessible(page);
    });

    await test.step('what failed and what was stopped is tried again', async () => {
      door.letGo();
      await panel('late').getByTestId('panel-retry').press('Enter');
      await panel('stopped').getByRole('button', { name: 'Load it' }).press('Enter');
      for (const key of ['late', 'stopped'] as const) await expect(panel(key).getByTestId('panel-content')).toBeVisible(soon);
    });

    await test.step('the metrics backend goes away: said once, and what is drawn stays with its age', async () => {
      await door.cut();
      await page.getByTestId('refresh-now').click();
      await expect(page.getByTestId('outage')).toContainText('The metrics backend does not answer', soon);
      await expect(panel('drawn').getByTestId('data-age')).toContainText('old', soon);
      await expect(page.getByTestId('panels-status')).toContainText('The metrics backend does not answer', soon);
      await expect(page.getByTestId('outage')).not.toHaveAttribute('aria-live', /./);
      await expectAccessible(page);
      await door.open();
      // By itself: after several tries the next one comes after a minute.
      await expect(page.getByTestId('outage')).toBeHidden({ timeout: 180_000 });
    });

    await test.step('the session ends', async () => {
      await context.clearCookies({ name: cookie });
      await page.getByTestId('refresh-now').click();
      await expect(page.getByTestId('session-expired')).toBeVisible(soon);
      await expectAccessible(page);
    });
  });
}
