/** Refuses state-changing requests that another site made in a visitor's name. Knows neither sessions nor routes. */
import { AppError } from '../errors/app-error';

/**
 * Checks that a request comes from a page of this site. Browsers send `Origin` with every POST and no page can set it;
 * a request without it is refused as well. A request with `Authorization` is not asked: its cookies say nothing about
 * the caller (see `callers.ts`), and no page of another site can add this header to a request with somebody's cookies.
 *
 * @throws AppError `ERR_ACCESS_002` otherwise
 */
export function assertSameOrigin(request: Request, publicUrl: string): void {
  if (!request.headers.has('authorization') && request.headers.get('origin') !== new URL(publicUrl).origin) {
    throw new AppError('ERR_ACCESS_002', { detail: 'The request does not come from a page of this site.' });
  }
}
