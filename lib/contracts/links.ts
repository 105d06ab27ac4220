/** Addresses of the app's pages and of its API, in one place for server, pages and embedding hosts. Pure functions. */
import type { Shortcut } from './shortcuts';

/** Where the API is mounted when the app runs standalone. A host that proxies it says so through `components/host`. */
export const defaultApiBase = '/api';

/** Where ODH Dashboard proxies the API with the configuration that docs/embedding.md gives. */
export const proxiedApiBase = '/odh-observability/api';

/** Where everything begins: the person's home dashboard, or the list. */
export const catalogPath = '/observability';

/** Page that says whether what is behind the app works. */
export const statusPath = `${catalogPath}/status`;

/** The list, whatever the person's home is. */
export const listPath = `${catalogPath}/dashboards`;

/** Whether what an author wrote as a link leads to a page, of this product or another, and nowhere that would run a script. */
export function isPageAddress(url: string): boolean {
  const page = 'http://product';
  return url !== '' && URL.canParse(url, page) && ['http:', 'https:'].includes(new URL(url, page).protocol);
}

/** Names a dashboard among those of all projects, in preferences and settings. Neither part can hold a slash. */
export const dashboardKey = ({ project, name }: { readonly project: string; readonly name: string }): string => `${project}/${name}`;

export function dashboardPath(project: string, name: string): string {
  return `${listPath}/${encodeURIComponent(project)}/${encodeURIComponent(name)}`;
}

/** Where dashboards are managed: the list of all that the caller may change or arrange. */
export const managePath = `${catalogPath}/manage`;

/** Editor of a new dashboard; with a dashboard, of a copy of it. */
export function newDashboardPath(copyOf?: { readonly project: string; readonly name: string }): string {
  return `${managePath}/new${copyOf === undefined ? '' : `?${new URLSearchParams({ from: `${copyOf.project}/${copyOf.name}` }).toString()}`}`;
}

/** Editor of a dashboard. */
export function editDashboardPath(project: string, name: string): string {
  return `${managePath}/edit?${new URLSearchParams({ project, name }).toString()}`;
}

/** Below the address of the API: where it answers as members of some projects would be answered (`lib/access/as-member.ts`). */
export function asMembersPath(projects: readonly string[]): string {
  return `/as/${projects.map(encodeURIComponent).join(',')}`;
}

/** Page that sums a project up. */
export function projectPath(namespace: string): string {
  return `${catalogPath}/projects/${encodeURIComponent(namespace)}`;
}

/** Short address of a topic (`shortcuts.ts`). Parameters that are undefined are left out. */
export function shortcutPath(shortcut: Shortcut, parameters: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const query = new URLSearchParams(given).toString();
  return `${catalogPath}/${shortcut}${query === '' ? '' : `?${query}`}`;
}

/** Proxy address of a datasource, as Perses clients build it (https://perses.dev/perses/docs/api/datasource/). */
export function datasourceProxyPath(name: string): string {
  return `/proxy/globaldatasources/${encodeURIComponent(name)}`;
}

/** Page that signs in and then returns to `callbackPath`, a path on this site. */
export function signInPath(callbackPath: string): string {
  return `/signin?callbackUrl=${encodeURIComponent(callbackPath)}`;
}

/** What a page can be about and has a dashboard for. */
export type DashboardSubject =
  | { readonly kind: 'model'; readonly namespace: string; readonly name: string; readonly version?: string }
  | { readonly kind: 'training-job'; readonly namespace: string; readonly name: string }
  | { readonly kind: 'pipeline-run'; readonly namespace: string; readonly name: string; readonly pipeline?: string }
  | { readonly kind: 'notebook'; readonly namespace: string; readonly name: string; readonly user?: string }
  | { readonly kind: 'project'; readonly namespace: string }
  | { readonly kind: 'node'; readonly name: string };

/**
 * Address of the dashboard that shows a subject, already limited to it.
 *
 * @param start where the time range begins: a duration back from now such as `6h`, or milliseconds since the epoch. The
 *   dashboard's own default without it
 */
export function dashboardHref(subject: DashboardSubject, { start }: { readonly start?: string } = {}): string {
  switch (subject.kind) {
    case 'model':
      return shortcutPath('serving', { namespace: subject.namespace, model: subject.name, version: subject.version, start });
    case 'training-job':
      return shortcutPath('training', { namespace: subject.namespace, job: subject.name, start });
    case 'pipeline-run':
      return shortcutPath('pipelines', { namespace: subject.namespace, pipeline: subject.pipeline, run: subject.name, start });
    case 'notebook':
      return shortcutPath('notebooks', { namespace: subject.namespace, user: subject.user, notebook: subject.name, start });
    case 'project':
      return shortcutPath('project', { namespace: subject.namespace, start });
    case 'node':
      return shortcutPath('platform', { node: subject.name, start });
  }
}
