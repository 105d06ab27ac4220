/** Checks opaque tokens, such as OpenShift's `sha256~…`, by asking Kubernetes whose they are. */
import type { Config } from '../config/schema';
import type { Kubernetes } from '../kubernetes/client';
import { tokenRefusal, type CheckToken } from './bearer';
import type { Identity } from './identity';
import { createLookupCache } from './lookup-cache';
import { tokenHash } from './token-hash';

/** For one question, whose answer every query of a page waits for. */
const reviewTimeout = 10_000;
/** Tokens whose owners are kept. */
const maxTokens = 10_000;

/** Names by which Kubernetes knows those who brought no credential, or one that it did not look at. */
const nobody = { user: 'system:anonymous', group: 'system:unauthenticated' };

export interface OpaqueCheckDeps {
  readonly kubernetes: Pick<Kubernetes, 'whoIs'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * An answer holds for `access.cache`, after which a token that was revoked is no longer accepted. Kubernetes does not
 * tell when a token expires, so the identity expires with the answer. Its groups are those that Kubernetes knows.
 *
 * The check throws AppError `ERR_DATA_001` when Kubernetes cannot be asked.
 */
export function createOpaqueCheck({ access }: Pick<Config, 'access'>, { kubernetes, now }: OpaqueCheckDeps): CheckToken {
  const identities = createLookupCache<Identity>({ now, keepFor: access.cache, maxEntries: maxTokens });

  async function review(token: string): Promise<Identity> {
    const expiresAt = now() + access.cache;
    const { username, groups } = await kubernetes.whoIs(token, AbortSignal.timeout(reviewTimeout));
    if (username === nobody.user || groups.includes(nobody.group)) {
      throw tokenRefusal('Kubernetes does not know the token.');
    }
    return { subject: username, name: username, claims: { [access.claims.groups]: groups }, token, expiresAt };
  }

  return (token) => identities.get(tokenHash(token), () => review(token));
}
