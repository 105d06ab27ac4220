import { expect, it } from 'vitest';
import type { Dashboard } from '../../lib/contracts/dashboard';
import { firstKinds } from './preload';

const panel = (kind: string, query = 'PrometheusTimeSeriesQuery') => ({
  kind: 'Panel' as const,
  spec: { plugin: { kind, spec: {} }, queries: [{ kind: 'TimeSeriesQuery', spec: { plugin: { kind: query, spec: {} } } }] },
});

/** A group with one panel below the other, by their names and heights. */
const group = (...items: readonly [name: string, height: number][]) => ({
  kind: 'Grid' as const,
  spec: {
    items: items.map(([name, height], index) => ({
      x: 0,
      y: items.slice(0, index).reduce((rows, [, above]) => rows + above, 0),
      width: 24,
      height,
      content: { $ref: `#/spec/panels/${name}` },
    })),
  },
});

const dashboard: Dashboard = {
  kind: 'Dashboard',
  metadata: { name: 'a', project: 'b', version: 0 },
  spec: {
    duration: '1h',
    variables: [{ kind: 'ListVariable', spec: { name: 'job', plugin: { kind: 'PrometheusLabelValuesVariable', spec: {} } } }, { kind: 'TextVariable', spec: { name: 'text' } }],
    panels: { loss: panel('TimeSeriesChart'), ratio: panel('StatChart'), runs: panel('Table'), spans: panel('ScatterChart', 'TempoTraceQuery') },
    layouts: [group(['ratio', 4]), group(['loss', 8], ['runs', 10]), group(['spans', 4])],
  },
};

it('a window shows the first panels only: what others are drawn with can wait', () => {
  expect([...firstKinds(dashboard)].sort()).toEqual(['PrometheusLabelValuesVariable', 'PrometheusTimeSeriesQuery', 'StatChart', 'TimeSeriesChart']);
});

it('a dashboard that names a panel that it has not needs nothing for it', () => {
  expect([...firstKinds({ ...dashboard, spec: { ...dashboard.spec, variables: undefined, panels: {} } })]).toEqual([]);
});
