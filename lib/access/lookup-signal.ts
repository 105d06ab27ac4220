/** How long one decision may take, all its questions together: people wait for it before they see anything. */
import { setMaxListeners } from 'node:events';

const lookupTimeout = 10_000;

export function lookupSignal(): AbortSignal {
  const signal = AbortSignal.timeout(lookupTimeout);
  // Each question listens until it is answered, many at the same time; Node would warn of a leak. The signal ends soon.
  setMaxListeners(0, signal);
  return signal;
}
