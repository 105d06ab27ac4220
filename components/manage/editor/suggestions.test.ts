import { describe, expect, it } from 'vitest';
import { placeIn } from './place';
import { suggestionsAt } from './suggestions';

const known = { datasources: ['prometheus', 'thanos'], projects: ['fraud-detection'], variables: ['namespace', 'model'], panels: ['load', 'loss'] };
const labels = (text: string): string[] => suggestionsAt(text, known)?.suggestions.map(({ label }) => label) ?? [];

const text = `kind: Dashboard
metadata:
  name: mine
spec:
  variables:
    - kind: ListVariable
      spec:
        name: model
  panels:
    load:
      kind: Panel
      spec:
        display:
          name: Load
        plugin:
          kind: StatChart
          spec:
            format: { unit: bytes }
            calculation: mean
        queries:
          - kind: TimeSeriesQuery
            spec:
              plugin:
                kind: PrometheusTimeSeriesQuery
                spec:
                  query: up
`;

describe('the place that is typed at', () => {
  it.each<[string, string[], string | undefined]>([
    ['', [], undefined],
    ['kind: Da', [], 'kind'],
    ['metadata:\n  na', ['metadata'], undefined],
    ['spec:\n  variables:\n    - kind: List', ['spec', 'variables', '[]'], 'kind'],
    ['spec:\n  variables:\n  - kind: ListVariable\n    spec:\n      na', ['spec', 'variables', '[]', 'spec'], undefined],
    ['spec:\n  variables:\n    - kind: ListVariable\n      sp', ['spec', 'variables', '[]'], undefined],
    [`${text}                  `, ['spec', 'panels', 'load', 'spec', 'queries', '[]', 'spec', 'plugin', 'spec'], undefined],
    ['# note\nspec:\n\n  # more\n  du', ['spec'], undefined],
  ])('%j', (before, path, key) => {
    expect(placeIn(before)).toMatchObject({ path, key });
  });
});

describe('what is suggested', () => {
  it('keys that are not there yet', () => {
    expect(labels(text.slice(0, text.indexOf('spec:\n  variables')))).toEqual(['spec']);
    expect(labels('metadata:\n  ')).toEqual(['name', 'project', 'annotations']);
    expect(labels('metadata:\n  annotations:\n    ')).toContain('category');
    expect(suggestionsAt('spec:\n  layouts:\n    - kind: Grid\n      spec:\n        items:\n          - x: 0\n            ', known)?.suggestions).toContainEqual({ label: 'y', type: 'key', apply: '"y": ' });
  });

  it('kinds of panels, units, projects, datasources and panels, each where it belongs', () => {
    expect(labels('spec:\n  panels:\n    a:\n      spec:\n        plugin:\n          kind: ')).toContain('TimeSeriesChart');
    expect(labels('metadata:\n  project: ')).toEqual(['fraud-detection']);
    expect(labels('metadata:\n  annotations:\n    category: tr')).toContain('training');
    expect(labels(`${text}                  datasource:\n                    name: `)).toEqual(['prometheus', 'thanos']);
    expect(labels('spec:\n  layouts:\n    - spec:\n        items:\n          - content:\n              $ref: ')).toEqual(["'#/spec/panels/load'", "'#/spec/panels/loss'"]);
  });

  it('what a plugin of this kind knows, and no other', () => {
    const inPlugin = `${text.slice(0, text.indexOf('            format'))}            `;
    expect(labels(inPlugin)).toContain('sparkline');
    expect(labels(inPlugin.replace('StatChart', 'Markdown'))).toEqual(['text']);
    expect(labels(`${inPlugin}format:\n              unit: `)).toContain('bytes');
  });

  it('variables in a query, where a dollar sign is', () => {
    expect(suggestionsAt(`${text.trimEnd().slice(0, -2)}rate(x{namespace=~"$na`, known)).toMatchObject({ typed: 3, suggestions: expect.arrayContaining([{ label: '$namespace', type: 'value', apply: '$namespace' }]) as unknown });
    expect(labels(`${text.trimEnd().slice(0, -2)}rate(x`)).toEqual([]);
  });

  it('nothing in what is unknown', () => {
    expect(labels('other:\n  ')).toEqual([]);
    expect(labels('spec:\n  display:\n    name: ')).toEqual([]);
  });
});
