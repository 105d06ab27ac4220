/** What the sign-in page says before anyone presses its button. Words only; next-auth's error codes are translated here. */

export interface SignInNotice {
  readonly variant: 'success' | 'info' | 'danger';
  readonly title: string;
  readonly text: string;
}

/** next-auth's `error` values (https://next-auth.js.org/configuration/pages#sign-in-page), those that can occur here. */
const failures = new Map<string, Omit<SignInNotice, 'variant'>>([
  ['OAuthSignin', { title: 'The sign-in service cannot be reached', text: 'Try again in a minute. If it persists, tell an administrator.' }],
  ['OAuthCallback', { title: 'You are not signed in', text: 'The sign-in was cancelled, took too long, or was opened in two tabs. Sign in again.' }],
  ['Callback', { title: 'You are not signed in', text: 'The sign-in service answered, but your account could not be read. Try again; if it persists, tell an administrator.' }],
  ['AccessDenied', { title: 'You are not signed in', text: 'Your account may not use this application. Ask an administrator for access.' }],
  ['Configuration', { title: 'Sign-in is not set up correctly', text: 'Tell an administrator; the reason is in the log of this application.' }],
]);

const otherFailure = { title: 'You are not signed in', text: 'The sign-in did not complete. Try again; if it persists, tell an administrator.' };

/**
 * The notice for the query of the sign-in page.
 *
 * @returns undefined when there is nothing to say: then the page signs in by itself
 */
export function signInNotice(query: Readonly<Record<string, string | string[] | undefined>>, providerName: string): SignInNotice | undefined {
  if (query.error !== undefined) {
    return { variant: 'danger', ...(failures.get([query.error].flat().join()) ?? otherFailure) };
  }
  if (query.signedOut === 'here') {
    return { variant: 'info', title: 'You are signed out of this application', text: `You may still be signed in at ${providerName}. On a shared computer, sign out there as well or close the browser.` };
  }
  if (query.signedOut !== undefined) {
    return { variant: 'success', title: 'You are signed out', text: `Your session here and at ${providerName} has ended.` };
  }
  return undefined;
}
