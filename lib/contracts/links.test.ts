import { describe, expect, it } from 'vitest';
import { dashboardHref, dashboardPath, projectPath, type DashboardSubject } from './links';
import { isShortcut, resolveShortcut } from './shortcuts';

describe('the address for a subject', () => {
  it.each<[string, DashboardSubject, string]>([
    ['a model', { kind: 'model', namespace: 'fraud', name: 'bert' }, '/observability/serving?namespace=fraud&model=bert'],
    ['a version of a model', { kind: 'model', namespace: 'fraud', name: 'bert', version: 'v2' }, '/observability/serving?namespace=fraud&model=bert&version=v2'],
    ['a training job', { kind: 'training-job', namespace: 'nlp', name: 'finetune' }, '/observability/training?namespace=nlp&job=finetune'],
    ['a pipeline run', { kind: 'pipeline-run', namespace: 'nlp', name: 'run-7', pipeline: 'etl' }, '/observability/pipelines?namespace=nlp&pipeline=etl&run=run-7'],
    ['a notebook', { kind: 'notebook', namespace: 'nlp', name: 'jupyter' }, '/observability/notebooks?namespace=nlp&notebook=jupyter'],
    ['a project', { kind: 'project', namespace: 'nlp' }, '/observability/project?namespace=nlp'],
    ['a node', { kind: 'node', name: 'gpu-node-1' }, '/observability/platform?node=gpu-node-1'],
  ])('of %s', (_what, subject, address) => {
    expect(dashboardHref(subject)).toBe(address);
  });

  it('carries where the time range begins', () => {
    expect(dashboardHref({ kind: 'project', namespace: 'nlp' }, { start: '6h' })).toBe('/observability/project?namespace=nlp&start=6h');
  });

  it.each(['a&model=b', '../../admin', 'x"} or up{a="', '#', '%2e%2e', 'ü /?'])('keeps the name %j one value of one parameter', (name) => {
    const url = new URL(dashboardHref({ kind: 'model', namespace: 'fraud', name }), 'http://host');
    expect(url.pathname).toBe('/observability/serving');
    expect([...url.searchParams]).toEqual([
      ['namespace', 'fraud'],
      ['model', name],
    ]);
    expect(new URL(dashboardPath(name, name), 'http://host').pathname.split('/')).toHaveLength(5);
    expect(new URL(projectPath(name), 'http://host').pathname.split('/')).toHaveLength(4);
  });
});

describe('what a shortcut stands for', () => {
  it.each([
    ['training', '?namespace=nlp&job=a&job=b&start=6h', 'model-training', '?var-namespace=nlp&var-job=a&var-job=b&start=6h'],
    ['serving', '?model=bert&namespace=fraud&version=v2', 'model-serving', '?var-namespace=fraud&var-model=bert&var-version=v2'],
    ['pipelines', '?namespace=nlp&pipeline=etl&run=run-7', 'pipelines', '?var-namespace=nlp&var-pipeline=etl&var-run=run-7'],
    ['notebooks', '?namespace=nlp&user=sam&notebook=n', 'notebooks', '?var-namespace=nlp&var-user=sam&var-notebook=n'],
    ['gpu', '?namespace=nlp&gpu=0', 'gpu-performance', '?var-namespace=nlp&var-gpu=0'],
    ['platform', '', 'platform-overview', ''],
    ['platform', '?node=gpu-node-1', 'cluster-infrastructure', '?var-node=gpu-node-1'],
    ['project', '?namespace=nlp&start=1700000000000&end=1700003600000&refresh=30s', 'project-usage', '?var-namespace=nlp&start=1700000000000&end=1700003600000&refresh=30s'],
  ] as const)('%s%s', (shortcut, search, dashboard, resolved) => {
    expect(resolveShortcut(shortcut, search)).toEqual({ dashboard, search: resolved });
  });

  it.each([
    ['parameters that it does not know', '?color=red&callbackUrl=https://elsewhere.example'],
    ['variables of other dashboards', '?model=bert&pipeline=etl'],
    ['variables and panels in the viewer’s own spelling', '?var-job=a&viewPanelRef=%7B%22ref%22%3A%22loss%22%7D'],
    ['empty values', '?namespace=&job=&start='],
    ['names that objects have anyway', '?__proto__=a&constructor=b'],
  ])('ignores %s', (_what, search) => {
    expect(resolveShortcut('training', search)).toEqual({ dashboard: 'model-training', search: '' });
  });

  it('leaves a hostile value one value of one variable', () => {
    const hostile = 'x"} or up{a="&var-job=all#';
    const { search } = resolveShortcut('training', `?job=${encodeURIComponent(hostile)}`);
    expect([...new URLSearchParams(search)]).toEqual([['var-job', hostile]]);
  });

  it('is told from other words, and from what every object has', () => {
    expect(['training', 'gpu', 'project'].every(isShortcut)).toBe(true);
    expect(['Training', 'dashboards', '', 'constructor', '__proto__', 'toString'].some(isShortcut)).toBe(false);
  });
});
