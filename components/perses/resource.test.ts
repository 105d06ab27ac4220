import { expect, it } from 'vitest';
import { persesResource } from './resource';

it('a panel without a title has an empty one, and datasources of a dashboard are left out', () => {
  const plugin = { kind: 'Markdown', spec: { text: 'Hello' } };
  const titled = { kind: 'Panel' as const, spec: { display: { name: 'Loss', description: 'What: loss.' }, plugin } };
  const { spec } = persesResource({
    kind: 'Dashboard',
    metadata: { project: 'a', name: 'x', version: 1 },
    spec: { duration: '1h', panels: { untitled: { kind: 'Panel', spec: { plugin } }, titled }, layouts: [], datasources: { mine: {} } },
  });
  expect(spec.panels).toEqual({ untitled: { kind: 'Panel', spec: { display: { name: '' }, plugin } }, titled });
  expect(spec.datasources).toBeUndefined();
});
