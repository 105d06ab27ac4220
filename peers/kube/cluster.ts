/** What an administrator sets up on the cluster: projects, who may read the metrics of which, and the app's own account as the chart makes it. */
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { apply } from '../helm/acceptance';
import { template } from '../helm/chart';
import type { ControlPlane } from './control-plane';
import { dashboardsIn, persesDashboardDefinition } from './perses-dashboard-definition';

/** The label by which Open Data Hub marks a namespace as a project. */
const projectLabel = { 'opendatahub.io/dashboard': 'true' };

export const projects = ['bert-serving', 'fraud-detection', 'llm-research'] as const;

export type Project = (typeof projects)[number];

/** The projects in which each person may read metrics. */
export const memberships = {
  sam: ['llm-research'],
  morgan: ['bert-serving', 'fraud-detection'],
} as const satisfies Record<string, readonly Project[]>;

export const administrators = 'cluster-monitoring';

/** The project in which each person may change dashboards. */
export const editors = { morgan: 'fraud-detection' } as const satisfies Record<string, Project>;

/** Where the chart is installed, and where dashboards for everyone are. */
export const platformProject = 'opendatahub';

const account = `/api/v1/namespaces/${platformProject}/serviceaccounts/odh-observability`;

/** Reading pods of the metrics API, which is what the metrics proxies of OpenShift and Open Data Hub ask for. */
const readMetrics = { apiGroups: ['metrics.k8s.io'], resources: ['pods'], verbs: ['get'] };
const rbac = '/apis/rbac.authorization.k8s.io/v1';
const clusterRole = (name: string) => ({ apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name });
const user = (name: string) => ({ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name });

interface Resource {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly [key: string]: unknown;
}

async function create(cluster: ControlPlane, path: string, body: Resource): Promise<void> {
  const answer = await cluster.call(path, { body });
  if (answer.status !== 201) throw new Error(`${path} ${body.metadata.name}: ${answer.status} ${JSON.stringify(answer.body)}`);
}

const bindingPath = (project: Project) => `${rbac}/namespaces/${project}/rolebindings`;

/** Lets a person read the metrics of a project. */
export function grant(cluster: ControlPlane, person: string, project: Project): Promise<void> {
  return create(cluster, bindingPath(project), { metadata: { name: person }, subjects: [user(person)], roleRef: clusterRole('metrics-reader') });
}

/** Takes that away. */
export async function withdraw(cluster: ControlPlane, person: string, project: Project): Promise<void> {
  const { status } = await cluster.call(`${bindingPath(project)}/${person}`, { method: 'DELETE' });
  if (status !== 200) throw new Error(`${person} was no member of ${project}`);
}

/** The account and its rights, from the chart and from nowhere else. */
async function installAccount(cluster: ControlPlane): Promise<void> {
  const objects = await template({ namespace: platformProject, profiles: ['kubernetes'], values: { tls: { issuerRef: { name: 'internal-ca' } }, config: { dashboards: { kubernetes: {} } } } });
  const kinds = ['ServiceAccount', 'ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'];
  for (const object of objects) if (kinds.includes(object.kind)) await apply(cluster, object, { dryRun: false });
}

/** A token of the app's account, as Kubernetes mounts it into a pod (`TokenRequest`, authentication.k8s.io/v1). */
export async function accountToken(cluster: ControlPlane): Promise<string> {
  const { body } = await cluster.call(`${account}/token`, { body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} } });
  return z.object({ status: z.object({ token: z.string().min(1) }) }).parse(body).status.token;
}

/** Whether there is something at a path; before, the answer is no JSON. */
function isServed(cluster: ControlPlane, path: string): Promise<boolean> {
  return cluster.call(path).then(
    ({ status }) => status === 200,
    () => false,
  );
}

export async function setUpCluster(cluster: ControlPlane): Promise<void> {
  for (const name of projects) await create(cluster, '/api/v1/namespaces', { metadata: { name, labels: projectLabel } });
  for (const name of ['not-a-project', platformProject]) await create(cluster, '/api/v1/namespaces', { metadata: { name } });
  await create(cluster, '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', persesDashboardDefinition);
  // A definition is in force a moment after it was made.
  while (!(await isServed(cluster, dashboardsIn(platformProject)))) await setTimeout(100);
  await create(cluster, `${rbac}/clusterroles`, { metadata: { name: 'metrics-reader' }, rules: [readMetrics] });
  await installAccount(cluster);
  await create(cluster, `${rbac}/clusterroles`, {
    metadata: { name: 'dashboard-editor' },
    rules: [{ apiGroups: ['perses.dev'], resources: ['persesdashboards'], verbs: ['get', 'create', 'update', 'delete'] }],
  });
  for (const [person, project] of Object.entries(editors)) {
    await create(cluster, bindingPath(project), { metadata: { name: `${person}-edits` }, subjects: [user(person)], roleRef: clusterRole('dashboard-editor') });
  }
  await create(cluster, `${rbac}/clusterrolebindings`, {
    metadata: { name: 'administrators' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: administrators }],
    roleRef: clusterRole('metrics-reader'),
  });
  for (const [person, granted] of Object.entries(memberships)) for (const project of granted) await grant(cluster, person, project);
}
