/** Addresses of the app's pages and of its API, in one place for server, pages and embedding hosts. Pure functions. */

/** Where the API is mounted when the app runs standalone. A host that proxies it says so through `components/host`. */
export const defaultApiBase = '/api';

export const catalogPath = '/observability';

export function dashboardPath(project: string, name: string): string {
  return `${catalogPath}/dashboards/${encodeURIComponent(project)}/${encodeURIComponent(name)}`;
}

/** Proxy address of a datasource, as Perses clients build it (https://perses.dev/perses/docs/api/datasource/). */
export function datasourceProxyPath(name: string): string {
  return `/proxy/globaldatasources/${encodeURIComponent(name)}`;
}

/** Page that signs in and then returns to `callbackPath`, a path on this site. */
export function signInPath(callbackPath: string): string {
  return `/signin?callbackUrl=${encodeURIComponent(callbackPath)}`;
}
