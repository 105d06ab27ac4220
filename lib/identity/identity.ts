/** Who is calling. Everything below this line of the query's way trusts this value and reads no header or cookie. */

export interface Identity {
  /** `sub` of the issuer, stable and unique; for an opaque token Kubernetes' user name. */
  readonly subject: string;
  /** For people: shown in the page and, later, in audit records. */
  readonly name: string;
  /** Claims that access decisions may read (see `access.claims` in the configuration). */
  readonly claims: Readonly<Record<string, unknown>>;
  /** Access token of the caller. Never logged. */
  readonly token: string;
  /** When `token` expires, in milliseconds since the epoch. No decision about this identity is kept longer. */
  readonly expiresAt: number;
  /** Projects beyond which this request asks for nothing, though the caller may see more: a look as a member of them. */
  readonly limitedTo?: readonly string[];
}

export interface Authenticated {
  readonly identity: Identity;
  /** `Set-Cookie` values of a session that was refreshed on the way; the response must carry them. */
  readonly setCookies: readonly string[];
}

/**
 * Finds out who sent a request.
 *
 * @throws AppError `ERR_AUTH_001` when nobody is signed in or the session has ended; `ERR_AUTH_002` when a token came
 *   with the request and is not accepted; `ERR_DATA_001` when it cannot be checked
 */
export type Authenticate = (request: Request) => Promise<Authenticated>;
