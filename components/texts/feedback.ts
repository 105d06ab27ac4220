/** What failed, and the explanations of errors; the errors' own words are in lib/contracts/errors.ts. */
export const feedback = {
  help: { title: 'Messages and what to do', text: 'Each message of this app has a code. Name it when you ask for help.', codes: 'Codes', entry: (title: string, code: string) => `${title} (${code})` },
  sessionEnded: { title: 'Your session has ended', signIn: 'Sign in' },
  part: {
    broken: 'This part of the page does not work',
    brokenText: 'Something went wrong on our side. Try again; if it happens again, tell an administrator.',
    missing: 'This part of the page could not be loaded',
    missingText: 'The observability service cannot be reached, or was updated while this page was open. Try again; if that does not help, reload the page.',
    reload: 'Reload the page',
  },
};
