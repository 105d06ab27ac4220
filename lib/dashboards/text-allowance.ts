/**
 * How often one person may have a text read and checked. A text of the largest size keeps the process busy for seconds,
 * in which nobody else is answered.
 */
import { createAllowance } from '../audit/allowance';
import { AppError } from '../errors/app-error';
import type { IdentityHandler } from '../http/with-identity';

/** An editor asks while somebody writes, once in a second at most. */
const perMinute = 60;

/**
 * Creates a wrapper of handlers that are counted together; they throw AppError `ERR_QUERY_004` beyond the allowance.
 *
 * @param now milliseconds since the epoch
 */
export function createTextAllowance(now: () => number): (inner: IdentityHandler) => IdentityHandler {
  const allowed = createAllowance(perMinute, now);
  return (inner) => async (request, context, identity) => {
    if (!allowed(identity.subject)) {
      throw new AppError('ERR_QUERY_004', { detail: `${perMinute} checks or changes of dashboards per minute are allowed.`, headers: { 'retry-after': '60' } });
    }
    return inner(request, context, identity);
  };
}
