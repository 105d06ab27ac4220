/** A real Perses server that keeps its resources in a folder. Knows nothing of the app. */
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { loopback } from '../../demo/processes/ports';
import type { Supervisor } from '../../demo/processes/supervisor';
import { freePorts } from '../../demo/testing/free-ports';

export interface PersesOptions {
  readonly supervisor: Supervisor;
  /** Where the program and its plugins are. */
  readonly home: string;
  /** For its configuration and its resources. */
  readonly directory: string;
  /** Whether it asks who is calling. Who has an account may do everything then, and nobody else anything. */
  readonly withAccounts?: boolean;
}

export interface RunningPerses {
  readonly url: string;
  /** Asks its API, below `/api`. */
  readonly ask: (method: string, path: string, body?: unknown, token?: string) => Promise<{ readonly status: number; readonly body: unknown }>;
}

export async function startPerses({ supervisor, home, directory, withAccounts = false }: PersesOptions): Promise<RunningPerses> {
  const [port = 0] = await freePorts(1);
  const url = `http://${loopback}:${port}`;
  const folder = join(directory, `perses-${port}`);
  await mkdir(join(folder, 'archives'), { recursive: true });
  const everything = [{ actions: ['*'], scopes: ['*'] }];
  await writeFile(
    join(folder, 'config.yaml'),
    stringify({
      security: {
        enable_auth: withAccounts,
        encryption_key: randomBytes(16).toString('hex'),
        ...(withAccounts ? { authorization: { guest_permissions: everything }, authentication: { providers: { enable_native: true } } } : {}),
      },
      // Otherwise it looks for the folder of its lists by its name in lower case.
      database: { file: { folder: join(folder, 'resources'), extension: 'json', case_sensitive: true } },
      plugin: { path: join(home, 'plugins'), archive_path: join(folder, 'archives') },
      frontend: { disable: true },
    }),
  );
  await supervisor.start({
    name: `perses-${port}`,
    command: join(home, 'server'),
    args: ['--config', join(folder, 'config.yaml'), '--web.listen-address', `${loopback}:${port}`],
    // What its schemas import lies beside them.
    env: { CUE_REGISTRY: 'none' },
    readyUrl: `${url}/api/config`,
  });
  return {
    url,
    ask: async (method, path, body, token) => {
      const response = await fetch(`${url}/api${path}`, {
        method,
        headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
    },
  };
}
