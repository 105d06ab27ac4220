/**
 * One look-up per key at a time, whose answer holds for a short time. For answers that grant something: a failure is
 * never kept, and no answer outlives its time for want of a newer one. Knows nothing of what is looked up.
 */

export interface LookupCacheOptions {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** For how long an answer holds, in milliseconds from the beginning of its look-up. */
  readonly keepFor: number;
  /** Answers that are kept at most; the oldest goes first. */
  readonly maxEntries: number;
}

export interface LookupCache<Answer> {
  /**
   * The answer for a key: a kept one, that of the look-up in flight, or a new one.
   *
   * @param notBeyond time, in milliseconds since the epoch, from which the answer must not be given any more
   */
  readonly get: (key: string, lookUp: () => Promise<Answer>, notBeyond?: number) => Promise<Answer>;
  /** Answers kept and look-ups in flight. */
  readonly size: () => number;
}

interface Entry<Answer> {
  readonly answer: Promise<Answer>;
  readonly until: number;
  settled: boolean;
}

export function createLookupCache<Answer>({ now, keepFor, maxEntries }: LookupCacheOptions): LookupCache<Answer> {
  // In the order of their beginning.
  const entries = new Map<string, Entry<Answer>>();

  const makeRoom = (): void => {
    for (const [key, { settled, until }] of entries) {
      if (entries.size < maxEntries && !(settled && now() >= until)) return;
      entries.delete(key);
    }
  };

  return {
    size: () => entries.size,

    get(key, lookUp, notBeyond = Infinity) {
      const known = entries.get(key);
      if (known !== undefined && (!known.settled || now() < known.until)) {
        return known.answer;
      }
      entries.delete(key);
      makeRoom();
      const entry: Entry<Answer> = { until: Math.min(now() + keepFor, notBeyond), answer: lookUp(), settled: false };
      entries.set(key, entry);
      entry.answer.then(
        () => (entry.settled = true),
        () => {
          if (entries.get(key) === entry) entries.delete(key);
        },
      );
      return entry.answer;
    },
  };
}
