/** A second app beside the stack's own: same provider, sessions and metrics backend, another credential or dashboards. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse, stringify } from 'yaml';
import { ensureSecrets } from '../../demo/secrets';
import { projectRoot } from '../../demo/setup/index.mjs';
import type { FileConfig } from '../../lib/config/schema';
import { secondAppPort, stackEnvironment } from './stack';

type CredentialConfig = FileConfig['datasources'][number]['credential'];

interface SecondAppOptions {
  readonly port?: number;
  /** A folder that it keeps dashboards in. */
  readonly own?: string;
  /** Its other sources of dashboards, and where settings are kept. */
  readonly dashboards?: Partial<FileConfig['dashboards']>;
  /** Who may change the dashboards of which projects, by group. */
  readonly projectAdministrators?: Readonly<Record<string, string[]>>;
  /** Address of the metrics backend; the stack's own without it. */
  readonly backend?: string;
  /** Time that a query may take, such as `30s`; the stack's own without it. */
  readonly timeout?: string;
  /** What people prefer, and what administrators chose for them. */
  readonly preferences?: Partial<FileConfig['preferences']>;
}

/** @param credential of every datasource; the stack's own without it */
export async function startSecondApp(credential: CredentialConfig | undefined, { port = secondAppPort, own, dashboards: others = {}, projectAdministrators = {}, backend, timeout, preferences = {} }: SecondAppOptions = {}): Promise<{ url: string; stop: () => Promise<void> }> {
  const state = join(projectRoot, stackEnvironment.DEMO_STATE_DIR);
  const url = `http://127.0.0.1:${port}`;
  // The file that the demo wrote for its own app.
  const config = parse(await readFile(join(state, 'config.yaml'), 'utf8')) as FileConfig;
  const folder = await mkdtemp(join(tmpdir(), 'second-app-'));
  const datasources = config.datasources.map((datasource) => ({ ...datasource, credential: credential ?? datasource.credential, ...(backend === undefined ? {} : { url: backend }) }));
  const dashboards = { ...config.dashboards, ...others, ...(own === undefined ? {} : { own }) };
  const access = { ...config.access, claims: { ...config.access.claims, projectAdministrators } };
  await writeFile(join(folder, 'config.yaml'), stringify({ ...config, publicUrl: url, listen: { host: '127.0.0.1', port }, datasources, dashboards, access, limits: { ...config.limits, ...(timeout === undefined ? {} : { timeout }) }, preferences, audit: { sink: 'none' } }));

  const { sessionSecret, clientSecret } = await ensureSecrets(state);
  const child = spawn(process.execPath, ['dist/server.js'], {
    cwd: projectRoot,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production', OBSERVABILITY_CONFIG: join(folder, 'config.yaml'), OBSERVABILITY_SESSION_SECRET: sessionSecret, OBSERVABILITY_CLIENT_SECRET: clientSecret },
  });
  const ended = once(child, 'exit');
  const answers = () =>
    fetch(`${url}/api/health/live`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await answers())) {
    if (child.exitCode !== null) throw new Error(`the second app ended with exit code ${child.exitCode}`);
    await sleep(100);
  }
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
