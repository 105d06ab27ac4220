/** `GET /api/recent-errors`: the last warnings and errors of the replica that answers, as in its log; for administrators. */
import type { ResolveScope } from '../access/scope';
import { AppError } from '../errors/app-error';
import { jsonResponse } from '../http/json';
import type { IdentityHandler } from '../http/with-identity';
import type { RecentErrors } from '../telemetry/recent-errors';

/** Handler; it throws AppError `ERR_ACCESS_002` for who does not see everything: lines of a log tell of everybody's. */
export function createRecentErrorsHandler({ resolveScope, recentErrors }: { readonly resolveScope: ResolveScope; readonly recentErrors: Pick<RecentErrors, 'lines'> }): IdentityHandler {
  return async (_request, _context, identity) => {
    if ((await resolveScope(identity)).kind !== 'all') throw new AppError('ERR_ACCESS_002', { detail: 'The log is for administrators.' });
    return jsonResponse({ lines: [...recentErrors.lines()] });
  };
}
