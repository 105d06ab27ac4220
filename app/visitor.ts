/** Who looks at a page. Pages ask here; what the answer may see is decided by the API, not by pages. */
import { cache } from 'react';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { signInPath } from '../lib/contracts/links';
import { getRuntime } from '../lib/runtime';

/** The person who is signed in, or undefined. Layout and page of one request share the answer. */
export const readVisitor = cache(async () => getRuntime().sessions.readSession((await headers()).get('cookie')));

export type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Leads to the sign-in, and from there back to this page with its query, when nobody is signed in.
 *
 * @param path of the page
 * @param searchParams its query, as Next hands it to pages
 */
export async function requireVisitor(path: string, searchParams: SearchParams): Promise<void> {
  if ((await readVisitor()) === undefined) {
    redirect(signInPath(path + toSearch(searchParams)));
  }
}

function toSearch(searchParams: SearchParams): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(searchParams)) {
    for (const each of value === undefined ? [] : [value].flat()) {
      parameters.append(name, each);
    }
  }
  return parameters.size === 0 ? '' : `?${parameters.toString()}`;
}
