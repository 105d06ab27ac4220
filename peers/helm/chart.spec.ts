/** The chart through real Helm: what its profiles make, what it refuses, and whether Prometheus and Kubernetes take it. */
import { expect, test } from '@playwright/test';
import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { createSupervisor } from '../../demo/processes/supervisor';
import { projectRoot } from '../../demo/setup/index.mjs';
import { configSchema } from '../../lib/config/schema';
import { parseDashboard } from '../../lib/dashboards/parse';
import { startControlPlane } from '../kube/control-plane';
import { logsOf, pathOf, whyMissing } from '../support/tools';
import { apply, installCrds, restrictedNamespace } from './acceptance';
import { lint, only, template, type KubernetesObject, type Release } from './chart';
import { issuer, releases } from './releases';

test.skip(whyMissing('helm') !== undefined, whyMissing('helm') ?? '');

const configMap = z.looseObject({ data: z.record(z.string(), z.string()) });
const deployment = z.looseObject({
  spec: z.looseObject({
    template: z.looseObject({
      metadata: z.looseObject({ labels: z.record(z.string(), z.string()) }),
      spec: z.looseObject({ securityContext: z.looseObject({ fsGroup: z.int().optional() }), containers: z.array(z.looseObject({ image: z.string(), env: z.array(z.looseObject({ name: z.string(), value: z.string().optional() })) })), automountServiceAccountToken: z.boolean() }),
    }),
  }),
});

test.describe('every profile', () => {
  for (const [title, release] of Object.entries(releases)) {
    test(`${title}: Helm finds no fault, and the app takes its configuration`, async () => {
      expect(await lint(release)).toContain('0 chart(s) failed');
      const objects = await template(release);
      const { data } = only(objects.filter(({ metadata }) => !/-(federation|service-ca|trusted-ca)$/.test(metadata.name)), 'ConfigMap', configMap);
      const config = configSchema.parse(parse(data['config.yaml'] ?? ''));
      expect(config).toMatchObject({ publicUrl: 'https://observability.apps.example.com', listen: { port: 8443, metricsPort: 8444 }, limits: { responseBytes: 16_777_216 } });
      const { containers, automountServiceAccountToken } = only(objects, 'Deployment', deployment).spec.template.spec;
      expect(automountServiceAccountToken).toBe(true);
      // What is secret comes from a secret, and the chart makes none.
      expect(containers.flatMap(({ env }) => env.filter(({ value }) => value !== undefined)).map(({ name }) => name)).toEqual(expect.arrayContaining(['OBSERVABILITY_CONFIG']));
      expect(containers.flatMap(({ env }) => env.filter(({ name, value }) => name.startsWith('OBSERVABILITY_') && name !== 'OBSERVABILITY_CONFIG' && value !== undefined))).toEqual([]);
      expect(objects.filter(({ kind }) => kind === 'Secret')).toEqual([]);
    });
  }
});

test('what people make, set and prefer is kept on the volume that there is for it, and nowhere without one', async () => {
  const configOf = async (release: Release) => configSchema.parse(parse(only((await template(release)).filter(({ metadata }) => !/-(federation|service-ca|trusted-ca)$/.test(metadata.name)), 'ConfigMap', configMap).data['config.yaml'] ?? ''));
  const volume = '/var/lib/odh-observability/dashboards';
  const kept = await configOf(releases['embedded only, with a secret of its own and dashboards on a volume'] as Release);
  expect(kept).toMatchObject({ dashboards: { own: volume, settings: `${volume}/.settings/settings.json` }, preferences: { store: `${volume}/.preferences` } });
  const groupOf = async (profile: string, values: Readonly<Record<string, unknown>>) => only(await template({ profiles: [profile], values }), 'Deployment', deployment).spec.template.spec.securityContext.fsGroup;
  const written = { replicas: 1, ownDashboards: { claimName: 'dashboards' } };
  expect([await groupOf('kubernetes', { ...issuer, ...written }), await groupOf('openshift', written), await groupOf('kubernetes', issuer)]).toEqual([1001, undefined, undefined]);
  const none = await configOf({ profiles: ['openshift'] });
  expect([none.dashboards.own, none.dashboards.settings, none.preferences.store]).toEqual([undefined, undefined, undefined]);
});

test('the entry for ODH Dashboard is the one that the end-to-end tests use', async () => {
  const { data } = only(await template({ profiles: ['openshift'] }), 'ConfigMap', configMap, '-federation');
  expect(JSON.parse(data['federation-config.json'] ?? '')).toEqual(JSON.parse(await readFile(join(projectRoot, 'helm', 'federation-config.json'), 'utf8')));
});

