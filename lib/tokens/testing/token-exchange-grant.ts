/**
 * The other side of token exchange (RFC 8693), for `oidc-provider`, which has none: the provider of the demo and that of
 * tests issue tokens for metrics backends by it. Client authentication is the provider's own work, done before.
 */
import { createPublicKey, randomUUID, type JsonWebKey } from 'node:crypto';
import { SignJWT, importJWK, jwtVerify, type JWTPayload } from 'jose';
import { errors } from 'oidc-provider';
import type Provider from 'oidc-provider';
import type { KoaContext } from 'oidc-provider';

export const tokenExchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange';

const accessTokenType = 'urn:ietf:params:oauth:token-type:access_token';

export interface TokenExchangeSettings {
  readonly issuer: string;
  /** Private RSA key that the provider signs with, and the id by which it publishes it. */
  readonly signingKey: JsonWebKey;
  readonly keyId: string;
  /** Audience of the tokens that may be exchanged. */
  readonly subjectAudience: string;
  /** Audiences that tokens may be exchanged for. */
  readonly audiences: readonly string[];
  /** Life of an issued token; it never outlives the one that it was exchanged for. */
  readonly seconds: number;
  /** Whether a subject still has an account. */
  readonly isKnown: (subject: string) => boolean;
}

/** Lets clients with this grant type exchange access tokens of this provider. */
export function allowTokenExchange(provider: Provider, settings: TokenExchangeSettings): void {
  const { issuer, signingKey, keyId, audiences, seconds } = settings;

  async function answer(context: KoaContext): Promise<void> {
    const { client } = context.oidc;
    const parameters: Readonly<Record<string, string | undefined>> = context.oidc.params;
    const { subject_token: subjectToken, subject_token_type: subjectTokenType, requested_token_type: requestedTokenType = accessTokenType, audience, scope } = parameters;
    if (subjectToken === undefined || subjectTokenType !== accessTokenType) throw new errors.InvalidRequest('the subject token must be an access token');
    if (requestedTokenType !== accessTokenType) throw new errors.InvalidRequest('only access tokens are issued');
    if (audience === undefined || !audiences.includes(audience)) throw new errors.InvalidTarget('tokens for this audience are not issued');
    const subject = await readSubject(subjectToken, settings);

    const now = Math.floor(Date.now() / 1000);
    const lifetime = Math.min(seconds, subject.exp - now);
    // RFC 8693 section 4.1: `act` says who uses the token on behalf of the subject.
    const claims = { client_id: client.clientId, act: { sub: client.clientId }, ...(scope === undefined ? {} : { scope }) };
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: keyId })
      .setIssuer(issuer)
      .setSubject(subject.sub)
      .setAudience(audience)
      .setIssuedAt(now)
      .setExpirationTime(now + lifetime)
      .setJti(randomUUID())
      .sign(await importJWK({ ...signingKey, kty: 'RSA' }, 'RS256'));
    context.body = { access_token: token, issued_token_type: accessTokenType, token_type: 'Bearer', expires_in: lifetime };
  }

  provider.registerGrantType(tokenExchangeGrant, answer, ['subject_token', 'subject_token_type', 'requested_token_type', 'audience', 'scope']);
}

/** An ID token fails on its audience and its type: neither is that of an access token for the app. */
async function readSubject(token: string, { issuer, signingKey, subjectAudience, isKnown }: TokenExchangeSettings): Promise<Required<Pick<JWTPayload, 'sub' | 'exp'>>> {
  const key = createPublicKey({ key: signingKey, format: 'jwk' });
  const options = { issuer, audience: subjectAudience, typ: 'at+jwt', algorithms: ['RS256'], requiredClaims: ['sub', 'exp'] };
  const verified = await jwtVerify(token, key, options).catch(() => undefined);
  const { sub, exp } = verified?.payload ?? {};
  if (sub === undefined || exp === undefined || !isKnown(sub)) throw new errors.InvalidRequest('the subject token is not accepted');
  return { sub, exp };
}
