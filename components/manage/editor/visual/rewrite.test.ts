import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { rewrite, type Parts } from './rewrite';

const text = `kind: Dashboard
metadata: { name: a, project: b } # whose
spec:
  duration: 1h
  panels:
    requests:
      kind: Panel
      spec:
        display: { name: 'Requests' } # per second
        queries:
          - kind: TimeSeriesQuery
            spec:
              query: |
                sum(
                  rate(requests_total[5m])
                )
    # In use.
    memory: { kind: Panel, spec: { display: { name: Memory } } }
  layouts:
    - kind: Grid
      spec:
        items:
          - { x: 0, "y": 0, width: 12, height: 8, content: { $ref: '#/spec/panels/requests' } }
          # At the right.
          - { x: 12, "y": 0, width: 12, height: 8, content: { $ref: '#/spec/panels/memory' } }
`;

const partsOf = (yaml: string): Parts => (parse(yaml) as { spec: Parts }).spec;
interface Spec {
  panels: { requests?: unknown; memory?: unknown };
  layouts: [{ spec: { items: unknown[] } }];
  variables: unknown[] | undefined;
}
const spec = partsOf(text) as Spec;
const changed = (change: (after: Spec) => void): string => {
  const after = structuredClone(spec);
  change(after);
  return rewrite(text, spec, after);
};
const panel = (name: string) => ({ kind: 'Panel', spec: { display: { name } } });

it('a change of one value is one line, with its comment', () => {
  const next = changed(({ panels }) => (panels.memory = panel('Memory (bytes)')));
  expect(next).toBe(text.replace('name: Memory', 'name: Memory (bytes)'));
});

it('what moved takes its comment along, and what was removed is gone with its own', () => {
  const next = changed(({ layouts: [layout] }) => layout.spec.items.reverse());
  expect(next).toMatch(/# At the right.\n.+memory' \} \}\n.+requests' \} \}\n$/);
  expect(changed(({ panels }) => delete panels.memory)).not.toContain('In use');
  expect(changed(({ layouts: [layout] }) => layout.spec.items.pop())).not.toContain('At the right');
});

it('what is new is written in full, and means the same to readers of version 1.1', () => {
  const next = changed((after) => {
    after.variables = [{ kind: 'TextVariable', spec: { name: 'model', value: 'yes' } }];
    after.layouts[0].spec.items.push({ x: 0, y: 8 });
  });
  expect(next).toContain("value: 'yes'".replaceAll("'", '"'));
  expect(parse(next, { version: '1.1' })).toEqual(parse(next));
  expect(partsOf(next).variables).toHaveLength(1);
});

it('a custom resource keeps its form', () => {
  const body = text.split('\n').slice(2).map((line) => `  ${line}`).join('\n').replace('  spec:', '  config:');
  const resource = `apiVersion: perses.dev/v1alpha2\nkind: PersesDashboard\nmetadata: { name: a, namespace: b }\nspec:\n${body}`;
  const parts = (parse(resource) as { spec: { config: Parts } }).spec.config;
  const next = rewrite(resource, parts, { ...parts, variables: [] });
  expect(next).toContain('kind: PersesDashboard');
  expect((parse(next) as { spec: { config: Parts } }).spec.config).toEqual({ ...parts, variables: [] });
});

it('a change where an anchor is mentioned leaves the other mentions as they were', () => {
  const shared = `kind: Dashboard\nspec:\n  panels:\n    a: &panel { kind: Panel, spec: { display: { name: One } } }\n    b: *panel\n`;
  const before = partsOf(shared) as { panels: Record<string, unknown> } & Parts;
  const after = { ...before, panels: { ...before.panels, a: panel('Two') } };
  expect(partsOf(rewrite(shared, before, after))).toEqual(after);
});
