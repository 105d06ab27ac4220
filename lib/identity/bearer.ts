/**
 * The bearer token of a request: reads it, and decides who checks it. Knows neither signatures nor Kubernetes. What
 * stands in `Authorization` is accepted or refused, never ignored.
 */
import { AppError } from '../errors/app-error';
import type { Identity } from './identity';

/** Finds out whom a token belongs to. Throws AppError `ERR_AUTH_002` when it is not accepted. */
export type CheckToken = (token: string) => Promise<Identity>;

export interface BearerChecks {
  readonly jwt: CheckToken;
  /** Undefined where nobody could be asked. */
  readonly opaque: CheckToken | undefined;
}

/** RFC 6750 section 2.1; the name of a scheme is not case-sensitive (RFC 9110 section 11.1). */
const bearerCredentials = /^Bearer +([A-Za-z0-9\-._~+/]+=*)$/i;

/**
 * The token of a request, or undefined for one without the header.
 *
 * @throws AppError `ERR_AUTH_002` when the header holds anything else than one bearer token
 */
export function bearerToken(headers: Headers): string | undefined {
  const value = headers.get('authorization');
  if (value === null) {
    return undefined;
  }
  const token = bearerCredentials.exec(value)?.[1];
  if (token === undefined) {
    throw tokenRefusal('The Authorization header must hold one bearer token.');
  }
  return token;
}

export function createBearerCheck({ jwt, opaque }: BearerChecks): CheckToken {
  return async (token) => {
    switch (token.split('.').length) {
      // As a JWT is written, whatever its parts hold: none of those is worth a second opinion.
      case 3:
        return jwt(token);
      // Encrypted (RFC 7516), as our own session cookie is. Nobody else should see it.
      case 5:
        throw tokenRefusal('Encrypted tokens are not accepted.');
      default:
        if (opaque === undefined) {
          throw tokenRefusal('Tokens that are not JWTs are not accepted here.');
        }
        return opaque(token);
    }
  };
}

/** @param detail for the caller: what about the token is not accepted */
export function tokenRefusal(detail: string, cause?: unknown): AppError {
  return new AppError('ERR_AUTH_002', { detail, cause, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } });
}
