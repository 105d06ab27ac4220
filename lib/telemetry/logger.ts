/** Structured logs on standard output, one JSON object a line. Tokens and cookies never reach it. */
import pino, { type DestinationStream, type Logger } from 'pino';
import { describeError } from './describe-error';

export type { Logger };

/** A stream that writes whole lines in order, and says when it has written all of them and when it could not. */
export interface OutputStream extends DestinationStream {
  on(event: 'drain', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** Standard output, for the log and for whatever else writes lines there: two writers would tear each other's apart. */
export function standardOutput(): OutputStream {
  return pino.destination({ dest: 1, sync: false });
}

/**
 * Creates the process's logger.
 *
 * @param level least severe level that is written
 * @param destination where lines go; standard output by default
 * @param notice told each line too
 */
export function createLogger(level: 'debug' | 'info' | 'warn' | 'error', destination: DestinationStream = standardOutput(), notice?: (line: string) => void): Logger {
  return pino(
    {
      level,
      base: { service: 'odh-observability' },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      // Thrown values are logged under this key.
      serializers: { err: (thrown: unknown) => describeError(thrown) },
      ...(notice === undefined
        ? {}
        : {
            hooks: {
              streamWrite: (line) => {
                notice(line);
                return line;
              },
            },
          }),
      // A second line of defence: nothing logs these on purpose.
      redact: {
        paths: ['token', '*.token', 'authorization', '*.authorization', 'cookie', '*.cookie', 'headers', '*.headers', 'accessToken', '*.accessToken', 'refreshToken', '*.refreshToken'],
        censor: '[redacted]',
      },
    },
    destination,
  );
}
