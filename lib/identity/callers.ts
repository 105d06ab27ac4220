/**
 * Who sent a request, whichever way they came: with a bearer token (through ODH Dashboard) or with a session. Headers
 * that merely claim a user are not read.
 */
import { bearerToken, tokenRefusal, type CheckToken } from './bearer';
import type { Authenticate } from './identity';
import type { Sessions } from './sessions';

export interface CallersDeps {
  readonly checkToken: CheckToken;
  readonly sessions: Pick<Sessions, 'authenticate' | 'readSession'>;
}

/**
 * A bearer token counts alone: when it is refused the session does not step in, and a session of another subject beside
 * it refuses the request, because one of the two is not who sent it. The session is neither renewed nor refreshed then.
 */
export function createAuthenticate({ checkToken, sessions }: CallersDeps): Authenticate {
  return async (request) => {
    const token = bearerToken(request.headers);
    if (token === undefined) {
      return sessions.authenticate(request);
    }
    const identity = await checkToken(token);
    const visitor = await sessions.readSession(request.headers.get('cookie'));
    if (visitor !== undefined && visitor.subject !== identity.subject) {
      throw tokenRefusal('The request carries the session of somebody else as well.');
    }
    return { identity, setCookies: [] };
  };
}
