/** The frame of the standalone app, its sign-in, and its pages for what is not there. */
export const app = {
  skipToContent: 'Skip to content',
  signOut: 'Sign out',
  signIn: 'Sign in',
  signInWith: (provider: string) => `Sign in with ${provider}`,
  signingIn: 'Signing in',
  goingTo: (provider: string) => `Going to ${provider} to sign you in…`,
  promise: 'Live metrics of your training jobs, models and pipelines, limited to your own projects.',
  unreachable: { title: 'The server cannot be reached', text: 'Check your connection, then try again.' },
  broken: {
    title: 'This page could not be shown',
    text: (digest: string | undefined) => `Something went wrong on our side. Try again; if it happens again, tell an administrator${digest === undefined ? '.' : ` and name ${digest}.`}`,
  },
  nothingHere: { title: 'There is nothing at this address', text: 'The link may be old, or mistyped.' },
};
