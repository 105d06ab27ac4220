/**
 * Token exchange (RFC 8693): the caller's access token for one that a metrics backend accepts, at the token endpoint of
 * the identity provider, as the app's own client. Keeps nothing.
 */
import { decodeJwt } from 'jose';
import type { TokenSet } from 'openid-client';
import { z } from 'zod';
import { AppError } from '../errors/app-error';
import { withoutToken, type OidcClient } from '../identity/oidc-client';

/** Whom the token is for, as `datasources[].credential` says. */
export interface ExchangeTarget {
  readonly audience: string;
  readonly scope?: string | undefined;
}

export interface ExchangedToken {
  readonly token: string;
  /** In milliseconds since the epoch. */
  readonly expiresAt: number;
}

/**
 * Exchanges a subject token (RFC 8693 section 2).
 *
 * @throws AppError `ERR_AUTH_003` for every failure: refused, not answered in time, or answered with something else
 */
export type ExchangeToken = (subjectToken: string, target: ExchangeTarget) => Promise<ExchangedToken>;

export interface TokenExchangeDependencies {
  readonly client: OidcClient;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** For the whole exchange, in milliseconds. */
  readonly timeout: number;
}

const accessTokenType = 'urn:ietf:params:oauth:token-type:access_token';

/** Assumed where the provider does not tell a lifetime (RFC 8693 section 2.2.1 only recommends it). */
const defaultLifetime = 60_000;

/** RFC 8693 section 2.2.1. openid-client makes `expires_at`, in seconds, of `expires_in`. */
const answerSchema = z.object({
  // RFC 6750 section 2.1: what may stand in the header.
  access_token: z.string().regex(/^[A-Za-z0-9._~+/-]+=*$/),
  issued_token_type: z.literal(accessTokenType),
  token_type: z.string().regex(/^bearer$/i),
  expires_at: z.number().optional(),
});

export function createTokenExchange({ client, now, timeout }: TokenExchangeDependencies): ExchangeToken {
  return async (subjectToken, { audience, scope }) => {
    const request = async (): Promise<TokenSet> =>
      (await client()).grant({
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token: subjectToken,
        subject_token_type: accessTokenType,
        requested_token_type: accessTokenType,
        audience,
        ...(scope === undefined ? {} : { scope }),
      });
    try {
      return checked(await within(timeout, request()), audience, now());
    } catch (error) {
      throw new AppError('ERR_AUTH_003', { cause: causeOf(error, subjectToken) });
    }
  };
}

/** The token of an answer that is what was asked for. */
function checked(tokens: TokenSet, audience: string, received: number): ExchangedToken {
  const { access_token: token, expires_at: expiry } = answerSchema.parse(tokens);
  const audiences = audiencesOf(token);
  // A provider that ignores the parameter might hand out a token that opens more doors than this one.
  if (audiences !== undefined && !audiences.includes(audience)) {
    throw new Error(`the provider was asked for a token for "${audience}" and issued one for ${JSON.stringify(audiences)}`);
  }
  // By the time that is left, so that clocks need not agree; openid-client took the provider's on its arrival.
  const lifetime = expiry === undefined ? defaultLifetime : (tokens.expires_in ?? 0) * 1000;
  if (lifetime <= 0) throw new Error('the provider issued a token that has expired');
  return { token, expiresAt: received + lifetime };
}

/** Whom a JWT is for; undefined for a token that only its issuer can read. The backend checks the signature, not this app. */
function audiencesOf(token: string): readonly string[] | undefined {
  try {
    return [decodeJwt(token).aud ?? []].flat();
  } catch {
    return undefined;
  }
}

/** openid-client limits the time between two packets; a provider that drips is as good as silent. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`the identity provider did not answer within ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** What goes to the log: providers may repeat what they were sent. */
function causeOf(error: unknown, subjectToken: string): unknown {
  const cause = withoutToken(error);
  return cause instanceof Error ? new Error(cause.message.replaceAll(subjectToken, '…')) : cause;
}
