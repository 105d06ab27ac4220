/**
 * `npm run bench`: what enforcement costs, how fast the query path is beside Prometheus itself, how soon a dashboard
 * shows data, and how long the query of each panel takes. Starts the demo stack on ports of its own, measures, and stops
 * it. Numbers depend on the machine and on what else it does; compare the ratios.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Cookie } from 'playwright';
import { parse, stringify } from 'yaml';
import { ensureSecrets } from '../demo/secrets';
import { createSteps, ensureChromium, projectRoot } from '../demo/setup/index.mjs';
import { startStack } from '../demo/stack';
import { chromiumOptions } from '../e2e/support/chromium';
import { signInAtProvider } from '../e2e/support/sign-in';
import { benchAudit } from './audit';
import { benchEnforce } from './enforce';
import { startHost } from '../e2e/host/server/host';
import { hostSettings } from '../e2e/support/host-settings';
import { benchEmbedding } from './embedding';
import { benchFirstPanel } from './first-panel';
import { benchPanels } from './panels';
import { benchQueryPath, type Target } from './query-path';

const ports = { app: 4500, prometheus: 4590, oidc: 4540, exporter: 4550, prometheusProxy: 4560 };
const hostPort = 4510;
const hostUrl = `http://127.0.0.1:${hostPort}`;
const serverPort = 4501;
const nextPort = 4502;
const exchangePort = 4503;
const plainProxyPort = 4504;
const auditPort = 4505;
const stateDirectory = join(projectRoot, '.demo', 'bench');
const query = 'odh_training_throughput{namespace=~"llm-research|vision-lab"}';
const dashboard = '/observability/dashboards/opendatahub/model-training?start=1h';

/** Cookies of a person (of the demo) who signed in with the browser. */
async function signIn(appUrl: string, user = 'scientist'): Promise<Cookie[]> {
  const browser = await chromium.launch(chromiumOptions);
  try {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${appUrl}/observability`);
    await signInAtProvider(page, user, appUrl);
    return await context.cookies();
  } finally {
    await browser.close();
  }
}

/**
 * The demo's configuration for a second process: another port, no audit file of the demo's, and limits that a load
 * generator does not reach.
 *
 * @param prometheusUrl where it asks Prometheus without a credential; through the demo's proxy with an exchanged token if
 *   not given
 */
async function writeConfig(name: string, port: number, prometheusUrl?: string, audit: Record<string, unknown> = { sink: 'none' }): Promise<string> {
  // Written by the demo a moment ago.
  const config = parse(await readFile(join(stateDirectory, 'config.yaml'), 'utf8')) as { readonly datasources: readonly object[] };
  const file = join(stateDirectory, `config-${name}.yaml`);
  const direct = { url: prometheusUrl, credential: { type: 'none' } };
  const datasources = prometheusUrl === undefined ? config.datasources : config.datasources.map((datasource) => ({ ...datasource, ...direct }));
  await writeFile(
    file,
    stringify({ ...config, datasources, audit, listen: { host: '127.0.0.1', port }, limits: { concurrency: 1000, totalConcurrency: 1000, perMinute: 100_000_000 }, logLevel: 'warn' }),
  );
  return file;
}

async function startApp(args: string[], configFile: string, port: number) {
  const secrets = await ensureSecrets(stateDirectory);
  const child = spawn(process.execPath, args, {
    cwd: projectRoot,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      OBSERVABILITY_CONFIG: configFile,
      OBSERVABILITY_SESSION_SECRET: secrets.sessionSecret,
      OBSERVABILITY_CLIENT_SECRET: secrets.clientSecret,
    },
  });
  return started(child, `http://127.0.0.1:${port}/api/health/ready`);
}

async function startPlainProxy(prometheusUrl: string) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'bench/reverse-proxy.ts', String(plainProxyPort), prometheusUrl], { cwd: projectRoot, stdio: ['ignore', 'ignore', 'inherit'] });
  return started(child, `http://127.0.0.1:${plainProxyPort}/-/ready`);
}

/** Resolves with what ends a process, when it answers. */
async function started(child: ChildProcess, readyUrl: string): Promise<() => Promise<void>> {
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ready = async () => fetch(readyUrl).then(({ ok }) => ok, () => false);
  while (!(await ready())) {
    if (child.exitCode !== null) throw new Error(`${child.spawnargs.join(' ')} ended with exit code ${child.exitCode}`);
    await sleep(100);
  }
  return async () => {
    child.kill('SIGTERM');
    await ended;
  };
}

benchEnforce();

const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort(new Error('Stopped.')));

const steps = createSteps();
process.env.CHROMIUM_PATH ??= await ensureChromium({ steps });
const stack = await startStack({
  settings: { stateDirectory, ports, prometheusUrl: undefined, accessTokenSeconds: 3600, hostUrls: [hostUrl], preferences: 'server' },
  steps,
  signal: stopped.signal,
});
const header = (cookies: readonly Cookie[]) => cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
const stops: (() => Promise<void>)[] = [];
try {
  const cookies = await signIn(stack.appUrl);
  await benchFirstPanel(`${stack.appUrl}${dashboard}`, cookies);

  const host = await startHost(hostSettings({ port: hostPort, servicePort: ports.app, issuer: stack.issuerUrl, mode: 'production' }));
  stops.push(() => host.close());
  await benchEmbedding(hostUrl, dashboard);

  stops.push(await startApp(['dist/server.js'], await writeConfig('server', serverPort, stack.prometheusUrl), serverPort));
  // Through the process whose limits a measurement does not reach; a session of one port is good for the other.
  await benchPanels(`http://127.0.0.1:${serverPort}`, header(await signIn(stack.appUrl, 'admin')));
  stops.push(await startApp(['dist/server.js'], await writeConfig('exchange', exchangePort), exchangePort));
  const auditConfig = await writeConfig('audit', auditPort, stack.prometheusUrl, { sink: 'file', file: { path: join(stateDirectory, 'audit-bench', 'audit.jsonl'), keep: 1 }, queries: true });
  stops.push(await startApp(['dist/server.js'], auditConfig, auditPort));
  const nextConfig = await writeConfig('next', nextPort, stack.prometheusUrl);
  stops.push(await startApp(['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1', '-p', String(nextPort)], nextConfig, nextPort));
  stops.push(await startPlainProxy(stack.prometheusUrl));

  const search = `?${new URLSearchParams({ query }).toString()}`;
  const cookie = header(cookies);
  const throughApp = (name: string, port: number): Target => ({
    name,
    origin: `http://127.0.0.1:${port}`,
    path: `/api/proxy/globaldatasources/prometheus/api/v1/query${search}`,
    headers: { cookie },
  });
  const withoutApp = (name: string, origin: string): Target => ({ name, origin, path: `/api/v1/query${search}`, headers: {} });
  await benchQueryPath(
    withoutApp('Prometheus directly', stack.prometheusUrl),
    withoutApp('plain Node reverse proxy', `http://127.0.0.1:${plainProxyPort}`),
    [
      throughApp('production server (npm start)', serverPort),
      throughApp('the same, exchanged token and proxy', exchangePort),
      throughApp('Next route (next start)', nextPort),
    ],
    [1, 10, 50],
  );
  await benchAudit(throughApp('audit off', serverPort), throughApp('audit on', auditPort), [1, 10, 50]);
} finally {
  for (const stop of stops) await stop();
  await stack.stop();
}
