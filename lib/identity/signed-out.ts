/**
 * Sessions that were signed out, for as long as a copy of their cookie could be used. Every replica knows of those that were
 * signed out there; with a set that replicas share, of all.
 */
import type { SharedSet } from '../redis/shared-set';
import type { Session } from './session';
import { tokenHash } from './token-hash';

export interface SignedOut {
  readonly add: (session: Session) => Promise<void>;
  readonly has: (session: Session) => Promise<boolean>;
  /** Looks no longer for those of other replicas. */
  readonly close: () => void;
}

export interface SignedOutOptions {
  /** How long after its sign-in a session ends in any case, in milliseconds. */
  readonly absolute: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly shared: SharedSet | undefined;
}

/** How often those of other replicas are read, so that this one knows them when the set cannot be asked; in milliseconds. */
const exchangeInterval = 10_000;

export function createSignedOut({ absolute, now, shared }: SignedOutOptions): SignedOut {
  /** Until when each is refused. */
  const known = new Map<string, number>();

  const learn = async (): Promise<void> => {
    for (const [id, until] of known) {
      if (now() >= until) known.delete(id);
    }
    for (const [id, until] of (await shared?.members()) ?? []) known.set(id, until);
  };

  const remember = (session: Session): [string, number] => {
    const [id, until] = [idOf(session), session.signedInAt + absolute];
    known.set(id, until);
    return [id, until];
  };

  // It may have lost what it had, and never knew what was signed out here meanwhile.
  shared?.whenBack(() => void shared.add(known).then(learn));
  const timer = shared && setInterval(() => void learn(), exchangeInterval).unref();

  return {
    add: async (session) => {
      const [id, until] = remember(session);
      await shared?.add(new Map([[id, until]]));
    },
    has: async (session) => {
      if (known.has(idOf(session))) return true;
      const found = (await shared?.has(idOf(session))) === true;
      if (found) remember(session);
      return found;
    },
    close: () => clearInterval(timer),
  };
}

/** Names a sign-in; refreshing the session does not change it. Useless to whoever reads it where it is kept. */
function idOf({ sub, signedInAt }: Session): string {
  return tokenHash(`${sub} ${signedInAt}`);
}
