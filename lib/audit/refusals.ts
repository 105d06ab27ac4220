/**
 * Records who could not be identified, and who was refused what. Stands around handlers; decides nothing.
 *
 * A request without any credential is no failure: that is how every sign-in begins. Refusals come from people who may
 * not even be signed in, so each cause is recorded one by one a limited number of times a minute, and counted beyond.
 */
import { isAppError, type AppError } from '../errors/app-error';
import type { Handler, RouteContext } from '../http/handler';
import { withIdentity, type IdentityHandler } from '../http/with-identity';
import type { Authenticate, Identity } from '../identity/identity';
import { createAllowance } from './allowance';
import type { AuditLog } from './audit-log';
import type { RefusalEvent } from './events';

export interface Refusals {
  /** Handler that needs an identity, with its refusals recorded. */
  readonly signedIn: (authenticate: Authenticate, inner: IdentityHandler) => Handler;
  /** Handler that needs none, with its refusals recorded. */
  readonly open: (inner: Handler) => Handler;
  /** A sign-in that failed before there was a request of ours. */
  readonly signInFailed: (reason: string) => void;
}

/** One by one, for each subject and event. */
const perMinute = 60;
const settleAfter = 60_000;
/** A path is as long as its sender likes. */
const longestPath = 512;

interface Repeated {
  count: number;
  readonly since: number;
  readonly event: RefusalEvent['event'];
  readonly subject: string | undefined;
}

export interface RefusalsDependencies {
  readonly audit: Pick<AuditLog, 'record'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export function createRefusals({ audit, now }: RefusalsDependencies): Refusals {
  const allowed = createAllowance(perMinute, now);
  let repeated = new Map<string, Repeated>();

  /** Records as numbers what was only counted. */
  function settle(): void {
    for (const { count, since, event, subject } of repeated.values()) {
      audit.record({ event, outcome: 'refused', ...(subject === undefined ? {} : { subject }), repeated: count, since: new Date(since).toISOString() });
    }
    repeated = new Map();
  }

  function record(event: RefusalEvent): void {
    const cause = JSON.stringify([event.event, event.subject]);
    if (allowed(cause)) {
      audit.record(event);
      return;
    }
    if (repeated.size === 0) {
      setTimeout(settle, settleAfter).unref();
    }
    const entry = repeated.get(cause) ?? { count: 0, since: now(), event: event.event, subject: event.subject };
    entry.count += 1;
    repeated.set(cause, entry);
  }

  function recordThrown(thrown: unknown, request: Request, { requestId }: RouteContext, identity: Identity | undefined): void {
    if (!isAppError(thrown)) {
      return;
    }
    const event = eventOf(thrown, request);
    if (event !== undefined) {
      const who = identity === undefined ? {} : { subject: identity.subject, name: identity.name };
      const path = new URL(request.url).pathname.slice(0, longestPath);
      record({ event, outcome: 'refused', ...who, request_id: requestId, code: thrown.code, method: request.method, path });
    }
  }

  return {
    signedIn: (authenticate, inner) => async (request, context) => {
      let caller: Identity | undefined;
      try {
        return await withIdentity(authenticate, (same, route, identity) => {
          caller = identity;
          return inner(same, route, identity);
        })(request, context);
      } catch (error) {
        recordThrown(error, request, context, caller);
        throw error;
      }
    },
    open: (inner) => async (request, context) => {
      try {
        return await inner(request, context);
      } catch (error) {
        recordThrown(error, request, context, undefined);
        throw error;
      }
    },
    signInFailed: (reason) => record({ event: 'auth_failure', outcome: 'refused', reason }),
  };
}

function eventOf({ code, hides }: AppError, { headers }: Request): RefusalEvent['event'] | undefined {
  if (hides || code.startsWith('ERR_ACCESS')) {
    return 'access_denied';
  }
  const presented = headers.has('authorization') || /(?:^|[;\s])[^=;]*session-token/.test(headers.get('cookie') ?? '');
  return code.startsWith('ERR_AUTH') && presented ? 'auth_failure' : undefined;
}
