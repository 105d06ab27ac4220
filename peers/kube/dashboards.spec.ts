/** Dashboards that are resources of a real cluster: followed, kept apart, changed with people's own tokens. */
import type { APIRequestContext } from '@playwright/test';
import { stringify } from 'yaml';
import type { Dashboard } from '../../lib/contracts/dashboard';
import { administrators, platformProject } from './cluster';
import type { ControlPlane } from './control-plane';
import { expect, test } from './fixtures';
import { dashboardsIn } from './perses-dashboard-definition';

/** Within which a change must be seen. */
const soon = { timeout: 30_000 };

const spec = (title: string) => ({
  display: { name: title },
  duration: '1h',
  panels: { loss: { kind: 'Panel', spec: { display: { name: 'Loss' }, plugin: { kind: 'TimeSeriesChart', spec: {} }, queries: [] } } },
  layouts: [{ kind: 'Grid', spec: { items: [{ x: 0, y: 0, width: 12, height: 6, content: { $ref: '#/spec/panels/loss' } }] } }],
});
const resource = (namespace: string, name: string, title: string) => ({ apiVersion: 'perses.dev/v1alpha2', kind: 'PersesDashboard', metadata: { name, namespace }, spec: { config: spec(title) } });
const configMap = (namespace: string, name: string, text: string) => ({
  metadata: { name, namespace, labels: { 'observability.opendatahub.io/dashboard': 'true' } },
  data: { 'dashboards.yaml': text },
});

const tokenOf = (cluster: ControlPlane, username: string): string => cluster.issueToken({ username, groups: username === 'alex' ? [administrators] : [] });
const as = (token: string) => ({ authorization: `Bearer ${token}` });

/** Fails unless the cluster took it. */
async function apply(cluster: ControlPlane, path: string, body: unknown, method = 'POST'): Promise<void> {
  const { status, body: answer } = await cluster.call(path, { method, ...(body === undefined ? {} : { body }) });
  expect(status, JSON.stringify(answer)).toBeLessThan(300);
}

/** The titles of the dashboards that somebody sees. */
async function seenBy(request: APIRequestContext, token: string): Promise<Record<string, string | undefined>> {
  const response = await request.get('/api/v1/dashboards', { headers: as(token) });
  expect(response.status(), await response.text()).toBe(200);
  // The format of the Perses API, of which the tests read names.
  const dashboards = (await response.json()) as Dashboard[];
  return Object.fromEntries(dashboards.map(({ metadata, spec: { display } }) => [`${metadata.project}/${metadata.name}`, display?.name]));
}

/** How long it takes until somebody sees a title, in milliseconds. */
async function untilSeen(request: APIRequestContext, token: string, key: string, title: string | undefined): Promise<number> {
  const begun = Date.now();
  await expect.poll(async () => (await seenBy(request, token))[key], { ...soon, intervals: [50] }).toBe(title);
  return Date.now() - begun;
}

const measured = (what: string, milliseconds: number): void => void process.stdout.write(`${what}: seen through the app after ${milliseconds} ms\n`);

test('a PersesDashboard and a ConfigMap are seen through the app soon after they were made, changed and removed', async ({ request, cluster }) => {
  const token = tokenOf(cluster, 'morgan');
  const path = dashboardsIn('fraud-detection');
  const maps = '/api/v1/namespaces/bert-serving/configmaps';

  await apply(cluster, path, resource('fraud-detection', 'scores', 'Made'));
  measured('a PersesDashboard that was made', await untilSeen(request, token, 'fraud-detection/scores', 'Made'));
  const { body: stored } = await cluster.call(`${path}/scores`);
  await apply(cluster, `${path}/scores`, { ...(stored as object), spec: { config: spec('Changed') } }, 'PUT');
  measured('a PersesDashboard that was changed', await untilSeen(request, token, 'fraud-detection/scores', 'Changed'));

  const file = (title: string) => stringify({ apiVersion: 'perses.dev/v1alpha2', kind: 'PersesDashboard', metadata: { name: 'latency' }, spec: { config: spec(title) } });
  await apply(cluster, maps, configMap('bert-serving', 'files', file('Made')));
  measured('a ConfigMap that was made', await untilSeen(request, token, 'bert-serving/latency', 'Made'));
  await apply(cluster, `${maps}/files`, configMap('bert-serving', 'files', file('Changed')), 'PUT');
  measured('a ConfigMap that was changed', await untilSeen(request, token, 'bert-serving/latency', 'Changed'));

  await apply(cluster, `${path}/scores`, undefined, 'DELETE');
  await apply(cluster, `${maps}/files`, undefined, 'DELETE');
  await untilSeen(request, token, 'fraud-detection/scores', undefined);
  await untilSeen(request, token, 'bert-serving/latency', undefined);
});

