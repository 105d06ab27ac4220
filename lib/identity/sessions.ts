/** Everything about sessions, put together once per process. Decides nothing itself. */
import type { AuthOptions } from 'next-auth';
import type { Config } from '../config/schema';
import type { Handler } from '../http/handler';
import type { Logger } from '../telemetry/logger';
import { createAuthOptions } from './auth-options';
import { createSessionAuthenticator } from './authenticator';
import type { Authenticate } from './identity';
import type { Provider } from './provider';
import { createSessionCookie, type SessionCookie } from './session-cookie';
import type { SessionEvents, Visitor } from './session-events';
import { createSignOutHandler } from './sign-out';
import type { SignedOut } from './signed-out';

export interface Sessions {
  readonly authenticate: Authenticate;
  /**
   * Who is signed in, for pages: refreshes nothing, because a page cannot store the result. The page's API calls do.
   *
   * @param cookieHeader the request's `Cookie` header
   * @returns undefined when nobody is, or the session can no longer be refreshed
   */
  readonly readSession: (cookieHeader: string | null) => Promise<Visitor | undefined>;
  /** `POST /api/auth/sign-out` */
  readonly signOut: Handler;
  readonly authOptions: AuthOptions;
}

export interface SessionsDeps {
  readonly provider: Provider;
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly events: SessionEvents;
  readonly signedOut: SignedOut;
}

export function createSessions(config: Config, { provider, log, now, events, signedOut }: SessionsDeps): Sessions {
  const cookie = unlessSignedOut(createSessionCookie(config, now), signedOut);
  return {
    authenticate: createSessionAuthenticator(config, { provider, cookie, log, now }),
    readSession: async (cookieHeader) => {
      const session = (await cookie.read(cookieHeader))?.session;
      const ended = session === undefined || (session.refreshToken === undefined && now() >= session.expiresAt);
      return ended ? undefined : { subject: session.sub, name: session.name };
    },
    signOut: createSignOutHandler(config, { provider, cookie, events, signedOut }),
    authOptions: createAuthOptions(config, { provider, log, now, events }),
  };
}

/** A copy of the cookie of a session that was signed out is worth nothing. */
function unlessSignedOut(cookie: SessionCookie, signedOut: Pick<SignedOut, 'has'>): SessionCookie {
  return {
    ...cookie,
    read: async (cookieHeader) => {
      const stored = await cookie.read(cookieHeader);
      return stored === undefined || (await signedOut.has(stored.session)) ? undefined : stored;
    },
  };
}
