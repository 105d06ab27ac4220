/**
 * Runs inside of a network namespace that has the loopback interface and no other: starts the demo's stack, opens every page
 * of the app in Chromium, and writes what was asked of whom.
 *
 * Usage: visit.ts <file for the result> <state directory>
 */
import { readFile, writeFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Locator, type Page } from 'playwright';
import { createSteps, projectRoot } from '../../demo/setup/index.mjs';
import { startStack } from '../../demo/stack';
import { chromiumOptions } from '../../e2e/support/chromium';
import { signInAtProvider } from '../../e2e/support/sign-in';

export interface Visit {
  /** Network interfaces that there are. */
  readonly interfaces: readonly string[];
  /** What came of a request to an address outside. */
  readonly outside: string;
  readonly appUrl: string;
  /** Pages that were opened, as paths. */
  readonly pages: readonly string[];
  /** URLs that the browser requested, by the page that it was on. */
  readonly requests: Readonly<Record<string, readonly string[]>>;
  /** Hosts that the app's server connected to or looked up. */
  readonly connections: readonly string[];
}

/** Pages beside the dashboards, with what is there when they are. */
const pages = {
  '/': 'dashboard-card',
  '/observability': 'dashboard-card',
  '/observability/dashboards': 'dashboard-card',
  '/observability/serving?namespace=fraud-detection': 'panel-content',
  '/observability/projects/vision-lab': 'figure-value',
  '/observability/status': 'finding',
  '/observability/help': 'help-entry',
  '/observability/manage': 'manage-row',
  '/observability/manage/new': 'start-form',
} as const;

const [resultFile = '', stateDirectory = ''] = process.argv.slice(2);
const connectionsFile = `${resultFile}.connections`;
await writeFile(connectionsFile, '');
process.env.NODE_OPTIONS = `--import=${join(projectRoot, 'peers/disconnected/record-connections.mjs')}`;
process.env.CONNECTIONS_FILE = connectionsFile;

/** An address that nobody has: RFC 5737 keeps it for documents. */
const outside = await fetch('http://192.0.2.1/').then(
  ({ status }) => `answered ${status}`,
  (error: unknown) => (error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)),
);

const stack = await startStack({
  settings: {
    stateDirectory: resolve(projectRoot, stateDirectory),
    ports: { app: 3000, prometheus: 9090, oidc: 9400, exporter: 9401, prometheusProxy: 9402 },
    prometheusUrl: undefined,
    accessTokenSeconds: 3600,
    hostUrls: [],
    preferences: 'server',
  },
  steps: createSteps(),
  signal: new AbortController().signal,
});
const { appUrl } = stack;
const requests: Record<string, string[]> = {};

/**
 * @param ready what is there when the page is
 * @param then what is done there
 */
async function open(page: Page, path: string, ready: Locator, then?: () => Promise<void>): Promise<void> {
  const urls: string[] = (requests[path] = []);
  const note = (request: { url: () => string }) => void urls.push(request.url());
  page.on('request', note);
  page.on('websocket', note);
  await page.goto(`${appUrl}${path}`);
  await ready.first().waitFor({ timeout: 90_000 }).catch(async (error: unknown) => {
    await page.screenshot({ path: `${resultFile}.png` });
    throw new Error(`${path} is not there; ${resultFile}.png shows what is`, { cause: error });
  });
  await then?.();
  // What is loaded late: fonts, chunks of panels, pictures.
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  page.off('request', note);
  page.off('websocket', note);
  process.stdout.write(`${path}\n`);
}

try {
  const browser = await chromium.launch(chromiumOptions);
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 2400 } });
    await page.goto(`${appUrl}/observability`);
    await signInAtProvider(page, 'admin', appUrl);
    // The shape of Perses's API.
    const dashboards = (await (await page.request.get(`${appUrl}/api/v1/dashboards?metadata_only=true`)).json()) as { metadata: { project: string; name: string } }[];
    for (const [path, ready] of Object.entries(pages)) await open(page, path, page.getByTestId(ready));
    for (const { metadata } of dashboards) await open(page, `/observability/dashboards/${metadata.project}/${metadata.name}`, page.getByTestId('panel-content'));
    const begin = page.getByTestId('begin');
    await open(page, '/observability/manage/new?from=opendatahub/model-serving', begin, async () => {
      await begin.click();
      await page.getByTestId('dashboard-editor').waitFor({ timeout: 90_000 });
      await page.getByTestId('panel-content').first().waitFor({ timeout: 90_000 });
    });
    await open(page, '/observability/manage/edit?project=opendatahub&name=model-serving', page.getByRole('heading', { level: 1 }));
    const stranger = await browser.newPage();
    await open(stranger, '/signin?signedOut=1', stranger.getByRole('button', { name: 'Sign in' }));
    await open(stranger, '/observability/nowhere/at/all', stranger.getByRole('heading'));
  } finally {
    await browser.close();
  }
} finally {
  await stack.stop();
}

const lines = (await readFile(connectionsFile, 'utf8')).split('\n').filter((line) => line.includes('dist/server.js '));
const visit: Visit = {
  interfaces: Object.keys(networkInterfaces()),
  outside,
  appUrl,
  pages: Object.keys(requests),
  requests,
  connections: [...new Set(lines.map((line) => line.slice(line.lastIndexOf(' ') + 1)))].sort(),
};
await writeFile(resultFile, JSON.stringify(visit));
