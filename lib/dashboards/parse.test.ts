import { describe, expect, it } from 'vitest';
import { parseDashboard } from './parse';
import { minimalSpec, resource } from './testing/resources';

function problemsOf(value: unknown): string[] {
  const parsed = parseDashboard(value, 'opendatahub');
  return 'problems' in parsed ? parsed.problems.map(({ path, reason }) => `${path.join('.')}: ${reason}`) : [];
}

describe('a PersesDashboard resource', () => {
  it('of v1alpha2 has its dashboard in spec.config', () => {
    expect(parseDashboard(resource(), 'opendatahub')).toEqual({
      dashboard: { kind: 'Dashboard', metadata: { name: 'model-training', project: 'opendatahub', version: 0, annotations: {} }, spec: minimalSpec },
    });
  });

  it('of v1alpha1 has its dashboard in spec', () => {
    const old = { ...resource({ namespace: 'fraud-detection' }), apiVersion: 'perses.dev/v1alpha1', spec: minimalSpec };
    expect(parseDashboard(old, 'opendatahub')).toMatchObject({ dashboard: { metadata: { project: 'fraud-detection' }, spec: minimalSpec } });
  });

  it.each([
    ['with more mistakes than are told', 5_000, 100],
    ['with more mistakes than can be told', 500_000, 1],
  ])('%s is refused all the same', (_name, count, told) => {
    expect(problemsOf(resource({}, { layouts: Array.from({ length: count }, () => 1) }))).toHaveLength(told);
  });

  it('that is nested without end is refused', () => {
    expect(problemsOf(resource({}, { links: JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) }))).toEqual([': nested more than 100 levels deep']);
  });

  it('keeps what Perses adds to a dashboard', () => {
    expect(parseDashboard(resource({}, { links: [{ url: '/x' }] }), 'opendatahub')).toMatchObject({ dashboard: { spec: { links: [{ url: '/x' }] } } });
  });

  it('keeps our annotations without their prefix, and no others', () => {
    const annotations = { 'observability.opendatahub.io/category': 'training', 'kubectl.kubernetes.io/last-applied-configuration': '{}' };
    expect(parseDashboard(resource({ annotations }), 'opendatahub')).toMatchObject({ dashboard: { metadata: { annotations: { category: 'training' } } } });
  });
});

describe('refused, with place and reason', () => {
  it.each([
    ['something else', { kind: 'ConfigMap' }, /^apiVersion: /],
    ['nothing', null, /^: /],
    ['an API version nobody knows', { ...resource(), apiVersion: 'perses.dev/v1' }, /^apiVersion: /],
    ['a name that Kubernetes would refuse', resource({ name: '../secrets' }), /^metadata\.name: expected lower-case/],
    ['an annotation that is no text', resource({ annotations: { 'observability.opendatahub.io/priority': 10 } }), /^metadata\.annotations\.observability\.opendatahub\.io\/priority: expected a text/],
    ['no duration', resource({}, { duration: undefined }), /^spec\.config\.duration: /],
    ['a panel without a plugin', resource({}, { panels: { loss: { kind: 'Panel', spec: {} } } }), /^spec\.config\.panels\.loss\.spec\.plugin: /],
    [
      'a layout of a panel that is not there',
      resource({}, { panels: {} }),
      /^spec\.config\.layouts\.0\.spec\.items\.0\.content\.\$ref: "#\/spec\/panels\/loss" is no panel/,
    ],
    [
      'two variables of one name',
      resource({}, { variables: [1, 2].map(() => ({ kind: 'TextVariable', spec: { name: 'job', value: 'x' } })) }),
      /^spec\.config\.variables\.1\.spec\.name: two variables are called "job"/,
    ],
    [
      'a datasource with an address of its own',
      resource({}, { datasources: { mine: { default: true, plugin: { kind: 'PrometheusDatasource', spec: { directUrl: 'http://10.0.0.1' } } } } }),
      /^spec\.config\.datasources: a dashboard cannot define datasources/,
    ],
  ])('%s', (_, value, expected) => {
    expect(problemsOf(value)[0]).toMatch(expected);
  });
});
