/** Dashboards in a cluster: read by following it, written with the caller's own token. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { stringify } from 'yaml';
import { createKubernetes, type Kubernetes } from '../../kubernetes/client';
import { startWatchServer, type WatchServer } from '../../kubernetes/testing/watch-server';
import { createLogger } from '../../telemetry/logger';
import { combineSources, type DashboardStore, type DashboardWriter } from '../store';
import { dashboard, minimalSpec, resource } from '../testing/resources';
import { versionOf } from './resources';
import { createConfigMapSource, createPersesDashboardSource, type ClusterSource } from './source';
import { createClusterWriter } from './writer';

vi.setConfig({ testTimeout: 30_000 });

const v1alpha2 = '/apis/perses.dev/v1alpha2/persesdashboards';
const v1alpha1 = '/apis/perses.dev/v1alpha1/persesdashboards';
const configMaps = '/api/v1/configmaps';
const label = { 'observability.opendatahub.io/dashboard': 'true' };

let server: WatchServer;
let kubernetes: Kubernetes;
let followed: ClusterSource[];
let store: DashboardStore;
let writer: DashboardWriter;
let lines: Record<string, unknown>[];
let up: Map<string, boolean>;

beforeEach(async () => {
  server = await startWatchServer([v1alpha2, configMaps]);
  kubernetes = createKubernetes(server.config);
  followed = [];
  lines = [];
  up = new Map();
});
afterEach(async () => {
  await Promise.all(followed.map((source) => source.close()));
  await kubernetes.close();
  await server.stop();
});

async function start({ namespaces, watches = 2 }: { namespaces?: readonly string[]; watches?: number } = {}): Promise<void> {
  const dependencies = {
    open: kubernetes.open,
    log: createLogger('error', { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) }),
    // Attempts come quickly here; the first answer has its time.
    wait: (milliseconds: number, signal: AbortSignal) => delay(milliseconds === 5_000 ? milliseconds : 5, undefined, { signal }).catch(() => undefined),
    random: () => 0,
    now: () => performance.now(),
  };
  const options = { namespaces, onStatus: (source: string, isFollowed: boolean) => void up.set(source, isFollowed) };
  const persesDashboards = createPersesDashboardSource(options, dependencies);
  followed = [persesDashboards, createConfigMapSource(options, dependencies)];
  store = combineSources(followed);
  writer = createClusterWriter({ resources: kubernetes.resources, source: persesDashboards });
  await vi.waitFor(() => expect(server.watching()).toBe(watches));
}

const persesDashboard = (namespace: string, name: string, spec: Record<string, unknown> = {}, metadata: Record<string, unknown> = {}) => resource({ namespace, name, ...metadata }, spec);
const configMap = (namespace: string, name: string, data: Record<string, string>, labels: Record<string, string> = label) => ({ metadata: { namespace, name, labels }, data });
const titled = (name: string) => ({ display: { name } });
const keys = async () => (await store.list()).map(({ metadata }) => `${metadata.project}/${metadata.name}`);
const title = async (project: string, name: string) => (await store.get(project, name))?.spec.display?.name;

describe('dashboards in a cluster', () => {
  it('are read from PersesDashboard resources and labelled ConfigMaps, each in the project of its namespace', async () => {
    server.put(v1alpha2, persesDashboard('fraud-detection', 'scores'));
    server.put(configMaps, configMap('llm-research', 'files', { 'a.yaml': stringify(resource({ name: 'tokens' })), 'b.json': JSON.stringify(dashboard('llm-research', 'cost')), 'notes.txt': 'no dashboard' }));
    server.put(configMaps, configMap('llm-research', 'unlabelled', { 'a.yaml': stringify(resource({ name: 'hidden' })) }, {}));
    await start();
    expect(await keys()).toEqual(['fraud-detection/scores', 'llm-research/cost', 'llm-research/tokens']);
    const { dashboards, problems } = await store.snapshot();
    expect(problems).toEqual([]);
    expect([...dashboards.values()].map(({ source, place }) => [source, place])).toEqual([
      ['kubernetes', 'PersesDashboard fraud-detection/scores'],
      ['configmaps', 'ConfigMap llm-research/files, b.json'],
      ['configmaps', 'ConfigMap llm-research/files, a.yaml'],
    ]);
    expect(up).toEqual(new Map([['kubernetes', true], ['configmaps', true]]));
  });

  it('stay all but the one that has more mistakes than can be told, or is none at all', async () => {
    server.put(v1alpha2, persesDashboard('b', 'fine'));
    server.put(v1alpha2, persesDashboard('a', 'flood', { layouts: Array.from({ length: 150_000 }, () => 1) }));
    server.put(v1alpha2, { apiVersion: 'perses.dev/v1alpha2', kind: 'PersesDashboard', metadata: { namespace: 'a', name: 'deep' }, spec: { config: JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`) as unknown } });
    server.put(configMaps, configMap('b', 'files', { 'fine.yaml': stringify(resource({ name: 'file' })) }));
    server.put(configMaps, configMap('a', 'flood', { 'a.yaml': '---\nkind: none\n'.repeat(20_000), 'b.yaml': '['.repeat(50_000), 'c.yaml': Array.from({ length: 40_000 }, (_, index) => `k${index}: 1`).join('\n') }));
    server.put(configMaps, { ...configMap('a', 'numbers', {}), data: { 'x.yaml': 1 } });
    await start();
    expect(await keys()).toEqual(['b/file', 'b/fine']);
    const { problems } = await store.snapshot();
    const of = (part: string) => problems.filter(({ place }) => place.includes(part));
    expect([of('a/deep').map(({ reason }) => reason), of('a/numbers').length, of('a/flood').length]).toEqual([['nested more than 100 levels deep'], 1, 101]);
  });

  it('are seen as they change, with another version', async () => {
    server.put(v1alpha2, persesDashboard('a', 'x', titled('one')));
    await start();
    const before = await store.get('a', 'x');
    server.put(v1alpha2, persesDashboard('a', 'x', titled('two')));
    server.put(configMaps, configMap('a', 'files', { 'y.yaml': stringify(resource({ name: 'y' })) }));
    await vi.waitFor(async () => expect([await title('a', 'x'), await keys()]).toEqual(['two', ['a/x', 'a/y']]));
    expect((await store.get('a', 'x'))?.metadata.version).toBeGreaterThan(before?.metadata.version ?? Infinity);
    server.remove(v1alpha2, 'a', 'x');
    server.remove(configMaps, 'a', 'files');
    await vi.waitFor(async () => expect(await keys()).toEqual([]));
  });

  it('that are not valid are left out with their place and reason; nothing else suffers, and their repair brings them back', async () => {
    server.put(v1alpha2, persesDashboard('a', 'good'));
    server.put(v1alpha2, persesDashboard('a', 'broken', { panels: {} }));
    server.put(configMaps, configMap('b', 'files', { 'good.yaml': stringify(resource({ name: 'fine' })), 'syntax.yaml': 'kind: [', 'two.yaml': `kind: ConfigMap\n---\n${stringify(resource({ name: 'second' }))}` }));
    await start();
    expect(await keys()).toEqual(['a/good', 'b/fine', 'b/second']);
    expect((await store.snapshot()).problems).toEqual([
      { source: 'kubernetes', place: 'PersesDashboard a/broken', project: 'a', name: 'broken', path: 'spec.config.layouts.0.spec.items.0.content.$ref', reason: '"#/spec/panels/loss" is no panel of this dashboard' },
      { source: 'configmaps', place: 'ConfigMap b/files, syntax.yaml', project: 'b', line: expect.any(Number) as number, path: '', reason: expect.any(String) as string },
      { source: 'configmaps', place: 'ConfigMap b/files, two.yaml', project: 'b', line: 1, path: 'apiVersion', reason: expect.any(String) as string },
    ]);
    await store.list();
    expect(lines.filter(({ msg }) => msg === 'dashboard not valid, left out')).toHaveLength(3);
    server.put(v1alpha2, persesDashboard('a', 'broken'));
    await vi.waitFor(async () => expect(await keys()).toContain('a/broken'));
  });

  it('cannot be put into another project by what a ConfigMap says', async () => {
    server.put(configMaps, configMap('mine', 'files', { 'a.yaml': stringify(resource({ name: 'x', namespace: 'opendatahub' })), 'b.json': JSON.stringify(dashboard('theirs', 'y')) }));
    await start();
    expect(await keys()).toEqual([]);
    expect((await store.snapshot()).problems.map(({ project, reason }) => [project, reason])).toEqual([
      ['mine', 'a ConfigMap of mine cannot hold a dashboard of opendatahub'],
      ['mine', 'a ConfigMap of mine cannot hold a dashboard of theirs'],
    ]);
  });

  it('of one name: the resource is served before the ConfigMap, of ConfigMaps the one whose name sorts first; the others are reported', async () => {
    server.put(configMaps, configMap('a', '2', { 'x.yaml': stringify(resource({ name: 'x' }, titled('second'))), 'y.yaml': stringify(resource({ name: 'y' }, titled('second'))) }));
    server.put(configMaps, configMap('a', '1', { 'x.yaml': stringify(resource({ name: 'x' }, titled('first'))) }));
    server.put(v1alpha2, persesDashboard('a', 'y', titled('resource')));
    await start();
    expect([await title('a', 'x'), await title('a', 'y')]).toEqual(['first', 'resource']);
    expect((await store.snapshot()).problems.map(({ place, project, reason }) => [place, project, reason])).toEqual([
      ['ConfigMap a/2, x.yaml', 'a', 'ConfigMap a/1, x.yaml already has a dashboard a/x'],
    ]);
    expect((await store.snapshot()).shadowed).toMatchObject([{ stored: { place: 'ConfigMap a/2, y.yaml' }, by: { place: 'PersesDashboard a/y' } }]);
  });

  it('with ODH’s names are in the order that these tell, unless an annotation says another', async () => {
    server.put(v1alpha2, persesDashboard('a', 'dashboard-07-models'));
    server.put(v1alpha2, persesDashboard('a', 'dashboard-2-cluster-admin', {}, { annotations: { 'observability.opendatahub.io/priority': '50' } }));
    server.put(v1alpha2, persesDashboard('a', 'dashboards'));
    await start();
    expect((await store.list()).map(({ metadata }) => metadata.annotations)).toEqual([{ priority: '7' }, { priority: '50' }, {}]);
  });

  it('say when they were made and changed, and what applies them from Git', async () => {
    const managedFields = [
      { manager: 'argocd', time: '2026-02-02T00:00:00Z' },
      { manager: 'operator', time: '2026-03-03T00:00:00Z', subresource: 'status' },
    ];
    const annotations = { 'argocd.argoproj.io/tracking-id': 'team:perses.dev/PersesDashboard:a/x' };
    server.put(v1alpha2, persesDashboard('a', 'x', {}, { creationTimestamp: '2026-01-01T00:00:00Z', managedFields, annotations }));
    server.put(v1alpha2, persesDashboard('a', 'y', {}, { labels: { 'kustomize.toolkit.fluxcd.io/name': 'team' } }));
    await start();
    expect((await store.get('a', 'x'))?.metadata).toMatchObject({ createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-02-02T00:00:00Z', annotations: {} });
    expect([...(await store.snapshot()).dashboards.values()].map(({ appliedBy }) => appliedBy)).toEqual(['Argo CD', 'Flux']);
  });

  it('in namespaces that are not configured are neither asked for nor served', async () => {
    server.put(v1alpha2, persesDashboard('a', 'x'));
    server.put(v1alpha2, persesDashboard('b', 'x'));
    server.put(v1alpha2, persesDashboard('c', 'x'));
    await start({ namespaces: ['a', 'b'], watches: 4 });
    expect(await keys()).toEqual(['a/x', 'b/x']);
    expect(server.asked.every(({ path }) => /\/namespaces\/[ab]\//.test(path))).toBe(true);
  });

  it('stay as they were while the API server is away, with a problem that says so', async () => {
    server.put(v1alpha2, persesDashboard('a', 'x'));
    await start();
    server.answerOtherwise((_request, response) => (response.writeHead(503).end(), true));
    server.endWatches('cut');
    await vi.waitFor(() => expect(up.get('kubernetes')).toBe(false));
    expect(await keys()).toEqual(['a/x']);
    await vi.waitFor(async () =>
      expect((await store.snapshot()).problems).toEqual([
        { source: 'kubernetes', place: v1alpha2, path: '', ofSource: true, reason: 'Changes are not seen: The Kubernetes API answered 503' },
        { source: 'configmaps', place: configMaps, path: '', ofSource: true, reason: 'Changes are not seen: The Kubernetes API answered 503' },
      ]),
    );
    server.answerOtherwise(undefined);
    await vi.waitFor(() => expect(up.get('kubernetes')).toBe(true));
    expect((await store.snapshot()).problems).toEqual([]);
  });

  it('are none in a cluster without the definition, which is no problem', async () => {
    server.define(v1alpha2, false);
    server.put(configMaps, configMap('a', 'files', { 'x.yaml': stringify(resource({ name: 'x' })) }));
    await start({ watches: 1 });
    expect(await keys()).toEqual(['a/x']);
    expect((await store.snapshot()).problems).toEqual([]);
  });
});

it('a cluster that never answered is an error of its source, beside which others are served', async () => {
  server.answerOtherwise((_request, response) => (response.writeHead(403).end(), true));
  await start({ watches: 0 });
  const other = { name: 'other', snapshot: () => Promise.resolve({ dashboards: new Map(), problems: [] }) };
  expect((await combineSources([...followed, other]).snapshot()).problems.map(({ source, reason }) => [source, reason])).toEqual([
    ['kubernetes', 'The source cannot be read: The service account of this app may not list and watch this: the Kubernetes API answered 403'],
    ['configmaps', 'The source cannot be read: The service account of this app may not list and watch this: the Kubernetes API answered 403'],
  ]);
});

describe('a change', () => {
  const lee = { subject: 'lee', name: 'Lee', claims: {}, token: 'lee-token', expiresAt: 0 };
  const sam = { ...lee, subject: 'sam', token: 'sam-token' };
  const from = (version: number, name: string, annotations: Record<string, string> = {}) => ({ ...dashboard('a', 'x', annotations), metadata: { name: 'x', project: 'a', version, annotations }, spec: { ...minimalSpec, display: { name } } as never });

  beforeEach(() => {
    server.rights.set('lee-token', ['get a', 'create a', 'update a', 'delete a']);
    server.rights.set('sam-token', ['get a']);
  });

  it('goes out with the caller’s token, and is served at once', async () => {
    await start();
    const made = await writer.create(from(0, 'Made', { category: 'serving' }), lee);
    expect(made.metadata).toMatchObject({ name: 'x', project: 'a', version: 101, annotations: { category: 'serving' } });
    expect(await title('a', 'x')).toBe('Made');
    expect(server.get(v1alpha2, 'a', 'x')).toMatchObject({ apiVersion: 'perses.dev/v1alpha2', kind: 'PersesDashboard', metadata: { annotations: { 'observability.opendatahub.io/category': 'serving' } }, spec: { config: { display: { name: 'Made' } } } });
    const { before, after } = await writer.update(from(101, 'Changed'), lee);
    expect([before.spec.display?.name, after.spec.display?.name, await title('a', 'x')]).toEqual(['Made', 'Changed', 'Changed']);
    expect((await writer.remove('a', 'x', lee)).spec.display?.name).toBe('Changed');
    expect(await keys()).toEqual([]);
  });

  it('leaves what the app does not know, and annotations that a client without any did not send', async () => {
    server.put(v1alpha2, { ...persesDashboard('a', 'x', {}, { labels: { team: 'fraud' }, annotations: { 'example.com/owner': 'Lee', 'observability.opendatahub.io/audience': 'admin' } }), spec: { config: minimalSpec, instanceSelector: { matchLabels: { perses: 'main' } } } });
    await start();
    await writer.update(from(0, 'Changed'), lee);
    expect(server.get(v1alpha2, 'a', 'x')).toMatchObject({
      metadata: { labels: { team: 'fraud' }, annotations: { 'example.com/owner': 'Lee', 'observability.opendatahub.io/audience': 'admin' } },
      spec: { config: { display: { name: 'Changed' } }, instanceSelector: { matchLabels: { perses: 'main' } } },
    });
    await writer.update(from(0, 'Changed', { audience: 'mlops' }), lee);
    expect(server.get(v1alpha2, 'a', 'x')).toMatchObject({ metadata: { annotations: { 'example.com/owner': 'Lee', 'observability.opendatahub.io/audience': 'mlops' } } });
  });

  it('is written as v1alpha1 where the cluster has only that', async () => {
    server.define(v1alpha2, false);
    server.define(v1alpha1, true);
    await start();
    await writer.create(from(0, 'Made'), lee);
    await writer.update(from(0, 'Changed'), lee);
    expect(server.get(v1alpha1, 'a', 'x')).toMatchObject({ apiVersion: 'perses.dev/v1alpha1', spec: { display: { name: 'Changed' }, duration: '1h' } });
    expect(server.get(v1alpha1, 'a', 'x')).not.toHaveProperty('spec.config');
  });

  it('of two people at once: the second learns of the first, and nothing is overwritten', async () => {
    await start();
    await writer.create(from(0, 'Made'), lee);
    const results = await Promise.allSettled([writer.update(from(101, 'First'), lee), writer.update(from(101, 'Second'), lee)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'ERR_DASH_003' } });
    await expect(writer.update(from(101, 'Late'), lee)).rejects.toMatchObject({ code: 'ERR_DASH_003', detail: 'Yours is version 101, stored is version 102.' });
    await expect(writer.create(from(0, 'Again'), lee)).rejects.toMatchObject({ code: 'ERR_DASH_006', detail: 'There is a PersesDashboard x in a already.' });
  });

  it.each<[string, () => Promise<unknown>, Record<string, string>]>([
    ['that Kubernetes does not let the caller make', () => writer.create(from(0, 'Made'), sam), { code: 'ERR_ACCESS_002', detail: 'Kubernetes does not let you create PersesDashboard resources in a.' }],
    ['that Kubernetes does not let the caller change', () => writer.update(from(0, 'Changed'), sam), { code: 'ERR_ACCESS_002', detail: 'Kubernetes does not let you update PersesDashboard resources in a.' }],
    ['that removes what the caller may not', () => writer.remove('a', 'x', sam), { code: 'ERR_ACCESS_002', detail: 'Kubernetes does not let you delete PersesDashboard resources in a.' }],
    ['with a session whose token Kubernetes does not know', () => writer.update(from(0, 'Changed'), { ...lee, token: 'session-token' }), { code: 'ERR_ACCESS_002', detail: expect.stringContaining('does not accept the one of your sign-in') as string }],
    ['to what is not there', () => writer.update({ ...from(0, 'Changed'), metadata: { name: 'y', project: 'a', version: 0 } }, lee), { code: 'ERR_DASH_001' }],
  ])('%s is refused with the reason, and changes nothing', async (_, attempt, refusal) => {
    server.put(v1alpha2, persesDashboard('a', 'x', titled('Untouched')));
    await start();
    await expect(attempt()).rejects.toMatchObject(refusal);
    expect(server.get(v1alpha2, 'a', 'x')).toMatchObject({ spec: { config: titled('Untouched') } });
  });

  it.each([
    [422, 'ERR_DASH_002', 'Kubernetes does not accept the resource: spec.config.duration: Invalid value'],
    [500, 'ERR_DASH_004', 'The Kubernetes API answered 500.'],
  ])('that is answered with %i is an error of the catalogue', async (status, code, detail) => {
    await start();
    server.answerOtherwise((request, response) => (request.method === 'POST' ? (response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message: 'spec.config.duration: Invalid value' })), true) : false));
    await expect(writer.create(from(0, 'Made'), lee)).rejects.toMatchObject({ code, detail });
  });
});

it('versions are whole numbers, whatever Kubernetes calls them', () => {
  expect(versionOf('12345')).toBe(12_345);
  expect(versionOf('12345678901234567890')).toBeLessThan(2 ** 31);
  expect(versionOf('a')).not.toBe(versionOf('b'));
});
