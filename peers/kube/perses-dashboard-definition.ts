/**
 * The definition of `PersesDashboard`, with the group, names and versions of the Perses operator. Its schema says nothing
 * of a dashboard's inside: what is not valid must reach the app, as it does from operators of other versions.
 */
const version = (name: string, isStored: boolean) => ({
  name,
  served: true,
  storage: isStored,
  schema: {
    openAPIV3Schema: {
      type: 'object',
      properties: { spec: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }, status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
    },
  },
  subresources: { status: {} },
});

export const persesDashboardDefinition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'persesdashboards.perses.dev' },
  spec: {
    group: 'perses.dev',
    scope: 'Namespaced',
    names: { kind: 'PersesDashboard', listKind: 'PersesDashboardList', plural: 'persesdashboards', singular: 'persesdashboard', shortNames: ['perdb'] },
    versions: [version('v1alpha1', false), version('v1alpha2', true)],
  },
};

export const dashboardsIn = (namespace: string, apiVersion = 'v1alpha2') => `/apis/perses.dev/${apiVersion}/namespaces/${namespace}/persesdashboards`;
