/** `health`: whether the app that runs here answers, for engines that look at an image's health check. */
import { get } from 'node:http';
import { get as getSecurely } from 'node:https';
import { loadConfig } from '../lib/config/load';
import { ConfigError } from '../lib/config/problems';
import { readArguments } from './arguments';
import { UsageError, type ExitCode, type Terminal } from './terminal';

export const healthUsage = `odh-observability health

  Asks the app that runs beside it, with the same configuration, whether it answers. For engines that look at an image's
  health check; Kubernetes asks the app itself. Ends with 1 when it does not.
`;

/** In milliseconds. */
const patience = 5_000;

export async function health(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  if (readArguments(args, {}).positionals.length > 0) throw new UsageError('Nothing can be named: the address comes from the configuration.');
  try {
    const { host, port, tls } = loadConfig(terminal.environment).listen;
    const status = await statusOf(tls !== undefined, { host: ownAddress(host), port });
    if (status === 200) return 0;
    terminal.err(`The app answers ${status}.`);
    return 1;
  } catch (error) {
    terminal.err(error instanceof Error ? error.message : String(error));
    return error instanceof ConfigError ? 2 : 1;
  }
}

/** All addresses of a machine can be listened on, but not asked. */
function ownAddress(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}

function statusOf(tls: boolean, address: { readonly host: string; readonly port: number }): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    // Its certificate has the name by which others know it; it is asked without a secret, on this machine.
    const request = (tls ? getSecurely : get)({ ...address, path: '/api/health/live', timeout: patience, rejectUnauthorized: false, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('timeout', () => request.destroy(new Error(`The app does not answer within ${patience / 1000} s.`)));
    request.on('error', reject);
  });
}
