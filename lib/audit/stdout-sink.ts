/**
 * Lines on standard output, among those of the log: through the log's own stream, because two writers on one pipe can
 * tear each other's lines apart.
 */
import type { OutputStream } from '../telemetry/logger';
import type { Sink } from './sink';

export function createStdoutSink(stream: OutputStream): Sink {
  let waiting: { readonly resolve: () => void; readonly reject: (error: Error) => void } | undefined;
  // The stream keeps what it could not write and tries it again with the next line.
  let kept = false;
  const settle = (action: (waiter: NonNullable<typeof waiting>) => void): void => {
    const waiter = waiting;
    waiting = undefined;
    if (waiter !== undefined) {
      action(waiter);
    }
  };
  stream.on('drain', () => {
    kept = false;
    settle(({ resolve }) => resolve());
  });
  stream.on('error', (error) => settle(({ reject }) => reject(error)));

  return {
    open: () => Promise.resolve(undefined),
    write: (lines) =>
      new Promise<void>((resolve, reject) => {
        waiting = { resolve, reject };
        stream.write(kept ? '' : lines);
        kept = true;
      }),
    close: () => Promise.resolve(),
  };
}
