/**
 * `npm run bench`: how fast the query path is beside Prometheus itself, and how soon a dashboard shows data. Starts the
 * demo stack on ports of its own, measures, and stops it. Numbers depend on the machine and on what else it does; compare
 * the ratios.
 */
import { spawn } from 'node:child_process';
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
import { benchFirstPanel } from './first-panel';
import { benchQueryPath, type Target } from './query-path';

const ports = { app: 4500, prometheus: 4590, oidc: 4540, exporter: 4550 };
const serverPort = 4501;
const nextPort = 4502;
const stateDirectory = join(projectRoot, '.demo', 'bench');
const query = 'odh_training_throughput{namespace=~"llm-research|vision-lab"}';
const dashboard = '/observability/dashboards/opendatahub/model-training?start=1h';

/** Cookies of a person who signed in with the browser. */
async function signIn(appUrl: string): Promise<Cookie[]> {
  const browser = await chromium.launch(chromiumOptions);
  try {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${appUrl}/observability`);
    await signInAtProvider(page, 'scientist', appUrl);
    return await context.cookies();
  } finally {
    await browser.close();
  }
}

/** The demo's configuration for a second process: another port, and limits that a load generator does not reach. */
async function writeConfig(name: string, port: number): Promise<string> {
  // Written by the demo a moment ago.
  const config = parse(await readFile(join(stateDirectory, 'config.yaml'), 'utf8')) as Record<string, unknown>;
  const file = join(stateDirectory, `config-${name}.yaml`);
  await writeFile(
    file,
    stringify({ ...config, listen: { host: '127.0.0.1', port }, limits: { concurrency: 1000, perMinute: 100_000_000 }, logLevel: 'warn' }),
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
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ready = async () => fetch(`http://127.0.0.1:${port}/api/health/ready`).then(({ ok }) => ok, () => false);
  while (!(await ready())) {
    if (child.exitCode !== null) throw new Error(`${args.join(' ')} ended with exit code ${child.exitCode}`);
    await sleep(100);
  }
  return async () => {
    child.kill('SIGTERM');
    await ended;
  };
}

const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort(new Error('Stopped.')));

const steps = createSteps();
process.env.CHROMIUM_PATH ??= await ensureChromium({ steps });
const stack = await startStack({
  settings: { stateDirectory, ports, prometheusUrl: undefined, accessTokenSeconds: 3600 },
  steps,
  signal: stopped.signal,
});
const stops: (() => Promise<void>)[] = [];
try {
  const cookies = await signIn(stack.appUrl);
  await benchFirstPanel(`${stack.appUrl}${dashboard}`, cookies);

  stops.push(await startApp(['dist/server.js'], await writeConfig('server', serverPort), serverPort));
  const nextConfig = await writeConfig('next', nextPort);
  stops.push(await startApp(['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1', '-p', String(nextPort)], nextConfig, nextPort));

  const search = `?${new URLSearchParams({ query }).toString()}`;
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const throughApp = (name: string, port: number): Target => ({
    name,
    origin: `http://127.0.0.1:${port}`,
    path: `/api/proxy/globaldatasources/prometheus/api/v1/query${search}`,
    headers: { cookie },
  });
  await benchQueryPath(
    [
      { name: 'Prometheus directly', origin: stack.prometheusUrl, path: `/api/v1/query${search}`, headers: {} },
      throughApp('production server (npm start)', serverPort),
      throughApp('Next route (next start)', nextPort),
    ],
    [1, 10, 50],
  );
} finally {
  for (const stop of stops) await stop();
  await stack.stop();
}
