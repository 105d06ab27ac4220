/** The app in its production build, with a configuration as an administrator would write it. */
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { loopback } from '../../demo/processes/ports';
import type { Supervisor } from '../../demo/processes/supervisor';

export interface AppOptions {
  readonly supervisor: Supervisor;
  /** For the configuration file. */
  readonly directory: string;
  readonly port: number;
  readonly clientSecret: string;
  /** The configuration without the app's own address. */
  readonly config: Readonly<Record<string, unknown>>;
}

export function addressOf(port: number): string {
  return `http://${loopback}:${port}`;
}

export async function startApp({ supervisor, directory, port, clientSecret, config }: AppOptions): Promise<void> {
  const publicUrl = addressOf(port);
  const file = join(directory, 'config.yaml');
  await writeFile(file, stringify({ publicUrl, listen: { host: loopback, port }, ...config }));
  await supervisor.start({
    name: 'app',
    command: process.execPath,
    args: ['dist/server.js'],
    env: {
      NODE_ENV: 'production',
      OBSERVABILITY_CONFIG: file,
      OBSERVABILITY_SESSION_SECRET: randomBytes(32).toString('base64url'),
      OBSERVABILITY_CLIENT_SECRET: clientSecret,
    },
    readyUrl: `${publicUrl}/api/health/ready`,
  });
}
