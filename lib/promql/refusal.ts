/** Why a query is not sent on. Knows reasons, not HTTP: what a caller is told for each is decided above. */

export type RefusalReason =
  /** Not PromQL, or not PromQL that every parser reads the same way. */
  | 'syntax'
  /** The grammar accepts it, but nobody has decided yet whether it can be scoped. */
  | 'unknown'
  /** Reads series that no selector in the text names, so no matcher can limit it. */
  | 'unscopable'
  /** Longer, deeper, with more matchers, or reading further or more often than allowed. */
  | 'too-large';

export class PromqlRefusal extends Error {
  readonly reason: RefusalReason;

  /** @param message may be shown to the caller: it repeats nothing but what the caller sent and the limits */
  constructor(reason: RefusalReason, message: string) {
    super(message);
    this.name = 'PromqlRefusal';
    this.reason = reason;
  }
}

/** Enforcement did not do what it must. Always a mistake in this folder or in its input, never the caller's. */
export class EnforcementDefect extends Error {
  override readonly name = 'EnforcementDefect';
}
