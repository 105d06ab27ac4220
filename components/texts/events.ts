/** What happened meanwhile: alerts and deployments. */
const counted = (count: number, one: string): string[] => (count === 0 ? [] : [`${count} ${one}${count === 1 ? '' : 's'}`]);

export const events = {
  label: 'Events',
  region: 'Alerts and deployments',
  loading: 'Looking for alerts and deployments…',
  none: 'No alerts and no deployments in this time range',
  /** Empty for none of either. */
  count: (alerts: number, deployments: number) => [...counted(alerts, 'alert'), ...counted(deployments, 'deployment')].join(', '),
  title: (count: string) => `Events: ${count}`,
  partly: (summary: string) => `${summary}. Some could not be loaded.`,
  columns: { what: 'What', where: 'Where', when: 'When' },
  kinds: { alert: 'Alert', deployment: 'Deployment' },
  /** On a chart, where there is room for a letter. */
  letters: { alert: 'A', deployment: 'D' },
  newVersion: (deployment: string | undefined) => `New version of ${deployment ?? 'a deployment'}`,
  cluster: 'the cluster',
  since: (start: string) => `since ${start}, still firing`,
  until: (end: string) => `from before this time range until ${end}`,
  always: 'all the time',
};
