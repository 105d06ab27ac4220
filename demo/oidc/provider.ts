/** The demo's OpenID Connect provider: what it issues, to whom, for how long. Knows no HTTP server and no page's look. */
import { randomBytes } from 'node:crypto';
import Provider, { type KoaContext } from 'oidc-provider';
import { allowTokenExchange, tokenExchangeGrant } from '../../lib/tokens/testing/token-exchange-grant';
import { users } from '../users';
import { messagePage, signOutPage, type Page } from './pages';
import { apiAudience, type ProviderSettings } from './settings';

/** Of tokens for metrics backends: as short as the app's cache makes reasonable. */
const exchangedTokenSeconds = 60;

/** A working day: sessions are in memory and end with the process anyway. */
const sessionSeconds = 12 * 3600;

function show(context: KoaContext, { html, contentSecurityPolicy }: Page): void {
  context.type = 'html';
  context.set('content-security-policy', contentSecurityPolicy);
  context.body = html;
}

/** Asked for every token, so that a change of a user's projects is in the next one. */
function findAccount(_context: KoaContext, subject: string) {
  const user = users.find(({ login }) => login === subject);
  return (
    user && {
      accountId: user.login,
      claims: () => ({
        sub: user.login,
        name: user.name,
        preferred_username: user.login,
        email: `${user.login}@example.com`,
        email_verified: true,
        groups: user.groups,
        projects: user.projects,
      }),
    }
  );
}

/** The app is this provider's own: nobody is asked for consent. */
async function grantEverything({ oidc }: KoaContext) {
  const grant = new oidc.provider.Grant({ accountId: oidc.session.accountId, clientId: oidc.client.clientId });
  grant.addOIDCScope(oidc.params.scope);
  await grant.save();
  return grant;
}

/** Client of the hosts that embed the app. */
const hostClientId = 'odh-dashboard';

export function createProvider({ issuer, appUrl, clientId, clientSecret, hostUrls, accessTokenSeconds, exchangeAudiences, signingKey }: ProviderSettings): Provider {
  const appOrigin = new URL(appUrl).origin;
  const keyId = 'demo';
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [`${appUrl}/api/auth/callback/oidc`],
        post_logout_redirect_uris: [`${appUrl}/signin?signedOut=1`],
        grant_types: ['authorization_code', 'refresh_token', tokenExchangeGrant],
        response_types: ['code'],
      },
      ...(hostUrls.length === 0
        ? []
        : [
            {
              client_id: hostClientId,
              token_endpoint_auth_method: 'none' as const,
              redirect_uris: hostUrls.map((url) => `${url}/oauth/callback`),
              grant_types: ['authorization_code', 'refresh_token'],
              response_types: ['code' as const],
            },
          ]),
    ],
    jwks: { keys: [{ ...signingKey, alg: 'RS256', use: 'sig', kid: keyId }] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'groups', 'projects'], email: ['email', 'email_verified'] },
    // The app reads projects and groups from the ID token, and from access tokens that come as bearer.
    conformIdTokenClaims: false,
    extraTokenClaims: (_context: KoaContext, { accountId }: { accountId: string }) => {
      const user = users.find(({ login }) => login === accountId);
      return user && { name: user.name, groups: user.groups, projects: user.projects };
    },
    pkce: { required: () => true },
    // Not only for `offline_access`, which asks for a consent page.
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    ttl: {
      AccessToken: accessTokenSeconds,
      AuthorizationCode: 60,
      Grant: sessionSeconds,
      IdToken: 3600,
      Interaction: 3600,
      RefreshToken: sessionSeconds,
      Session: sessionSeconds,
    },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        // A resource server makes access tokens JWTs.
        defaultResource: () => apiAudience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope: '', audience: apiAudience, accessTokenTTL: accessTokenSeconds, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } }),
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context: KoaContext, form: string) => show(context, signOutPage(form, appOrigin)),
        postLogoutSuccessSource: (context: KoaContext) => show(context, messagePage('You are signed out', 'You can close this page.', appUrl)),
      },
    },
    findAccount,
    loadExistingGrant: grantEverything,
    interactions: { url: (_context: KoaContext, { uid }: { uid: string }) => `/sign-in/${uid}` },
    renderError: (context: KoaContext, { error, error_description: description }: { error: string; error_description?: string }) =>
      show(context, messagePage('Sign-in did not work', description ?? error, appUrl)),
  });
  const isKnown = (subject: string) => users.some(({ login }) => login === subject);
  allowTokenExchange(provider, { issuer, signingKey, keyId, subjectAudience: apiAudience, audiences: exchangeAudiences, seconds: exchangedTokenSeconds, isKnown });
  return provider;
}
