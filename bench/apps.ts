/** The demo's stack for measurements, and processes beside it: apps with other configurations, a plain proxy. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Cookie } from 'playwright';
import { parse, stringify } from 'yaml';
import { ensureSecrets } from '../demo/secrets';
import { createSteps, ensureChromium, projectRoot } from '../demo/setup/index.mjs';
import { startStack, type Stack } from '../demo/stack';
import { chromiumOptions } from '../e2e/support/chromium';
import { signInAtProvider } from '../e2e/support/sign-in';

export const ports = { app: 4500, prometheus: 4590, oidc: 4540, exporter: 4550, prometheusProxy: 4560 };
export const stateDirectory = join(projectRoot, '.demo', 'bench');
const plainProxyPort = 4504;
export const plainProxyUrl = `http://127.0.0.1:${plainProxyPort}`;

/** Starts the stack. Ctrl-C ends it. */
export async function startBenchStack(hostUrls: readonly string[]): Promise<Stack> {
  const stopped = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort(new Error('Stopped.')));
  const steps = createSteps();
  process.env.CHROMIUM_PATH ??= await ensureChromium({ steps });
  return startStack({
    settings: { stateDirectory, ports, prometheusUrl: undefined, accessTokenSeconds: 3600, hostUrls, preferences: 'server' },
    steps,
    signal: stopped.signal,
  });
}

/** Cookies of a person (of the demo) who signed in with the browser. */
export async function signIn(appUrl: string, user = 'scientist'): Promise<Cookie[]> {
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

interface ConfigOptions {
  readonly port: number;
  /** Where it asks Prometheus without a credential; through the demo's proxy with an exchanged token without it. */
  readonly prometheusUrl?: string;
  readonly audit?: Readonly<Record<string, unknown>>;
  /** Those that a load generator does not reach without it. */
  readonly limits?: Readonly<Record<string, unknown>>;
}

const hardlyAny = { concurrency: 1000, totalConcurrency: 1000, perMinute: 100_000_000 };

/** The demo's configuration for a second process: another port, no audit file of the demo's, other limits. */
export async function writeConfig(name: string, { port, prometheusUrl, audit = { sink: 'none' }, limits = hardlyAny }: ConfigOptions): Promise<string> {
  // Written by the demo a moment ago.
  const config = parse(await readFile(join(stateDirectory, 'config.yaml'), 'utf8')) as { readonly datasources: readonly object[] };
  const file = join(stateDirectory, `config-${name}.yaml`);
  const direct = { url: prometheusUrl, credential: { type: 'none' } };
  const datasources = prometheusUrl === undefined ? config.datasources : config.datasources.map((datasource) => ({ ...datasource, ...direct }));
  await writeFile(file, stringify({ ...config, datasources, audit, listen: { host: '127.0.0.1', port }, limits, logLevel: 'warn' }));
  return file;
}

/** A process that answers. */
export interface Running {
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

export async function startApp(args: string[], configFile: string, port: number): Promise<Running> {
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

export async function startPlainProxy(prometheusUrl: string): Promise<Running> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'bench/reverse-proxy.ts', String(plainProxyPort), prometheusUrl], { cwd: projectRoot, stdio: ['ignore', 'ignore', 'inherit'] });
  return started(child, `${plainProxyUrl}/-/ready`);
}

/** Resolves when a process answers. */
async function started(child: ChildProcess, readyUrl: string): Promise<Running> {
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ready = async () => fetch(readyUrl).then(({ ok }) => ok, () => false);
  while (!(await ready())) {
    if (child.exitCode !== null) throw new Error(`${child.spawnargs.join(' ')} ended with exit code ${child.exitCode}`);
    await sleep(100);
  }
  return {
    pid: child.pid ?? Number.NaN,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
