/**
 * Checks access tokens that are JWTs (RFC 9068, RFC 8725) by the keys that the identity provider publishes. Of a
 * token's header only the algorithm and the key's id are read, the first to be on the list, the second to be compared:
 * keys and addresses that a token brings along do not count.
 */
import { createRemoteJWKSet, customFetch, errors, jwtVerify, type JWTVerifyGetKey, type JWTVerifyResult } from 'jose';
import { z } from 'zod';
import type { Config } from '../config/schema';
import { AppError } from '../errors/app-error';
import { tokenRefusal, type CheckToken } from './bearer';
import { firstText, type KeySource, type Provider } from './provider';

/** Clocks of provider and app differ by this much at most. */
const clockToleranceSeconds = 10;
/** An unknown key is looked for once in this time: providers rotate keys, and anyone can invent a key's id. */
const cooldown = 10_000;
/** A key that the provider has withdrawn is not accepted for longer. */
const keysMaxAge = 10 * 60_000;
const fetchTimeout = 5_000;

const claimsSchema = z.looseObject({ sub: z.string().min(1), exp: z.number() });

/** RFC 9068 section 2.1, which many providers follow; RFC 8725 section 3.11 says why. */
const accessTokenType = 'at+jwt';

export interface JwtCheckDeps {
  readonly provider: Pick<Provider, 'keySource'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

interface Verifier {
  readonly issuer: string;
  readonly keys: JWTVerifyGetKey;
}

/** The check throws AppError `ERR_DATA_001` when the provider's keys cannot be had. */
export function createJwtCheck({ identity: { bearer }, access }: Pick<Config, 'identity' | 'access'>, { provider, now }: JwtCheckDeps): CheckToken {
  const claimNames = [access.claims.namespaces, access.claims.groups];
  let known: Promise<Verifier> | undefined;

  function verifier(): Promise<Verifier> {
    known ??= provider.keySource().then(verifierOf, (error: unknown) => {
      known = undefined;
      throw keysUnavailable(error);
    });
    return known;
  }

  return async (token) => {
    if (bearer.audiences.length === 0) {
      throw tokenRefusal('No audience is configured for which JWTs are accepted.');
    }
    const { issuer, keys } = await verifier();
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer,
      audience: bearer.audiences,
      algorithms: bearer.algorithms,
      clockTolerance: clockToleranceSeconds,
      currentDate: new Date(now()),
      requiredClaims: ['sub', 'exp'],
    }).catch(refuse);
    const claims = claimsSchema.safeParse(payload);
    if (!claims.success) {
      throw tokenRefusal('The token names nobody.');
    }
    if (!isAccessToken(protectedHeader, claims.data)) {
      throw tokenRefusal('The token is not an access token.');
    }
    const { sub, exp, name, preferred_username: login } = claims.data;
    return {
      subject: sub,
      name: firstText(name, login) ?? sub,
      claims: Object.fromEntries(claimNames.filter((claim) => Object.hasOwn(payload, claim)).map((claim) => [claim, payload[claim]])),
      token,
      expiresAt: exp * 1000,
    };
  };
}

function verifierOf({ issuer, jwksUri }: KeySource): Verifier {
  const published = createRemoteJWKSet(jwksUri, {
    cooldownDuration: cooldown,
    cacheMaxAge: keysMaxAge,
    timeoutDuration: fetchTimeout,
    // Next replaces the global `fetch` by one that may cache.
    [customFetch]: (url, options) => fetch(url, { ...options, cache: 'no-store' }),
  });
  return {
    issuer,
    keys: (header, token) =>
      published(header, token).catch((error: unknown) => {
        throw isAboutToken(error) ? error : keysUnavailable(error);
      }),
  };
}

/** Whether looking for a key failed because of what the token says, not because the keys could not be had. */
function isAboutToken(error: unknown): boolean {
  return error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys || error instanceof errors.JOSENotSupported;
}

/**
 * Whether a token that the provider issued is one for access. ID tokens are for the client that asked for them: they
 * travel in addresses and logs, and hold for longer. Their audience gives most of them away; where that is the same, the
 * token's own word counts, then what only ID tokens have (OpenID Connect Core 1.0 sections 2 and 3.1.3.6).
 */
function isAccessToken({ typ }: JWTVerifyResult['protectedHeader'], claims: Readonly<Record<string, unknown>>): boolean {
  const headerType = typ?.toLowerCase().replace(/^application\//, '');
  if (headerType !== undefined && headerType !== 'jwt' && headerType !== accessTokenType) {
    return false;
  }
  // Keycloak's kinds of tokens: `Bearer`, `ID`, `Refresh`, …
  if (claims.typ !== undefined) {
    return claims.typ === 'Bearer';
  }
  return headerType === accessTokenType || !['nonce', 'at_hash', 'c_hash'].some((claim) => Object.hasOwn(claims, claim));
}

function refuse(error: unknown): never {
  if (error instanceof errors.JWTExpired) {
    throw tokenRefusal('The token has expired.', error);
  }
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') {
    throw tokenRefusal('The token is for another audience.', error);
  }
  // What is left of jose's errors is about the token, see `keys` above; to its sender they are all the same.
  throw error instanceof errors.JOSEError ? tokenRefusal('The token was not issued by the identity provider, or not for now.', error) : error;
}

function keysUnavailable(cause: unknown): AppError {
  return new AppError('ERR_DATA_001', { detail: 'The keys of the identity provider cannot be read, so your token cannot be checked.', cause });
}
