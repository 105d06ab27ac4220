/** Ways in which the chart is installed: its profiles, and what an administrator may add. */
import type { Release } from './chart';

/** What cert-manager needs to be told. */
export const issuer = { tls: { issuerRef: { name: 'internal-ca', kind: 'ClusterIssuer' } } };
const sizes = ['small', 'medium', 'large'];

/** Every profile of a platform with every size, connected and not, and each other way to be reached. */
export const releases: Readonly<Record<string, Release>> = {
  ...Object.fromEntries(
    sizes.flatMap((size): [string, Release][] => [
      [`OpenShift, ${size}`, { profiles: ['openshift', size] }],
      [`OpenShift, disconnected, ${size}`, { profiles: ['openshift', 'disconnected', size], values: { image: { digest: `sha256:${'a'.repeat(64)}` } } }],
      [`Kubernetes, ${size}`, { profiles: ['kubernetes', size], values: issuer }],
      [`Kubernetes, disconnected, ${size}`, { profiles: ['kubernetes', 'disconnected', size], values: issuer }],
    ]),
  ),
  'Kubernetes behind a gateway': { profiles: ['kubernetes'], values: { ...issuer, expose: { type: 'gateway', gateway: { parentRefs: [{ name: 'public', namespace: 'gateways' }], caConfigMap: 'internal-ca' } } } },
  'Kubernetes with dashboards of the cluster': { profiles: ['kubernetes'], values: { ...issuer, config: { dashboards: { kubernetes: {} } } } },
  'OpenShift with Redis': { profiles: ['openshift'], values: { config: { redis: { url: 'rediss://valkey.opendatahub.svc:6379', username: 'odh-observability', caFile: '/var/run/secrets/kubernetes.io/serviceaccount/service-ca.crt' } } } },
  'OpenShift with dashboards of one namespace': { profiles: ['openshift'], values: { config: { dashboards: { kubernetes: { namespaces: ['opendatahub'] } } } } },
  'embedded only, with a secret of its own and dashboards on a volume': {
    profiles: ['kubernetes', 'small'],
    values: { replicas: 1, ownDashboards: { claimName: 'dashboards' }, tls: { source: 'secret', secretName: 'given-tls' }, expose: { type: 'none' }, trustedCA: { configMap: 'company-ca' }, priorityClassName: 'system-cluster-critical', nodeSelector: { 'node-role.kubernetes.io/infra': '' }, tolerations: [{ key: 'infra', operator: 'Exists' }], podAnnotations: { 'sidecar.istio.io/inject': 'false' }, monitoring: { labels: { release: 'prometheus' } } },
  },
};
