/** Pages of one project and of addresses that name nothing. */
export const pages = {
  project: { text: 'What the workloads of this project are doing now.', usage: 'Resource usage' },
  unknown: {
    title: 'There is no dashboard at this address',
    text: (name: string) => `Nothing is called “${name}” here. The link may be old, or mistyped.`,
  },
};
