/**
 * The OpenID Connect provider, as far as this app talks to it after the sign-in: fresh tokens, sign-out. Knows nothing
 * of cookies and requests. Errors that may leave this module hold no token.
 */
import { TokenSet, errors, type BaseClient, type TokenSetParameters } from 'openid-client';
import type { Config } from '../config/schema';
import { AppError } from '../errors/app-error';
import type { Logger } from '../telemetry/logger';
import { withoutToken, type OidcClient } from './oidc-client';
import type { Session } from './session';

/** A token that expires within this time is refreshed first: a query may take that long on its way. */
const refreshMargin = 60_000;
/** Assumed where the provider does not tell a lifetime (RFC 6749 section 5.1 only recommends it). */
const defaultLifetime = 300_000;
/** Pause before the provider is asked again after it could not be reached. */
export const retryPause = 5_000;

export interface KeySource {
  readonly issuer: string;
  readonly jwksUri: URL;
}

export type Provider = ReturnType<typeof createProvider>;

export interface ProviderDeps {
  readonly client: OidcClient;
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export function createProvider(config: Pick<Config, 'access'>, { client, log, now }: ProviderDeps) {
  const claimNames = [config.access.claims.namespaces, config.access.claims.groups];

  /** The claims of a token set: those of the ID token, and of the userinfo endpoint where it lacks one that is needed. */
  async function claimsOf(oidc: BaseClient, tokens: TokenSet): Promise<Record<string, unknown>> {
    const own = tokens.id_token === undefined ? undefined : tokens.claims();
    if (own !== undefined && (claimNames.every((name) => Object.hasOwn(own, name)) || oidc.issuer.metadata.userinfo_endpoint === undefined)) {
      return own;
    }
    return { ...(await oidc.userinfo(tokens)), ...own };
  }

  function sessionOf(tokens: TokenSet, claims: Record<string, unknown>, previous?: Session): Session {
    const { sub } = claims;
    const refreshToken = tokens.refresh_token ?? previous?.refreshToken;
    const idToken = tokens.id_token ?? previous?.idToken;
    if (typeof sub !== 'string' || (previous !== undefined && sub !== previous.sub) || tokens.access_token === undefined || idToken === undefined) {
      throw new AppError('ERR_AUTH_001', { cause: new Error('the provider sent no access token, no ID token, or those of another subject') });
    }
    const lifetime = tokens.expires_at === undefined ? defaultLifetime : (tokens.expires_in ?? 0) * 1000;
    const expiresAt = now() + lifetime;
    // Providers may issue tokens that live a minute or less; those are refreshed at half of their life.
    const refreshAt = Math.max(expiresAt - Math.min(refreshMargin, lifetime / 2), now() + retryPause);
    return {
      sub,
      name: firstText(claims.name, claims.preferred_username, previous?.name) ?? sub,
      accessToken: tokens.access_token,
      ...(refreshToken === undefined ? {} : { refreshToken }),
      idToken,
      expiresAt,
      refreshAt: refreshToken === undefined ? expiresAt : refreshAt,
      signedInAt: previous?.signedInAt ?? now(),
      claims: Object.fromEntries(claimNames.filter((name) => Object.hasOwn(claims, name)).map((name) => [name, claims[name]])),
    };
  }

  return {
    /**
     * The session of a completed sign-in.
     *
     * @param tokens the token endpoint's answer, already validated by next-auth
     * @throws when the claims cannot be read
     */
    async open(tokens: TokenSetParameters): Promise<Session> {
      const oidc = await client();
      const set = new TokenSet(tokens);
      return sessionOf(set, await claimsOf(oidc, set).catch(rethrowWithoutToken));
    },

    /**
     * Who signs this provider's tokens, as it writes itself, and where its keys are.
     *
     * @throws when the provider cannot be asked, or publishes its keys less safely than itself
     */
    async keySource(): Promise<KeySource> {
      const { issuer, jwks_uri: jwksUri } = (await client()).issuer.metadata;
      if (jwksUri === undefined || (issuer.startsWith('https:') && !jwksUri.startsWith('https:'))) {
        throw new Error(`the keys of ${issuer} are not published over https`);
      }
      return { issuer, jwksUri: new URL(jwksUri) };
    },

    /**
     * Exchanges the refresh token (RFC 6749 section 6) and reads the claims anew, so that a membership that was taken
     * away is gone with the old access token.
     *
     * @throws AppError `ERR_AUTH_001` when the provider refuses: the session has ended
     * @throws any other error when the provider cannot be asked: the session may go on while its access token is valid
     */
    async refresh(session: Session): Promise<Session> {
      if (session.refreshToken === undefined) {
        throw new AppError('ERR_AUTH_001', { cause: new Error('the access token has expired and the provider issued no refresh token') });
      }
      const oidc = await client();
      // openid-client looks for an unknown key once a minute only, and drops the tokens whose key it cannot find, the next
      // refresh token among them. So the keys are read while the old refresh token is still good.
      await oidc.issuer.reloadJwksUri().catch(rethrowWithoutToken);
      const tokens = await oidc.refresh(new TokenSet({ refresh_token: session.refreshToken, id_token: session.idToken })).catch((error: unknown) => {
        throw isFinal(error) ? new AppError('ERR_AUTH_001', { cause: withoutToken(error) }) : withoutToken(error);
      });
      if (tokens.id_token === undefined && oidc.issuer.metadata.userinfo_endpoint === undefined) {
        throw new AppError('ERR_AUTH_001', { cause: new Error('the provider offers no way to read the claims anew') });
      }
      const claims = await claimsOf(oidc, tokens).catch((error: unknown) => {
        log.warn({ err: withoutToken(error) }, 'claims could not be read at the userinfo endpoint');
        return undefined;
      });
      if (claims !== undefined) {
        return sessionOf(tokens, claims, session);
      }
      // The old refresh token is used up, so the new one must be kept; the old claims end with the old access token.
      return { ...sessionOf(tokens, { ...session.claims, sub: session.sub }, session), expiresAt: session.expiresAt, refreshAt: now() + retryPause };
    },

    /**
     * Ends what the refresh token can still do (RFC 7009), so that a copy of the cookie is worthless once its access
     * token has expired. Does nothing where the provider offers no revocation.
     */
    async revoke({ refreshToken }: Session): Promise<void> {
      const oidc = await client();
      if (refreshToken !== undefined && oidc.issuer.metadata.revocation_endpoint !== undefined) {
        await oidc.revoke(refreshToken, 'refresh_token').catch(rethrowWithoutToken);
      }
    },

    /**
     * Address that ends the provider's own session (OpenID Connect RP-Initiated Logout 1.0), or undefined where the
     * provider has none.
     *
     * @param returnTo registered address to return to afterwards
     */
    async signOutUrl(returnTo: string, session: Session | undefined): Promise<string | undefined> {
      const oidc = await client();
      if (oidc.issuer.metadata.end_session_endpoint === undefined) {
        return undefined;
      }
      return oidc.endSessionUrl({ post_logout_redirect_uri: returnTo, ...(session === undefined ? {} : { id_token_hint: session.idToken }) });
    },
  };
}

/** Whether asking again cannot help: the grant is gone, or the answer was not a valid one and used the grant up. */
function isFinal(error: unknown): boolean {
  return error instanceof errors.OPError ? error.error === 'invalid_grant' : error instanceof errors.RPError && 'jwt' in error;
}

export function firstText(...candidates: unknown[]): string | undefined {
  return candidates.find((candidate): candidate is string => typeof candidate === 'string' && candidate !== '');
}

function rethrowWithoutToken(error: unknown): never {
  throw withoutToken(error);
}