test.describe('values that are refused', () => {
  const cases: readonly [string, Record<string, unknown>, RegExp][] = [
    ['a secret in the configuration', { config: { identity: { clientSecret: 'x' } } }, /additional properties 'clientSecret' not allowed/],
    ['a session secret in the configuration', { config: { sessionSecret: 'x' } }, /additional properties 'sessionSecret' not allowed/],
    ['a password in the address of a backend', { config: { datasources: [{ name: 'prometheus', default: true, url: 'https://me:secret@prometheus:9090' }] } }, /datasources\/0\/url.*does not match pattern/],
    ['a secret as a value of the chart', { secrets: { existingSecret: 's', OBSERVABILITY_CLIENT_SECRET: 'x' } }, /additional properties 'OBSERVABILITY_CLIENT_SECRET' not allowed/],
    ['a misspelt key', { replica: 3 }, /additional properties 'replica' not allowed/],
    ['a wrong type in the configuration', { config: { limits: { timeout: 30 } } }, /limits\/timeout.*got number, want string/],
    ['what the chart decides', { config: { listen: { port: 80 } } }, /additional properties 'listen' not allowed/],
    ['an address that people would reach in clear', { config: { publicUrl: 'http://observability.apps.example.com' } }, /publicUrl must be an https URL/],
    ['two writers on one volume', { ownDashboards: { claimName: 'dashboards' } }, /needs replicas: 1/],
    ['audit records in a file system that is read-only', { config: { audit: { sink: 'file' } } }, /audit\.sink "file" has no place/],
    ['no image', { image: { repository: '' } }, /repository.*minLength/],
    ['a certificate from nobody', { tls: { source: 'cert-manager' } }, /needs tls\.issuerRef/],
    ['a certificate from a secret without a name', { tls: { source: 'secret' } }, /tls\.secretName is missing/],
    ['a gateway that is none', { expose: { type: 'gateway' } }, /needs expose\.gateway\.parentRefs/],
  ];
  for (const [title, values, message] of cases) {
    test(title, async () => {
      await expect(template({ profiles: ['openshift'], values })).rejects.toThrow(message);
    });
  }
});

test('two releases share no object, neither in one namespace nor in two', async () => {
  const keyOf = ({ apiVersion, kind, metadata }: KubernetesObject) => [apiVersion, kind, metadata.namespace ?? '', metadata.name].join(' ');
  const release = (name: string, namespace: string) => template({ name, namespace, profiles: ['kubernetes'], values: issuer });
  const keys = (await Promise.all([release('odh-observability', 'team-a'), release('odh-observability', 'team-b'), release('second', 'team-a')])).flatMap((objects) => objects.map(keyOf));
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  const labels = only(await release('second', 'team-a'), 'Deployment', deployment).spec.template.metadata.labels;
  expect(labels).toMatchObject({ 'app.kubernetes.io/instance': 'second' });
});

test('the account may do what the configuration needs, and nothing at all where the app asks with callers’ tokens', async () => {
  const rules = async (release: Release) => (await template(release)).filter(({ kind }) => kind === 'ClusterRole' || kind === 'Role').map(({ kind, metadata, ...role }) => [kind, metadata.namespace, role['rules']]);
  const namespaces = { apiGroups: [''], resources: ['namespaces'], verbs: ['list'] };
  const dashboards = [
    { apiGroups: ['perses.dev'], resources: ['persesdashboards'], verbs: ['list', 'watch'] },
    { apiGroups: [''], resources: ['configmaps'], verbs: ['list', 'watch'] },
  ];
  expect(await rules({ profiles: ['kubernetes'], values: issuer })).toEqual([['ClusterRole', undefined, [namespaces]]]);
  expect(await rules({ profiles: ['kubernetes'], values: { ...issuer, config: { dashboards: { kubernetes: {} } } } })).toEqual([['ClusterRole', undefined, [namespaces, ...dashboards]]]);
  expect(await rules({ profiles: ['openshift'], values: { config: { dashboards: { kubernetes: { namespaces: ['fraud', 'vision'] } } } } })).toEqual(['fraud', 'vision'].map((namespace) => ['Role', namespace, dashboards]));
  expect(await rules({ profiles: ['openshift'] })).toEqual([]);
  const claims = { profiles: ['openshift'], values: { config: { kubernetes: null, access: { provider: 'claims' }, datasources: [{ name: 'prometheus', default: true, url: 'http://prometheus:9090' }] }, rbac: { clusterMonitoringView: false } } };
  const objects = await template(claims);
  expect(objects.filter(({ kind }) => /Role/.test(kind))).toEqual([]);
  expect(only(objects, 'Deployment', deployment).spec.template.spec.automountServiceAccountToken).toBe(false);
});