test('a dashboard of a project is seen by those who see the project, and by nobody else; one of the platform by everyone', async ({ request, cluster }) => {
  for (const [namespace, name] of [['llm-research', 'test-tokens'], ['fraud-detection', 'test-scores'], [platformProject, 'test-all'], [platformProject, 'dashboard-1-test-admin']] as const) {
    await apply(cluster, dashboardsIn(namespace), resource(namespace, name, name));
  }
  const [sam, morgan, alex] = ['sam', 'morgan', 'alex'].map((person) => tokenOf(cluster, person)) as [string, string, string];
  await untilSeen(request, alex, `${platformProject}/test-all`, 'test-all');
  const ofTests = async (token: string) => Object.keys(await seenBy(request, token)).filter((key) => key.includes('test-'));
  expect(await ofTests(sam)).toEqual(['llm-research/test-tokens', `${platformProject}/test-all`]);
  expect(await ofTests(morgan)).toEqual(['fraud-detection/test-scores', `${platformProject}/test-all`]);
  expect((await request.get('/api/v1/projects/fraud-detection/dashboards/test-scores', { headers: as(sam) })).status()).toBe(404);
  // By its name for administrators only.
  for (const [token, status] of [[sam, 404], [alex, 200]] as const) {
    expect((await request.get(`/api/v1/projects/${platformProject}/dashboards/dashboard-1-test-admin`, { headers: as(token) })).status()).toBe(status);
  }
});

test('a resource written as v1alpha1 is read, and what is not valid is left out without harm to anything else', async ({ request, cluster }) => {
  const token = tokenOf(cluster, 'morgan');
  await apply(cluster, dashboardsIn('bert-serving', 'v1alpha1'), { apiVersion: 'perses.dev/v1alpha1', kind: 'PersesDashboard', metadata: { name: 'older' }, spec: spec('Older') });
  await apply(cluster, dashboardsIn('bert-serving'), { ...resource('bert-serving', 'broken', 'Broken'), spec: { config: { ...spec('Broken'), panels: {} } } });
  await apply(cluster, '/api/v1/namespaces/bert-serving/configmaps', configMap('bert-serving', 'broken', 'kind: ['));
  await apply(cluster, '/api/v1/namespaces/bert-serving/configmaps', configMap('bert-serving', 'stolen', stringify(resource('fraud-detection', 'stolen', 'Not theirs'))));
  await apply(cluster, dashboardsIn('bert-serving'), resource('bert-serving', 'last', 'Last'));
  await untilSeen(request, token, 'bert-serving/last', 'Last');
  const seen = await seenBy(request, token);
  expect(seen).toMatchObject({ 'bert-serving/older': 'Older', 'bert-serving/last': 'Last' });
  expect(Object.keys(seen).filter((key) => /broken|stolen/.test(key))).toEqual([]);
});

