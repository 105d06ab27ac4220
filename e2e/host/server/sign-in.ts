/**
 * The host's own sign-in: authorization code with PKCE as a client of its own, tokens kept here, a cookie with a random
 * name for them. Knows no module.
 */
import { createHash, randomBytes } from 'node:crypto';

export interface Session {
  readonly userName: string;
  /** An access token that is good for a moment yet. */
  accessToken(): Promise<string>;
}

interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly id_token: string;
  readonly expires_in: number;
}

export interface SignIn {
  /** Where the browser goes to sign in, and the cookie that belongs to it. */
  begin(returnTo: string): Promise<{ readonly location: string; readonly id: string }>;
  /** Completes what `begin` began; resolves with the path to return to. */
  complete(id: string, callback: URLSearchParams): Promise<string>;
  session(id: string): Session | undefined;
}

const random = () => randomBytes(32).toString('base64url');
/** A token that ends within this time is renewed first, in milliseconds. */
const margin = 5_000;

export function createSignIn({ issuer, clientId, redirectUri }: { issuer: string; clientId: string; redirectUri: string }): SignIn {
  const begun = new Map<string, { verifier: string; state: string; returnTo: string }>();
  const sessions = new Map<string, Session>();

  async function discover(): Promise<{ authorization_endpoint: string; token_endpoint: string }> {
    // OpenID Connect Discovery 1.0 says that both are there.
    return (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as { authorization_endpoint: string; token_endpoint: string };
  }

  async function ask(parameters: Record<string, string>): Promise<Tokens> {
    const { token_endpoint: endpoint } = await discover();
    const response = await fetch(endpoint, { method: 'POST', body: new URLSearchParams({ client_id: clientId, ...parameters }) });
    if (!response.ok) throw new Error(`the provider answered ${response.status}: ${await response.text()}`);
    // RFC 6749, 5.1.
    return (await response.json()) as Tokens;
  }

  function open(first: Tokens): Session {
    let tokens = first;
    let expires = Date.now() + first.expires_in * 1000;
    let renewing: Promise<void> | undefined;
    const renew = async () => {
      const renewed = await ask({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token });
      tokens = { ...tokens, ...renewed };
      expires = Date.now() + renewed.expires_in * 1000;
    };
    // Straight from the provider's token endpoint, so its signature need not be checked (OpenID Connect Core, 3.1.3.7).
    const claims = JSON.parse(Buffer.from(first.id_token.split('.')[1] ?? '', 'base64url').toString()) as { name: string };
    return {
      userName: claims.name,
      accessToken: async () => {
        if (Date.now() > expires - margin) await (renewing ??= renew().finally(() => (renewing = undefined)));
        return tokens.access_token;
      },
    };
  }

  return {
    async begin(returnTo) {
      const id = random();
      const pending = { verifier: random(), state: random(), returnTo };
      begun.set(id, pending);
      const parameters = new URLSearchParams({
        client_id: clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: 'openid profile',
        state: pending.state,
        code_challenge: createHash('sha256').update(pending.verifier).digest('base64url'),
        code_challenge_method: 'S256',
      });
      return { id, location: `${(await discover()).authorization_endpoint}?${parameters.toString()}` };
    },
    async complete(id, callback) {
      const pending = begun.get(id);
      begun.delete(id);
      if (pending === undefined || callback.get('state') !== pending.state) throw new Error('this sign-in was not begun here');
      sessions.set(id, open(await ask({ grant_type: 'authorization_code', code: callback.get('code') ?? '', redirect_uri: redirectUri, code_verifier: pending.verifier })));
      return pending.returnTo;
    },
    session: (id) => sessions.get(id),
  };
}
