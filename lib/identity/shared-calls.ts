/** One call for everybody who asks for the same thing at the same time or shortly after. Knows nothing of what is called. */

export interface SharedCallsOptions<Result> {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** For how long a result answers later askers, in milliseconds from its arrival. */
  readonly keepResult: number | ((result: Result) => number);
  /** For how long a failure does. */
  readonly keepFailure: (error: unknown) => number;
}

/**
 * Creates a function that runs `call` once per key, and gives its outcome to everyone who asks with this key until the
 * outcome is forgotten.
 */
export function createSharedCalls<Result>({ now, keepResult, keepFailure }: SharedCallsOptions<Result>) {
  const entries = new Map<string, { readonly outcome: Promise<Result>; until: number }>();

  return (key: string, call: () => Promise<Result>): Promise<Result> => {
    const known = entries.get(key);
    if (known !== undefined && now() < known.until) {
      return known.outcome;
    }
    for (const [candidate, { until }] of entries) {
      if (now() >= until) {
        entries.delete(candidate);
      }
    }
    const entry = { outcome: call(), until: Infinity };
    entries.set(key, entry);
    entry.outcome.then(
      (result) => (entry.until = now() + (typeof keepResult === 'number' ? keepResult : keepResult(result))),
      (error: unknown) => (entry.until = now() + keepFailure(error)),
    );
    return entry.outcome;
  };
}
