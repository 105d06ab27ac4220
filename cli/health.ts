/** `health`: whether the app that runs here answers, for engines that look at an image's health check. */
import { loadConfig } from '../lib/config/load';
import { ConfigError } from '../lib/config/problems';
import { readArguments } from './arguments';
import { ownFetch, ownUrl } from './own-app';
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
    const { listen } = loadConfig(terminal.environment);
    const { status } = await ownFetch(listen)(`${ownUrl(listen, listen.port)}/api/health/live`, { signal: AbortSignal.timeout(patience) });
    if (status === 200) return 0;
    terminal.err(`The app answers ${status}.`);
    return 1;
  } catch (error) {
    terminal.err(error instanceof Error ? error.message : String(error));
    return error instanceof ConfigError ? 2 : 1;
  }
}
