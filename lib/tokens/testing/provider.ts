/** A real OpenID Connect provider that exchanges tokens, in the test's own process; and people's tokens without a sign-in. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { SignJWT, importJWK, type JWTPayload } from 'jose';
import Provider from 'oidc-provider';
import { createOidcClient } from '../../identity/oidc-client';
import { listen } from '../../identity/testing/listen';
import { allowTokenExchange, tokenExchangeGrant } from './token-exchange-grant';

/** Audience of the app, which people's access tokens are for. */
export const appAudience = 'urn:odh-observability:api';
export const backendAudience = 'prometheus';

export type ExchangeProvider = Awaited<ReturnType<typeof startExchangeProvider>>;

const clientId = 'odh-observability';
const clientSecret = 'a-client-secret';

/** @param seconds life of the tokens that it issues */
export async function startExchangeProvider({ seconds = 300 }: { readonly seconds?: number } = {}) {
  const server = createServer();
  const { url: issuer, close } = await listen(server);
  const signingKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
  const provider = new Provider(issuer, {
    clients: [
      { client_id: clientId, client_secret: clientSecret, redirect_uris: [], response_types: [], grant_types: [tokenExchangeGrant] },
      { client_id: 'another', client_secret: clientSecret, redirect_uris: ['https://another.example.com/'], grant_types: ['authorization_code'] },
    ],
    jwks: { keys: [{ ...signingKey, alg: 'RS256', use: 'sig', kid: 'one' }] },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    features: { devInteractions: { enabled: false } },
  });
  allowTokenExchange(provider, { issuer, signingKey, keyId: 'one', subjectAudience: appAudience, audiences: [backendAudience], seconds, isKnown: (subject) => subject !== 'left' });
  const answer = provider.callback();
  const received: string[] = [];
  let interference: ((response: ServerResponse) => void) | undefined;

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    received.push(`${request.method ?? ''} ${request.url ?? ''}`);
    if (request.url === '/token' && interference !== undefined) interference(response);
    else answer(request, response);
  });

  return {
    issuer,
    close,
    /** The app as a client of it. */
    client: (id = clientId, secret = clientSecret) =>
      createOidcClient({ identity: { issuer, clientId: id }, clientSecret: secret }),
    /** A person's access token, as a sign-in would give it, or with other claims. */
    tokenFor: async (subject: string, claims: JWTPayload = {}, typ = 'at+jwt') =>
      new SignJWT({ iss: issuer, sub: subject, aud: appAudience, exp: Math.floor(Date.now() / 1000) + 3600, jti: randomBytes(8).toString('hex'), client_id: clientId, ...claims })
        .setProtectedHeader({ alg: 'RS256', typ, kid: 'one' })
        .sign(await importJWK({ ...signingKey, kty: 'RSA' }, 'RS256')),
    /** How often tokens were asked for. */
    exchanges: () => received.filter((line) => line === 'POST /token').length,
    /** Answers instead of the token endpoint, until called without. */
    interfere: (instead?: (response: ServerResponse) => void) => (interference = instead),
  };
}

/** A token endpoint's answer. */
export function answerJson(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** A JWT that anyone can make. */
export function unsigned(payload: JWTPayload): string {
  return [JSON.stringify({ alg: 'none', typ: 'at+jwt' }), JSON.stringify(payload), ''].map((part) => Buffer.from(part).toString('base64url')).join('.');
}
