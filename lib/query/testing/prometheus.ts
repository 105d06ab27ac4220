/** Starts a real Prometheus on given samples, for tests. Knows nothing of what is tested. */
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Agent, fetch } from 'undici';

export interface PrometheusOptions {
  /** History, in OpenMetrics text with timestamps. */
  readonly history: string;
  /** Groups of a rule file, in YAML. */
  readonly rules?: string;
  /** Port on this machine that is scraped at `/metrics` every second. */
  readonly scrapePort?: number;
  /** Its `--web.config.file`: TLS, and who may ask. */
  readonly web?: { readonly tls_server_config?: { readonly cert_file: string; readonly key_file: string }; readonly basic_auth_users?: Readonly<Record<string, string>> };
}

export interface RunningPrometheus {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/* eslint-disable no-restricted-properties -- tests have no configuration; these name tools of the machine */
const prometheusBinary = process.env['PROMETHEUS_BIN'] ?? 'prometheus';
const promtoolBinary = process.env['PROMTOOL_BIN'] ?? 'promtool';
/* eslint-enable no-restricted-properties */

export async function startPrometheus({ history, rules, scrapePort, web = {} }: PrometheusOptions): Promise<RunningPrometheus> {
  const directory = await mkdtemp(join(tmpdir(), 'prometheus-'));
  await writeFile(join(directory, 'history.txt'), history);
  await writeFile(join(directory, 'rules.yaml'), rules ?? 'groups: []\n');
  await writeFile(
    join(directory, 'prometheus.yaml'),
    JSON.stringify({
      global: { scrape_interval: '1s', evaluation_interval: '1s' },
      rule_files: ['rules.yaml'],
      scrape_configs: scrapePort === undefined ? [] : [{ job_name: 'test', static_configs: [{ targets: [`127.0.0.1:${scrapePort}`] }] }],
    }),
  );
  await writeFile(join(directory, 'web.yaml'), JSON.stringify(web));
  const data = join(directory, 'data');
  await promisify(execFile)(promtoolBinary, ['tsdb', 'create-blocks-from', 'openmetrics', join(directory, 'history.txt'), data]);

  const url = `${web.tls_server_config === undefined ? 'http' : 'https'}://127.0.0.1:${await freePort()}`;
  const child = spawn(
    prometheusBinary,
    [
      `--config.file=${join(directory, 'prometheus.yaml')}`,
      `--storage.tsdb.path=${data}`,
      '--storage.tsdb.retention.time=10y',
      `--web.listen-address=${new URL(url).host}`,
      `--web.config.file=${join(directory, 'web.yaml')}`,
      '--enable-feature=exemplar-storage',
      '--log.level=error',
    ],
    { stdio: 'ignore' },
  );
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`prometheus ended with code ${String(code)}`)));
  });
  const exited = failed.catch(() => undefined);
  const killed = (): void => void child.kill('SIGKILL');
  process.once('exit', killed);
  await Promise.race([failed, untilReady(url)]);

  return {
    url,
    async stop() {
      process.off('exit', killed);
      child.kill('SIGTERM');
      await exited;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Asks until the answer satisfies; Prometheus offers no event for what it has scraped or evaluated. */
export async function until<T>(ask: () => Promise<T>, satisfied: (answer: T) => boolean): Promise<T> {
  const giveUp = Date.now() + 20_000;
  for (;;) {
    const answer = await ask();
    if (satisfied(answer)) return answer;
    if (Date.now() > giveUp) throw new Error(`waited too long; last answer: ${JSON.stringify(answer)}`);
    await delay(50);
  }
}

/** Whoever may not ask is told so when it is ready too; whose certificate it has is the business of the test. */
async function untilReady(url: string): Promise<void> {
  const dispatcher = new Agent({ connect: { rejectUnauthorized: false } });
  await until(
    () => fetch(`${url}/-/ready`, { dispatcher }).then(
      ({ status }) => status === 200 || status === 401,
      () => false,
    ),
    (ready) => ready,
  );
  await dispatcher.close();
}

/** Prometheus cannot choose a port by itself. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}
