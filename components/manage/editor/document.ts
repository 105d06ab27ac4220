/** A dashboard as the text that people edit: YAML in the form of Perses, without what the server keeps for itself. Pure. */
import { stringify } from 'yaml';
import type { Dashboard, DashboardSpec } from '../../../lib/contracts/dashboard';

export interface Address {
  readonly project: string;
  readonly name: string;
}

/** What the server adds — version, times — is not a person's to write, and would be a difference with every save. */
export function textOf({ kind, metadata: { name, project, annotations = {} }, spec }: Dashboard): string {
  const described = Object.keys(annotations).length === 0 ? {} : { annotations };
  // Means the same in version 1.1, as kubectl and Helm read it: there a bare `y` is `true`.
  return stringify({ kind, metadata: { name, project, ...described }, spec }, { lineWidth: 0, version: '1.1' });
}

/** The dashboard of a text with the version that the text began from. */
export function withVersion(dashboard: Dashboard, version: number): Dashboard {
  const { name, project, annotations } = dashboard.metadata;
  return { ...dashboard, metadata: { name, project, version, ...(annotations === undefined ? {} : { annotations }) } };
}

/** The same dashboard at another place, under another title. */
export function placedAt(dashboard: Dashboard, { project, name }: Address, title: string): Dashboard {
  const { annotations = {} } = dashboard.metadata;
  return {
    kind: 'Dashboard',
    metadata: { name, project, version: 0, annotations },
    spec: { ...dashboard.spec, display: { ...dashboard.spec.display, name: title } },
  };
}

/** A name for the address from a title: lower-case letters, digits and "-". */
export function nameFor(title: string): string {
  return title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/\p{Diacritic}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replaceAll(/^-+|-+$/g, '');
}

/** As the API takes it. */
export const namePattern = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

/** A dashboard in memory only. */
export function unsaved(spec: DashboardSpec, annotations: Readonly<Record<string, string>> = {}): Dashboard {
  return { kind: 'Dashboard', metadata: { name: 'new', project: 'new', version: 0, annotations: { ...annotations } }, spec };
}

/** Whether a text is meant for Grafana: its JSON has panels at the top, or a dashboard around them, and a schema version. */
export function isGrafana(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    const inner: unknown = typeof value === 'object' && value !== null && 'dashboard' in value ? value.dashboard : value;
    return typeof inner === 'object' && inner !== null && ('schemaVersion' in inner || 'panels' in inner || ('apiVersion' in inner && String(inner.apiVersion).includes('grafana')));
  } catch {
    return false;
  }
}
