/** A real OpenID Connect provider in the test's own process. Instead of asking for a password it takes `login_hint`'s word. */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import Provider, { type KoaContext } from 'oidc-provider';
import { listen } from './listen';

export interface TestProviderOptions {
  /** Address of the site that signs in. */
  readonly publicUrl: string;
  readonly accessTokenSeconds: number;
  /** Whether `projects` and `groups` are in the ID token; otherwise only the userinfo endpoint tells them. */
  readonly claimsInIdToken: boolean;
  /** Audience of access tokens, which are JWTs with the person's claims then; opaque ones without it. */
  readonly audience?: string;
}

export const client = { id: 'odh-observability', secret: 'a-client-secret' };

/** A resource server makes access tokens JWTs. */
function jwtAccessTokens(audience: string, accessTokenTTL: number) {
  return {
    enabled: true,
    defaultResource: () => audience,
    useGrantedResource: () => true,
    getResourceServerInfo: () => ({ scope: '', audience, accessTokenTTL, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } }),
  };
}

export type TestProvider = Awaited<ReturnType<typeof startProvider>>;

/** A signing key, and what the provider publishes of it. */
export async function generateKey(kid: string) {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const names = { alg: 'RS256', use: 'sig', kid };
  return { kid, privateKey, publicKey, privateJwk: { ...(await exportJWK(privateKey)), ...names } };
}

export async function startProvider({ publicUrl, accessTokenSeconds, claimsInIdToken, audience }: TestProviderOptions) {
  const server = createServer();
  const { url: issuer, close } = await listen(server);
  /** Claims by subject; a change shows in the next token. */
  const users = new Map<string, Readonly<Record<string, unknown>>>();
  const requests: string[] = [];
  const unavailable = new Set<string>();

  const createProvider = (signingKey: Awaited<ReturnType<typeof generateKey>>) => new Provider(issuer, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [`${publicUrl}/api/auth/callback/oidc`],
        post_logout_redirect_uris: [`${publicUrl}/signin?signedOut=1`],
        grant_types: ['authorization_code', 'refresh_token'],
      },
    ],
    jwks: { keys: [signingKey.privateJwk] },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    claims: { openid: ['sub'], profile: ['name', 'projects', 'groups'] },
    conformIdTokenClaims: !claimsInIdToken,
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true, allowedPolicy: () => true },
      ...(audience === undefined ? {} : { resourceIndicators: jwtAccessTokens(audience, accessTokenSeconds) }),
    },
    extraTokenClaims: (_: KoaContext, { accountId }: { accountId: string }) => users.get(accountId),
    pkce: { required: () => true },
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    ttl: { AccessToken: accessTokenSeconds, IdToken: 3600, RefreshToken: 3600, Grant: 3600, Session: 3600, Interaction: 600 },
    findAccount: (_: KoaContext, sub: string) => ({ accountId: sub, claims: () => ({ sub, ...users.get(sub) }) }),
    interactions: { url: (_: KoaContext, { uid }: { uid: string }) => `/interaction/${uid}` },
    loadExistingGrant: async ({ oidc }: KoaContext) => {
      const grant = new oidc.provider.Grant({ accountId: oidc.session.accountId, clientId: oidc.client.clientId });
      grant.addOIDCScope(oidc.params.scope);
      await grant.save();
      return grant;
    },
  });
  let key = await generateKey('one');
  let provider = createProvider(key);
  let answer = provider.callback();

  async function logIn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { params } = await provider.interactionDetails(request, response);
    await provider.interactionFinished(request, response, { login: { accountId: params.login_hint } });
  }

  server.on('request', (request, response) => {
    const path = new URL(request.url ?? '/', issuer).pathname;
    requests.push(`${request.method ?? ''} ${path}`);
    if (unavailable.has('*') || unavailable.has(path)) {
      request.socket.destroy();
    } else if (path.startsWith('/interaction/')) {
      void logIn(request, response);
    } else {
      answer(request, response);
    }
  });

  return {
    issuer,
    users,
    /** Paths whose requests are cut off; `*` stands for all. */
    unavailable,
    /** The key that tokens are signed with. */
    signingKey: () => key,
    /** From now on another key signs, and the old one is not published any more. */
    async rotateKey(kid: string): Promise<void> {
      key = await generateKey(kid);
      provider = createProvider(key);
      answer = provider.callback();
    },
    /** How often a path was asked for. */
    count: (request: string) => requests.filter((seen) => seen === request).length,
    close,
  };
}
