/**
 * The namespaces that metrics exist for, kept for a short time: every page of an administrator asks. Knows no
 * Prometheus.
 */
import type { Identity } from '../identity/identity';
import type { Logger } from '../telemetry/logger';

export interface NamespacesDependencies {
  /** Asks the metrics backend on behalf of someone who sees everything. */
  readonly fetch: (identity: Identity, signal: AbortSignal) => Promise<readonly string[]>;
  readonly log: Logger;
  /** Monotonic clock in milliseconds. */
  readonly now: () => number;
}

const keepFor = 30_000;
const fetchTimeout = 10_000;

/**
 * Lists namespaces; callers at the same time share one look-up. When the backend does not answer, the last known list
 * is given, empty at first: who the caller is must not depend on it, and only people who see everything are asked for
 * it, so an old list gives nothing away. For the same reason one of them may have the list that another one asked for.
 */
export function createNamespaces({ fetch, log, now }: NamespacesDependencies): (identity: Identity) => Promise<readonly string[]> {
  let known: readonly string[] = [];
  let knownUntil = -Infinity;
  let asking: Promise<readonly string[]> | undefined;

  async function ask(identity: Identity): Promise<readonly string[]> {
    try {
      // Not a caller's signal: another one may wait for the same answer.
      known = await fetch(identity, AbortSignal.timeout(fetchTimeout));
      knownUntil = now() + keepFor;
    } catch (error) {
      log.warn({ err: error }, 'namespaces could not be listed, the last known ones are used');
    } finally {
      asking = undefined;
    }
    return known;
  }

  return (identity) => {
    if (now() < knownUntil) {
      return Promise.resolve(known);
    }
    asking ??= ask(identity);
    return asking;
  };
}
