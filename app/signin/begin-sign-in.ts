/** Starts a sign-in at next-auth's routes. Knows nothing of the page around it. */

/**
 * @param returnTo path of the page to return to
 * @returns address at the identity provider, where the browser goes next
 * @throws when the server cannot be reached or does not answer as expected
 */
export async function beginSignIn(returnTo: string): Promise<string> {
  // What next-auth answers at these two routes; another shape ends in the check below.
  const { csrfToken } = (await ask('/api/auth/csrf')) as { csrfToken: string };
  const { url } = (await ask('/api/auth/signin/oidc', { method: 'POST', body: new URLSearchParams({ csrfToken, callbackUrl: returnTo, json: 'true' }) })) as { url?: string };
  if (url === undefined) {
    throw new Error('no address to go to');
  }
  return url;
}

async function ask(path: string, init?: RequestInit): Promise<unknown> {
  const response = await fetch(path, init);
  return response.json();
}
