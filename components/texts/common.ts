/** Words that many parts of the app say. */
export const common = {
  product: 'OpenShift AI Observability',
  productDescription: 'Dashboards for the workloads of your OpenShift AI projects',
  /** What the browser calls a page. */
  pageTitle: (page: string) => `${page} · ${common.product}`,
  dashboards: 'Dashboards',
  goToList: 'Go to the list of dashboards',
  tryAgain: 'Try again',
  tryingAgain: 'Trying again…',
  cancel: 'Cancel',
  loading: 'Loading',
  all: 'All',
  project: 'Project',
  /** A link to the explanation of an error code. */
  about: (code: string) => `About ${code}`,
  request: (id: string) => `Request ${id}`,
};
