/**
 * Settings of next-auth, which opens sessions: authorization code with PKCE, then the encrypted cookie. What happens to a
 * session afterwards (refresh, sign-out) is ours alone, and next-auth's routes for it are not served.
 *
 * next-auth 4 reads the site's address from NEXTAUTH_URL, which whoever starts the process sets from `publicUrl`.
 */
import type { AuthOptions, CookieOption, Profile } from 'next-auth';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import type { Config } from '../config/schema';
import type { Logger } from '../telemetry/logger';
import { callbackPath } from './callback-path';
import { providerTimeout, wellKnownUrl } from './oidc-client';
import type { Provider } from './provider';
import { cookieName, sealedPayload, usesSecureCookies } from './session-cookie';
import type { SessionEvents } from './session-events';

const providerId = 'oidc';

/** Time for signing in at the provider. */
const signInSeconds = 15 * 60;

/**
 * next-auth's routes that are served, below `/api/auth/`. Left out: `signout` (ends our session only), `session`
 * (a second way to renew), `_log` (writes to our log for anyone who asks), `providers` (nobody needs it).
 */
const served = new Set(['GET csrf', 'GET signin', 'GET error', `POST signin/${providerId}`, `GET callback/${providerId}`]);

/** Whether next-auth is to answer a request below `/api/auth/`; otherwise there is nothing at that address. */
export function servesAuthRoute(method: string, segments: readonly string[]): boolean {
  return served.has(`${method} ${segments.join('/')}`);
}

export interface AuthOptionsDeps {
  readonly provider: Pick<Provider, 'open'>;
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly events: Pick<SessionEvents, 'signedIn' | 'signInFailed'>;
}

export function createAuthOptions(config: Config, { provider, log, now, events }: AuthOptionsDeps): AuthOptions {
  const { identity, publicUrl } = config;
  const maxAge = Math.floor(config.session.idle / 1000);
  const oidc: OAuthConfig<Profile> = {
    id: providerId,
    name: identity.providerName,
    type: 'oauth',
    wellKnown: wellKnownUrl(identity.issuer),
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    authorization: { params: { scope: identity.scopes.join(' ') } },
    clientId: identity.clientId,
    clientSecret: config.clientSecret,
    httpOptions: { timeout: providerTimeout },
    // next-auth refuses a sign-in without an id; the session itself is made from the tokens, below.
    profile: ({ sub }) => ({ id: sub ?? '' }),
  };
  return {
    secret: config.sessionSecret,
    useSecureCookies: usesSecureCookies(publicUrl),
    cookies: hostCookies(publicUrl),
    session: { strategy: 'jwt', maxAge },
    // The first cookie takes its lifetime from here, not from `session`.
    jwt: { maxAge },
    pages: { signIn: '/signin', error: '/signin' },
    providers: [oidc],
    callbacks: {
      redirect: ({ url, baseUrl }) => `${baseUrl}${callbackPath(url, publicUrl)}`,
      // Called once, at the end of a sign-in, because `session` is not served.
      jwt: async ({ account, token }) => {
        if (account === null) {
          return token;
        }
        const session = await provider.open(account);
        events.signedIn({ subject: session.sub, name: session.name });
        return sealedPayload(session, now());
      },
    },
    logger: {
      error: (code, metadata) => {
        log.error({ code, reason: reasonOf(metadata) }, 'sign-in failed');
        // The first of the two that next-auth tells of one failed callback.
        if (code !== 'OAUTH_CALLBACK_HANDLER_ERROR') {
          events.signInFailed(code);
        }
      },
      warn: (code) => log.warn({ code }, 'sign-in warning'),
      // Holds tokens.
      debug: () => undefined,
    },
  };
}

/** next-auth's cookies with its own settings, under names that only this host can set; it does so for `csrf-token` itself. */
function hostCookies(publicUrl: string): NonNullable<AuthOptions['cookies']> {
  const cookie = (name: string, maxAge?: number): CookieOption => ({
    name: cookieName(publicUrl, name),
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure: usesSecureCookies(publicUrl), ...(maxAge === undefined ? {} : { maxAge }) },
  });
  return {
    sessionToken: cookie('session-token'),
    callbackUrl: cookie('callback-url'),
    pkceCodeVerifier: cookie('pkce.code_verifier', signInSeconds),
    state: cookie('state', signInSeconds),
    nonce: cookie('nonce', signInSeconds),
  };
}

/** The error's sentence only: next-auth's metadata may hold the provider's whole answer. */
function reasonOf(metadata: Error | { error: Error; [key: string]: unknown }): string {
  return metadata instanceof Error ? metadata.message : metadata.error.message;
}
