/** Structured logs on standard output, one JSON object a line. Tokens and cookies never reach it. */
import pino, { type DestinationStream, type Logger } from 'pino';
import { describeError } from './describe-error';

export type { Logger };

/**
 * Creates the process's logger.
 *
 * @param level least severe level that is written
 * @param destination where lines go; standard output by default
 */
export function createLogger(level: 'debug' | 'info' | 'warn' | 'error', destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: { service: 'odh-observability' },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      // Thrown values are logged under this key.
      serializers: { err: (thrown: unknown) => describeError(thrown) },
      // A second line of defence: nothing logs these on purpose.
      redact: {
        paths: ['token', '*.token', 'authorization', '*.authorization', 'cookie', '*.cookie', 'headers', '*.headers', 'accessToken', '*.accessToken', 'refreshToken', '*.refreshToken'],
        censor: '[redacted]',
      },
    },
    destination ?? pino.destination({ dest: 1, sync: false }),
  );
}
