/**
 * helm/odh-observability/values.schema.json: what may stand in the chart's values. The part `config` is the schema of the
 * app's own configuration file, so that Helm refuses what the app would not start with. Reads no file.
 */
import { z } from 'zod';
import { configSchema } from '../../lib/config/schema';
import { kubernetesName } from '../../lib/contracts/notation';

const name = z.string().regex(kubernetesName);
const nameOrNone = z.union([z.literal(''), name]);
const texts = z.record(z.string(), z.string());
/** Kubernetes' own types, which the API server checks. */
const kubernetesObject = z.record(z.string(), z.unknown());
const kubernetesObjects = z.array(kubernetesObject);

const ownValues = z.strictObject({
  fullnameOverride: nameOrNone,
  image: z.strictObject({
    repository: z.string().min(1).describe('Required.'),
    tag: z.string(),
    digest: z.string().regex(/^(?:sha256:[0-9a-f]{64})?$/),
    pullPolicy: z.enum(['Always', 'IfNotPresent', 'Never']),
    pullSecrets: z.array(name),
  }),
  secrets: z.strictObject({ existingSecret: z.string().min(1).describe('Required.') }),
  replicas: z.int().min(1),
  autoscaling: z.strictObject({
    enabled: z.boolean(),
    minReplicas: z.int().min(1),
    maxReplicas: z.int().min(1),
    targetCPUUtilizationPercentage: z.int().min(1).max(100),
  }),
  resources: kubernetesObject,
  tls: z.strictObject({ source: z.enum(['openshift', 'cert-manager', 'secret']), secretName: nameOrNone, issuerRef: texts }),
  expose: z.strictObject({
    type: z.enum(['none', 'route', 'ingress', 'gateway']),
    annotations: texts,
    ingress: z.strictObject({ className: z.string(), tlsSecretName: nameOrNone }),
    gateway: z.strictObject({ parentRefs: kubernetesObjects, caConfigMap: nameOrNone }),
  }),
  rbac: z.strictObject({ clusterMonitoringView: z.boolean() }),
  networkPolicy: z.strictObject({ enabled: z.boolean(), clients: kubernetesObjects, scrapers: kubernetesObjects, extraEgress: kubernetesObjects }),
  monitoring: z.strictObject({ enabled: z.boolean(), labels: texts, interval: z.string().regex(/^\d+(?:ms|[smh])$/) }),
  trustedCA: z.strictObject({ configMap: nameOrNone, key: z.string().min(1), openshift: z.boolean() }),
  persesDashboards: z.boolean(),
  federation: z.boolean(),
  ownDashboards: z.strictObject({ claimName: nameOrNone, fsGroup: z.int().min(0) }),
  nodeSelector: texts,
  tolerations: kubernetesObjects,
  priorityClassName: z.string(),
  podAnnotations: texts,
  // Helm gives it to every chart.
  global: kubernetesObject.optional(),
});

const node = z.looseObject({ properties: z.record(z.string(), z.looseObject({})) });

/** What Helm's validator reads: Go's regular expressions, and a draft that it knows without asking anybody. */
function jsonSchema(schema: z.ZodType): z.infer<typeof node> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', target: 'draft-7' });
  return node.parse(rest);
}

/** The configuration without what the chart decides itself. */
function configPart(): z.infer<typeof node> {
  const whole = jsonSchema(configSchema);
  const { listen: _listen, dashboards = {}, ...properties } = whole.properties;
  const { own: _own, ...rest } = node.parse(dashboards).properties;
  return { ...whole, properties: { ...properties, dashboards: { ...dashboards, properties: rest } } };
}

/** The whole file. */
export function chartValuesSchema(): string {
  const own = jsonSchema(ownValues);
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $comment: 'Generated from lib/config/schema.ts and scripts/docs/chart-values.ts by `npm run docs`. Changes made here are lost.',
    ...own,
    properties: { ...own.properties, config: configPart() },
    required: ['image', 'secrets', 'config'],
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
