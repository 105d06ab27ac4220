/**
 * Finds out whose session came with a request, and keeps the session alive. Knows no route, no access rule and no other
 * way to sign in.
 */
import type { Config } from '../config/schema';
import { AppError, isAppError } from '../errors/app-error';
import type { Logger } from '../telemetry/logger';
import type { Authenticate } from './identity';
import { retryPause, type Provider } from './provider';
import { identityOf, type Session } from './session';
import type { SessionCookie } from './session-cookie';
import { createSharedCalls } from './shared-calls';

export interface AuthenticatorDeps {
  readonly provider: Pick<Provider, 'refresh'>;
  readonly cookie: SessionCookie;
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Longest time between the decision to write a cookie and its arrival in the browser, beyond the query's own time. A
 * request that was sent in between still carries the old cookie.
 */
const arrival = 60_000;

/** A session and the cookie value that holds it. One value for all who share it, so that chunks of two responses always fit. */
interface Sealed {
  readonly session: Session;
  readonly value: string;
}

export function createSessionAuthenticator(config: Pick<Config, 'session' | 'limits'>, { provider, cookie, log, now }: AuthenticatorDeps): Authenticate {
  const inTransit = config.limits.timeout + arrival;
  // A refresh token that rotates is accepted once; using it twice ends the session at many providers (RFC 9700 section 4.14.2).
  const shared = createSharedCalls<Sealed>({ now, keepResult: inTransit, keepFailure: (error) => (isAppError(error) ? inTransit : retryPause) });

  async function seal(session: Session): Promise<Sealed> {
    return { session, value: await cookie.seal(session) };
  }

  /** The session with a fresh access token, or as it is when the provider cannot be asked and the token is still valid. */
  async function fresh(current: Sealed): Promise<Sealed> {
    let latest = current;
    try {
      while (now() >= latest.session.refreshAt) {
        const { session } = latest;
        latest = await shared(`refresh ${session.refreshToken ?? session.accessToken}`, async () => seal(await provider.refresh(session)));
      }
      return latest;
    } catch (error) {
      if (isAppError(error)) {
        throw error;
      }
      if (now() >= latest.session.expiresAt) {
        throw new AppError('ERR_AUTH_001', { cause: error });
      }
      log.warn({ err: error }, 'the session could not be refreshed; it goes on until its access token expires');
      return latest;
    }
  }

  /** Whether a session in use needs a new cookie, because its idle time counts from the last one. */
  function needsRenewal(session: Session, writtenAt: number): boolean {
    const age = now() - writtenAt;
    // Not shortly before a refresh, which renews anyway: this cookie might arrive after the refreshed one and undo it.
    return age > config.session.idle / 10 && now() < session.refreshAt - inTransit;
  }

  return async (request) => {
    const cookieHeader = request.headers.get('cookie');
    const stored = await cookie.read(cookieHeader);
    if (stored === undefined) {
      throw new AppError('ERR_AUTH_001');
    }
    let sealed: Sealed = await fresh(stored);
    if (sealed.value === stored.value && needsRenewal(sealed.session, stored.writtenAt)) {
      sealed = await shared(`renew ${stored.value}`, () => seal(stored.session));
    }
    if (now() >= sealed.session.expiresAt) {
      throw new AppError('ERR_AUTH_001');
    }
    return {
      identity: identityOf(sealed.session),
      setCookies: sealed.value === stored.value ? [] : cookie.write(sealed.value, cookieHeader),
    };
  };
}
