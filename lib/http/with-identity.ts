/** Puts authentication in front of a handler. Knows neither how people sign in nor what the handler does. */
import type { Authenticate, Identity } from '../identity/identity';
import type { Handler, RouteContext } from './handler';

/** A handler that needs to know who is calling. */
export type IdentityHandler = (request: Request, context: RouteContext, identity: Identity) => Promise<Response>;

/**
 * Handler that authenticates, then runs `inner`. A session that was refreshed on the way reaches the browser even when
 * `inner` throws: with rotating refresh tokens a lost cookie would be a lost session.
 *
 * @throws AppError of `authenticate` when nobody is signed in, and whatever `inner` throws
 */
export function withIdentity(authenticate: Authenticate, inner: IdentityHandler): Handler {
  return async (request, context) => {
    const { identity, setCookies } = await authenticate(request);
    for (const cookie of setCookies) {
      context.responseHeaders.append('set-cookie', cookie);
    }
    return inner(request, context, identity);
  };
}
