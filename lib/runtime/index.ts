/**
 * The runtime of this process: made once, whoever asks first. The production server and Next load their own copies of
 * this module into one process, so the runtime is kept where both look.
 */
import { applyNextAuthEnvironment, loadConfig } from '../config/load';
import { createLogger, standardOutput } from '../telemetry/logger';
import { createRecentErrors } from '../telemetry/recent-errors';
import { createRuntime, type Runtime } from './create';

export type { Runtime };

const place = Symbol.for('odh-observability.runtime');

/**
 * @throws ConfigError when the configuration is not valid
 */
export function getRuntime(): Runtime {
  // Only this function writes to this symbol; the global object's type cannot know.
  const holder = globalThis as { [place]?: Runtime };
  if (holder[place] === undefined) {
    const config = loadConfig();
    applyNextAuthEnvironment(config);
    const output = standardOutput();
    const recentErrors = createRecentErrors();
    holder[place] = createRuntime(config, createLogger(config.logLevel, output, recentErrors.notice), output, recentErrors);
  }
  return holder[place];
}
