/** `POST /api/auth/sign-out`: ends our session and the provider's. Knows no page beyond the one it returns to. */
import type { Config } from '../config/schema';
import type { Handler } from '../http/handler';
import type { Provider } from './provider';
import { assertSameOrigin } from './same-origin';
import type { SessionEvents } from './session-events';
import type { SessionCookie } from './session-cookie';
import type { SignedOut } from './signed-out';

export interface SignOutDeps {
  readonly provider: Pick<Provider, 'revoke' | 'signOutUrl'>;
  readonly cookie: SessionCookie;
  readonly events: Pick<SessionEvents, 'signedOut'>;
  readonly signedOut: Pick<SignedOut, 'add'>;
}

/**
 * Deletes the session cookie, remembers that no copy of it counts any more, revokes the refresh token and answers 303 to the provider's end-session address, which
 * returns to `/signin?signedOut=1`. A provider that has none, or cannot be reached, does not keep anyone signed in here:
 * then the answer leads to `/signin?signedOut=here`, which says what is left to do.
 *
 * The handler throws AppError `ERR_ACCESS_002` when another site sent the form.
 */
export function createSignOutHandler({ publicUrl }: Pick<Config, 'publicUrl'>, { provider, cookie, events, signedOut }: SignOutDeps): Handler {
  return async (request, { log, requestId }) => {
    assertSameOrigin(request, publicUrl);
    const cookieHeader = request.headers.get('cookie');
    const session = (await cookie.read(cookieHeader))?.session;

    if (session !== undefined) {
      events.signedOut({ subject: session.sub, name: session.name }, requestId);
    }

    const [revoked, address] = await Promise.allSettled([
      session === undefined ? undefined : provider.revoke(session),
      provider.signOutUrl(`${publicUrl}/signin?signedOut=1`, session),
      session === undefined ? undefined : signedOut.add(session),
    ]);
    for (const outcome of [revoked, address]) {
      if (outcome.status === 'rejected') {
        log.warn({ err: outcome.reason as unknown }, 'the identity provider was not told of a sign-out');
      }
    }
    const location = (address.status === 'fulfilled' ? address.value : undefined) ?? `${publicUrl}/signin?signedOut=here`;

    const response = new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });
    for (const value of cookie.clear(cookieHeader)) {
      response.headers.append('set-cookie', value);
    }
    return response;
  };
}
