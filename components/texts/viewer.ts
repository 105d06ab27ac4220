/** A dashboard around its panels: its controls, help, wall screen and print. */
export const viewer = {
  loading: 'Loading the dashboard',
  mode: { label: 'View', simple: 'Simple', advanced: 'All panels' },
  more: { label: 'More for this dashboard', print: 'Print or save as PDF', kiosk: 'Show on a wall screen' },
  kiosk: { leave: 'Leave the wall screen' },
  help: { toggle: 'How to read this', title: 'How to read this dashboard', close: 'Close the explanation' },
  refresh: { label: 'Refresh', now: 'Refresh now', interval: 'Refresh interval' },
  print: {
    preparing: 'Preparing to print',
    drawn: 'Panels drawn',
    progress: (done: number, total: number) => `${done} of ${total}`,
    progressInWords: (done: number, total: number) => `${done} of ${total} panels`,
    timeRange: 'Time range',
    comparedWith: 'Compared with',
    printedAt: 'Printed at',
    timeZone: 'Time zone',
  },
  variables: {
    search: (variable: string) => `Search ${variable}`,
    loading: (variable: string) => `Loading ${variable}`,
    loadingOptions: 'Loading…',
    notInList: 'Not in the list',
    noMatch: 'No match',
    noOptions: 'Nothing to choose from',
    none: 'None',
    several: (count: number) => `${count} selected`,
    chosen: (variable: string, choice: string) => `${variable}: ${choice}`,
  },
  noAccess: {
    title: (projects: readonly string[]) => (projects.length === 1 ? `You do not have access to the project ${projects.join('')}` : `You do not have access to the projects ${projects.join(', ')}`),
    text: (count: number) => `Nothing of ${count === 1 ? 'it' : 'them'} is shown.`,
  },
};
