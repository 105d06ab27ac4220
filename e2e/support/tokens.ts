/** A person's tokens, as the app gets them at their sign-in: for attacks that send them elsewhere. */
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ensureSecrets } from '../../demo/secrets';
import { projectRoot } from '../../demo/setup/index.mjs';
import { password } from '../../demo/users';
import { Browser } from '../../lib/identity/testing/browser';
import { appUrl, issuerUrl, stackEnvironment, type User } from './stack';

const clientId = 'odh-observability';
const redirectUri = `${appUrl}/api/auth/callback/oidc`;

export interface Tokens {
  readonly access_token: string;
  readonly id_token: string;
}

/** A request to the token endpoint with the app's own client secret, which an attacker does not have. */
export async function tokenRequest(fields: Record<string, string>): Promise<Response> {
  const { clientSecret } = await ensureSecrets(join(projectRoot, stackEnvironment.DEMO_STATE_DIR));
  const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
  return fetch(`${issuerUrl}/token`, { method: 'POST', body: new URLSearchParams(fields), headers: { authorization } });
}

export async function tokensOf(user: User): Promise<Tokens> {
  const browser = new Browser();
  const verifier = randomBytes(32).toString('base64url');
  const begin = new URL('/auth', issuerUrl);
  begin.search = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid profile email',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  const signInUrl = await browser.follow(begin, (url) => url.pathname.startsWith('/sign-in/'));
  const signedIn = await browser.send(signInUrl, { method: 'POST', body: new URLSearchParams({ login: user, password }) });
  const callback = await browser.follow(signedIn.headers.get('location') ?? '', (url) => url.href.startsWith(redirectUri));
  const answer = await tokenRequest({ grant_type: 'authorization_code', code: callback.searchParams.get('code') ?? '', redirect_uri: redirectUri, code_verifier: verifier });
  if (!answer.ok) throw new Error(`the token endpoint answered ${answer.status}: ${await answer.text()}`);
  // RFC 6749's token response, with an ID token.
  return (await answer.json()) as Tokens;
}
