/** Where a sign-in may return to: a page of this site, whatever the address asks for. Pure. */
import { catalogPath } from '../contracts/links';

/** Not pages, or (`/signin`) a page that would start the sign-in over again. */
const notReturnedTo = /^\/(?:api|proxy|_next|metrics|signin)(?:\/|$)/;

/**
 * The path, query and fragment to return to after signing in.
 *
 * @param candidate what the request asks for: a path, or an absolute address of this site
 * @param publicUrl address of this site
 * @returns the candidate as a path; the list of dashboards when it would leave the site or is not a page
 */
export function callbackPath(candidate: unknown, publicUrl: string): string {
  const origin = new URL(publicUrl).origin;
  const url = typeof candidate === 'string' && URL.canParse(candidate, origin) ? new URL(candidate, origin) : undefined;
  // `/.//elsewhere.example` parses to this site with the path `//elsewhere.example`, which alone is another site.
  if (url?.origin !== origin || url.pathname.startsWith('//') || url.pathname === '/' || notReturnedTo.test(url.pathname)) {
    return catalogPath;
  }
  return `${url.pathname}${url.search}${url.hash}`;
}
