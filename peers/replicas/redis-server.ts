/** A real Redis or Valkey as a company runs one: over TLS, with a user for the app that may do no more than docs/operations.md says. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { loopback } from '../../demo/processes/ports';
import { projectRoot } from '../../demo/setup/index.mjs';
import { until } from '../../lib/query/testing/prometheus';

export interface RedisServer {
  /** Starts it anew, empty; resolves when it answers. */
  readonly start: () => Promise<void>;
  /** Without a word to anyone. */
  readonly kill: () => Promise<void>;
}

export interface RedisServerOptions {
  readonly program: string;
  /** For its certificate and settings; what is in it is made anew. */
  readonly directory: string;
  readonly port: number;
}

export const user = { name: 'odh-observability', password: 'a password of Redis' };

/** What docs/operations.md lets the user do. */
async function documentedRights(): Promise<string> {
  const page = await readFile(join(projectRoot, 'docs', 'operations.md'), 'utf8');
  const rights = /^ACL SETUSER odh-observability on '>…' (.+)$/m.exec(page)?.[1];
  if (rights === undefined) throw new Error('docs/operations.md no longer says what the user may do');
  return rights;
}

/** Path of the authority that signed its certificate, below the directory. */
export const authority = 'redis.crt';

export async function redisServer({ program, directory, port }: RedisServerOptions): Promise<RedisServer> {
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', '/CN=redis', '-addext', `subjectAltName=IP:${loopback}`, '-keyout', 'redis.key', '-out', authority], { cwd: directory, stdio: 'ignore' });
  const settings = join(directory, 'redis.conf');
  await writeFile(settings, [
    `bind ${loopback}`,
    'port 0',
    `tls-port ${port}`,
    `tls-cert-file ${join(directory, authority)}`,
    `tls-key-file ${join(directory, 'redis.key')}`,
    'tls-auth-clients no',
    'save ""',
    'user default off',
    `user ${user.name} on "#${execFileSync('openssl', ['dgst', '-sha256', '-r'], { input: user.password, encoding: 'utf8' }).slice(0, 64)}" ${await documentedRights()}`,
    '',
  ].join('\n'));
  let child: ChildProcess | undefined;

  const answers = (): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = connect({ host: loopback, port, rejectUnauthorized: false }, () => {
        resolve(true);
        socket.destroy();
      }).on('error', () => resolve(false));
    });

  return {
    start: async () => {
      child = spawn(program, [settings], { cwd: directory, stdio: 'ignore' });
      await until(answers, (works) => works);
    },
    kill: async () => {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}
