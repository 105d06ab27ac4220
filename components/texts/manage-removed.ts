/** The words of the list of deleted dashboards. Loaded with the management pages. */
export const manageRemoved = {
  open: 'Deleted dashboards',
  title: 'Deleted dashboards',
  lead: 'As they were stored last. Restoring makes one anew, with its history, for everyone who may see its project.',
  loading: 'Loading the deleted dashboards',
  none: 'No dashboard was deleted.',
  notKept: 'The place where new dashboards are stored keeps nothing of those that are deleted.',
  list: 'Deleted dashboards, the latest first',
  where: (project: string, name: string): string => `${project} / ${name}`,
  last: (version: number, when: string | undefined, who: string | undefined): string => `Version ${version}${when === undefined ? '' : `, saved ${when}`}${who === undefined ? '' : ` by ${who}`}`,
  restore: 'Restore',
  restoreOne: (title: string): string => `Restore ${title}`,
  restored: (title: string): string => `${title} was restored.`,
  failed: 'Not restored',
  close: 'Close',
};