test('the network policy opens the ways to the backends of the configuration, and no others', async () => {
  const values = {
    ...issuer,
    config: {
      identity: { issuer: 'https://sso.example.com:8443/realms/ai' },
      datasources: [
        { name: 'inside', default: true, url: 'http://prometheus.monitoring.svc.cluster.local:9090' },
        { name: 'outside', url: 'http://prometheus.example.com' },
        { name: 'also-outside', url: 'https://thanos.example.com:10902' },
      ],
      dashboards: { perses: { url: 'https://perses.dashboards.svc:8080' } },
    },
  };
  const policy = only(await template({ profiles: ['kubernetes'], values }), 'NetworkPolicy', z.looseObject({ spec: z.looseObject({ egress: z.array(z.looseObject({})) }) }));
  expect(policy.spec.egress.slice(1)).toEqual([
    { to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }] },
    { to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'dashboards' } } }] },
    { ports: [{ port: 443, protocol: 'TCP' }, { port: 6443, protocol: 'TCP' }] },
    { ports: [80, 10_902, 8443].map((port) => ({ port, protocol: 'TCP' })) },
  ]);
});

test('every built-in dashboard comes as a resource that the app reads, when asked for', async () => {
  const objects = await template({ profiles: ['openshift'], values: { persesDashboards: true } });
  const dashboards = objects.filter(({ kind }) => kind === 'PersesDashboard');
  expect(dashboards).toHaveLength((await readdir(join(projectRoot, 'dashboards'))).length);
  expect(new Set(dashboards.map(({ metadata }) => metadata.namespace))).toEqual(new Set(['opendatahub']));
  for (const dashboard of dashboards) expect(parseDashboard(dashboard, 'opendatahub'), dashboard.metadata.name).toHaveProperty('dashboard');
});

test('Prometheus takes the alerts, and they fire when they should and only then', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'odh-rules-'));
  try {
    const { spec } = only(await template({ profiles: ['openshift'] }), 'PrometheusRule', z.looseObject({ spec: z.looseObject({ groups: z.array(z.unknown()) }) }));
    await writeFile(join(directory, 'rules.yaml'), stringify(spec));
    await copyFile(join(projectRoot, 'peers', 'helm', 'rules.test.yaml'), join(directory, 'rules.test.yaml'));
    const promtool = (...args: string[]) => promisify(execFile)(pathOf('promtool'), args, { cwd: directory });
    expect((await promtool('check', 'rules', '--lint=all', '--lint-fatal', 'rules.yaml')).stdout).toContain('SUCCESS: 11 rules found');
    expect((await promtool('test', 'rules', 'rules.test.yaml')).stdout).toContain('SUCCESS');
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});

test('a real Kubernetes API takes every object of every profile, and its strictest standard takes the pods', async () => {
  const missing = whyMissing('kubeApiserver') ?? whyMissing('etcd');
  test.skip(missing !== undefined, missing);
  test.setTimeout(300_000);
  const directory = await mkdtemp(join(tmpdir(), 'odh-acceptance-'));
  const supervisor = createSupervisor(await logsOf('helm'), new AbortController().signal);
  const cluster = await startControlPlane({ supervisor, directory });
  try {
    await installCrds(cluster);
    await apply(cluster, restrictedNamespace('opendatahub'), { dryRun: false });
    // A controller makes it, and there is none here.
    await apply(cluster, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: 'opendatahub' } }, { dryRun: false });
    let accepted = 0;
    for (const [title, release] of Object.entries(releases)) {
      for (const object of await template(release)) {
        await test.step(`${title}: ${object.kind} ${object.metadata.name}`, async () => {
          // A pod is looked at only where its account is.
          await apply(cluster, object, { dryRun: object.kind !== 'ServiceAccount' });
          accepted += 1;
          if (object.kind !== 'Deployment') return;
          const pod = only([object], 'Deployment', deployment).spec.template;
          await apply(cluster, { ...pod, apiVersion: 'v1', kind: 'Pod', metadata: { ...pod.metadata, name: 'server', namespace: 'opendatahub' } }, { dryRun: true });
        });
      }
    }
    expect(accepted).toBeGreaterThan(150);
    // A mistake would have been noticed.
    const service: KubernetesObject = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'x', namespace: 'opendatahub' }, spec: { ports: [{ port: 1 }], selektor: {} } };
    await expect(apply(cluster, service, { dryRun: true })).rejects.toThrow(/selektor/);
  } finally {
    await cluster.stop();
    await supervisor.stop();
    await rm(directory, { recursive: true, force: true });
  }
});
