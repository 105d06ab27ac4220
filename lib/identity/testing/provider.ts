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
}

export const client = { id: 'odh-observability', secret: 'a-client-secret' };

export type TestProvider = Awaited<ReturnType<typeof startProvider>>;

export async function startProvider({ publicUrl, accessTokenSeconds, claimsInIdToken }: TestProviderOptions) {
  const server = createServer();
  const { url: issuer, close } = await listen(server);
  /** Claims by subject; a change shows in the next token. */
  const users = new Map<string, Readonly<Record<string, unknown>>>();
  const requests: string[] = [];
  const unavailable = new Set<string>();

  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [`${publicUrl}/api/auth/callback/oidc`],
        post_logout_redirect_uris: [`${publicUrl}/signin?signedOut=1`],
        grant_types: ['authorization_code', 'refresh_token'],
      },
    ],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: 'one' }] },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    claims: { openid: ['sub'], profile: ['name', 'projects', 'groups'] },
    conformIdTokenClaims: !claimsInIdToken,
    features: { devInteractions: { enabled: false }, revocation: { enabled: true, allowedPolicy: () => true } },
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
  const answer = provider.callback();

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
    /** How often a path was asked for. */
    count: (request: string) => requests.filter((seen) => seen === request).length,
    close,
  };
}
