/** Whether what is behind the app works. What was found is said by the server. */
export const status = {
  title: 'Platform status',
  text: 'What the dashboards are fed from, and whether it works.',
  again: 'Look again',
  loading: 'Loading the status',
  states: { working: 'Everything works', partial: 'Some metrics are not collected', impaired: 'Something does not work' },
  lookedAt: (time: string) => `Looked at ${time}.`,
  forAdministrators: 'Administrators see the details here.',
  findings: 'What was checked',
  finding: { ok: 'Works', problem: 'Does not work', missing: 'Not there', unknown: 'Not known' },
  next: 'Next:',
  details: 'What was found, and what to do',
};