test('people change dashboards where Kubernetes lets them, and of two at once the second is told', async ({ request, cluster }) => {
  const [sam, morgan] = [tokenOf(cluster, 'sam'), tokenOf(cluster, 'morgan')];
  const body = (project: string, version: number, title: string) => ({ kind: 'Dashboard', metadata: { name: 'team', project, version }, spec: spec(title) });
  const create = (token: string, project: string) => request.post(`/api/v1/projects/${project}/dashboards`, { headers: as(token), data: body(project, 0, 'Made') });
  const update = (token: string, version: number, title: string) => request.put('/api/v1/projects/fraud-detection/dashboards/team', { headers: as(token), data: body('fraud-detection', version, title) });

  // Morgan sees both projects, but edits one; sam sees neither.
  for (const [token, project] of [[morgan, 'bert-serving'], [sam, 'llm-research'], [sam, 'fraud-detection']] as const) {
    const refused = await create(token, project);
    expect([refused.status(), ((await refused.json()) as { code: string }).code]).toEqual([403, 'ERR_ACCESS_002']);
  }
  const made = await create(morgan, 'fraud-detection');
  expect(made.status(), await made.text()).toBe(200);
  const { metadata } = (await made.json()) as Dashboard;
  // At once, whatever the watch has told by now.
  expect((await seenBy(request, morgan))['fraud-detection/team']).toBe('Made');
  expect((await cluster.call(`${dashboardsIn('fraud-detection')}/team`)).body).toMatchObject({ metadata: { resourceVersion: String(metadata.version) }, spec: { config: { display: { name: 'Made' } } } });

  const answers = await Promise.all([update(morgan, metadata.version, 'One'), update(morgan, metadata.version, 'Other')]);
  expect(answers.map((answer) => answer.status()).sort()).toEqual([200, 409]);
  const conflict = answers.find((answer) => answer.status() === 409);
  expect(await conflict?.json()).toMatchObject({ code: 'ERR_DASH_003' });
  expect((await update(sam, 0, 'Not mine')).status()).toBe(403);
  const removed = await request.delete('/api/v1/projects/fraud-detection/dashboards/team', { headers: as(morgan) });
  expect(removed.status(), await removed.text()).toBe(204);
  expect((await cluster.call(`${dashboardsIn('fraud-detection')}/team`)).status).toBe(404);
});

test('while Kubernetes cannot be reached dashboards stay; what changed meanwhile is seen soon after', async ({ request, cluster, link }) => {
  const token = tokenOf(cluster, 'morgan');
  const path = dashboardsIn('fraud-detection');
  await apply(cluster, path, resource('fraud-detection', 'kept', 'Before'));
  await untilSeen(request, token, 'fraud-detection/kept', 'Before');
  const gauge = async () => /dashboard_source_up\{source="kubernetes"\} (\d)/.exec(await (await request.get('/metrics')).text())?.[1];
  expect(await gauge()).toBe('1');

  await link.cut();
  try {
    await expect.poll(gauge, soon).toBe('0');
    const { body: stored } = await cluster.call(`${path}/kept`);
    await apply(cluster, `${path}/kept`, { ...(stored as object), spec: { config: spec('After') } }, 'PUT');
  } finally {
    await link.mend();
  }
  const mended = Date.now();
  // The app asks Kubernetes about the person, too.
  await expect.poll(async () => (await request.get('/api/me', { headers: as(token) })).status(), soon).toBe(200);
  await untilSeen(request, token, 'fraud-detection/kept', 'After');
  measured('what changed while the connection was cut', Date.now() - mended);
  expect(await gauge()).toBe('1');
});

test('the dashboards of a namespace that is deleted go with it', async ({ request, cluster }) => {
  const alex = tokenOf(cluster, 'alex');
  await apply(cluster, '/api/v1/namespaces', { metadata: { name: 'short-lived' } });
  await apply(cluster, dashboardsIn('short-lived'), resource('short-lived', 'x', 'Short-lived'));
  await untilSeen(request, alex, 'short-lived/x', 'Short-lived');
  // What the namespace controller does, of which there is none here: it empties the namespace and lets go of it.
  await apply(cluster, '/api/v1/namespaces/short-lived', undefined, 'DELETE');
  await apply(cluster, dashboardsIn('short-lived'), undefined, 'DELETE');
  const { body: namespace } = await cluster.call('/api/v1/namespaces/short-lived');
  await apply(cluster, '/api/v1/namespaces/short-lived/finalize', { ...(namespace as object), spec: { finalizers: [] } }, 'PUT');
  await untilSeen(request, alex, 'short-lived/x', undefined);
  expect((await cluster.call('/api/v1/namespaces/short-lived')).status).toBe(404);
});
