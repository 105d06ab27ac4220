/**
 * Exchanged tokens, kept for as long as they are good: twenty queries of a page share one exchange. Knows neither the
 * provider nor the backend.
 */
import { createHash } from 'node:crypto';
import type { Identity } from '../identity/identity';
import type { ExchangedToken, ExchangeTarget, ExchangeToken } from './token-exchange';

export interface ExchangedTokensDependencies {
  readonly exchange: ExchangeToken;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface Purpose extends ExchangeTarget {
  /** Name of the datasource that the token is sent to. */
  readonly datasource: string;
}

/**
 * The token for an identity and a purpose.
 *
 * @param refused a token that the backend did not accept: resolves with another one, or undefined when it is so new that
 *   another would fare no better
 * @throws AppError like `ExchangeToken`
 */
export type GetExchangedToken = (identity: Pick<Identity, 'token' | 'expiresAt'>, purpose: Purpose, refused?: string) => Promise<string | undefined>;

interface Entry {
  readonly outcome: Promise<ExchangedToken>;
  /** When the outcome arrived; while it has not, when it was asked for. */
  since: number;
  /** From when on the outcome is not used any more. */
  until: number;
}

/** A query may take this long on its way; clocks may differ by as much. Of short lives a quarter. */
const margin = 30_000;
/** A failure answers everyone who asks within this time, so that a page of panels does not become a storm. */
const failurePause = 1_000;
/** A token is not replaced sooner, so that a backend that refuses every token does not become one either. */
const replacementPause = 10_000;
/** About a kilobyte each. */
const maxEntries = 2_000;

export function createExchangedTokens({ exchange, now }: ExchangedTokensDependencies): GetExchangedToken {
  // In the order of use, the one that was not used for longest first.
  const entries = new Map<string, Entry>();

  function current(key: string): Entry | undefined {
    const entry = entries.get(key);
    if (entry === undefined || now() >= entry.until) return undefined;
    entries.delete(key);
    entries.set(key, entry);
    return entry;
  }

  /** Not bound to a caller's signal: others may wait for the same exchange. */
  function begin(key: string, { token, expiresAt: subjectExpiresAt }: Pick<Identity, 'token' | 'expiresAt'>, target: ExchangeTarget): Entry {
    makeRoom();
    const entry: Entry = { outcome: exchange(token, target), since: now(), until: Infinity };
    entries.set(key, entry);
    entry.outcome.then(
      ({ expiresAt }) => {
        entry.since = now();
        entry.until = Math.min(subjectExpiresAt, expiresAt - Math.min(margin, (expiresAt - entry.since) / 4));
      },
      () => (entry.until = now() + failurePause),
    );
    return entry;
  }

  function makeRoom(): void {
    for (const [key, { until }] of entries) {
      if (now() >= until) entries.delete(key);
    }
    const [oldest] = entries.keys();
    if (oldest !== undefined && entries.size >= maxEntries) entries.delete(oldest);
  }

  return async (identity, { datasource, audience, scope }, refused) => {
    // The token itself is not kept as a key: keys end up in heap dumps and debuggers more readily than promises.
    const key = createHash('sha256').update(JSON.stringify([datasource, audience, scope, identity.token])).digest('base64');
    let entry = current(key);
    if (entry !== undefined && refused !== undefined && (await entry.outcome).token === refused) {
      if (now() - entry.since < replacementPause) return undefined;
      // Others were refused at the same time; the first of them begins the exchange that all share.
      if (entries.get(key) === entry) entries.delete(key);
      entry = current(key);
    }
    entry ??= begin(key, identity, { audience, scope });
    return (await entry.outcome).token;
  };
}
