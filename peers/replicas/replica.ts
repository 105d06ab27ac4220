/** Replicas of the production build, and an nginx before them that knows which of them are ready, as a cluster's router does. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { loopback } from '../../demo/processes/ports';
import { projectRoot } from '../../demo/setup/index.mjs';
import { until } from '../../lib/query/testing/prometheus';
import { addressOf } from '../support/app';

export interface Replica {
  readonly port: number;
  /** Asks it to end, and resolves with its exit code; null when it was killed. */
  readonly end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<number | null>;
}

export interface ReplicaOptions {
  readonly port: number;
  /** For its configuration file. */
  readonly directory: string;
  /** What it shares with the others. */
  readonly config: Readonly<Record<string, unknown>>;
  /** By the name of the variable. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** Resolves when it is ready. */
export async function startReplica({ port, directory, config, secrets }: ReplicaOptions): Promise<Replica> {
  const configFile = join(directory, `replica-${port}.yaml`);
  await writeFile(configFile, stringify({ ...config, listen: { host: loopback, port } }));
  const child = spawn(process.execPath, ['dist/server.js'], {
    cwd: projectRoot,
    stdio: 'ignore',
    env: { ...process.env, ...secrets, NODE_ENV: 'production', OBSERVABILITY_CONFIG: configFile },
  });
  await untilOk(`${addressOf(port)}/api/health/ready`, child);
  return { port, end: (signal) => endOf(child, signal) };
}

export interface Router {
  readonly url: string;
  /** Sends new requests to these only; resolves when it does. */
  readonly send: (replicas: readonly Replica[]) => Promise<void>;
  readonly stop: () => Promise<unknown>;
}

export interface RouterOptions {
  readonly program: string;
  readonly directory: string;
  readonly port: number;
}

export async function startRouter({ program, directory, port }: RouterOptions, replicas: readonly Replica[]): Promise<Router> {
  const folder = join(directory, 'nginx');
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'nginx.conf');
  let generation = 0;
  const configure = (to: readonly Replica[]): Promise<void> => writeFile(file, configuration({ folder, port, generation, to }));
  await configure(replicas);
  const nginx = spawn(program, ['-e', join(folder, 'error.log'), '-p', folder, '-c', file], { stdio: 'ignore' });
  const url = addressOf(port);
  const known = async (): Promise<void> => {
    await until(
      () => fetch(`${url}/generation`).then((response) => response.text(), () => ''),
      (text) => text === String(generation),
    );
  };
  await known();
  return {
    url,
    send: async (to) => {
      generation += 1;
      await configure(to);
      nginx.kill('SIGHUP');
      await known();
    },
    stop: () => endOf(nginx, 'SIGTERM'),
  };
}

/** What docs/operations.md says of a proxy in front: a query changes nothing, so it may be asked of another replica. */
function configuration({ folder, port, generation, to }: { folder: string; port: number; generation: number; to: readonly Replica[] }): string {
  return `
daemon off;
master_process on;
worker_processes 1;
pid ${join(folder, 'nginx.pid')};
events { worker_connections 512; }
http {
  access_log off;
  client_body_temp_path ${join(folder, 'body')};
  proxy_temp_path ${join(folder, 'proxy')};
  fastcgi_temp_path ${join(folder, 'fastcgi')};
  uwsgi_temp_path ${join(folder, 'uwsgi')};
  scgi_temp_path ${join(folder, 'scgi')};
  upstream app {
    ${to.map((replica) => `server ${loopback}:${replica.port} max_fails=1 fail_timeout=2s;`).join('\n    ')}
    keepalive 32;
  }
  server {
    listen ${loopback}:${port};
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header Host $http_host;
    proxy_connect_timeout 2s;
    location = /generation { return 200 "${generation}"; }
    location / { proxy_pass http://app; }
    location /api/proxy/ {
      proxy_pass http://app;
      proxy_next_upstream error timeout non_idempotent;
    }
  }
}
`;
}

async function untilOk(url: string, child: ChildProcess): Promise<void> {
  await until(
    () => {
      if (child.exitCode !== null) throw new Error(`the replica ended with ${child.exitCode}`);
      return fetch(url).then((response) => response.status, () => 0);
    },
    (status) => status === 200,
  );
}

async function endOf(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const exited = once(child, 'exit');
  child.kill(signal);
  const [code] = (await exited) as [number | null];
  return code;
}
