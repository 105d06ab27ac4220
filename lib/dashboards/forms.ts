/** The forms in which a dashboard is kept: as Perses writes it, as a custom resource, in a ConfigMap. */
import { stringify } from 'yaml';
import { annotationPrefix, type Dashboard } from '../contracts/dashboard';

export const forms = ['cr', 'perses', 'configmap'] as const;
export type Form = (typeof forms)[number];

/** YAML that means the same in version 1.1, as kubectl and Helm read it: there a bare `y` is `true`. */
export function yamlOf(value: unknown): string {
  return stringify(value, { lineWidth: 0, version: '1.1' });
}

/** As YAML, without what the server keeps for itself: version and times. */
export function inForm(form: Form, dashboard: Dashboard): string {
  return yamlOf(resourceIn(form, dashboard));
}

function resourceIn(form: Form, { metadata, spec }: Dashboard): unknown {
  const { name, project, annotations = {} } = metadata;
  const own = Object.keys(annotations).length === 0 ? {} : { annotations: Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`${annotationPrefix}${key}`, value])) };
  const customResource = { apiVersion: 'perses.dev/v1alpha2', kind: 'PersesDashboard', metadata: { name, namespace: project, ...own }, spec: { config: spec } };
  switch (form) {
    case 'cr':
      return customResource;
    case 'perses':
      return { kind: 'Dashboard', metadata: { name, project, ...(Object.keys(annotations).length === 0 ? {} : { annotations }) }, spec };
    case 'configmap':
      return {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: `dashboard-${name}`, namespace: project, labels: { [`${annotationPrefix}dashboard`]: 'true' } },
        data: { [`${name}.yaml`]: yamlOf(customResource) },
      };
  }
}
