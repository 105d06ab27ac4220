import { describe, expect, test } from 'vitest';
import { configSchema } from '../config/schema';
import { enforce } from '../promql/enforce';
import { parseQuery } from '../promql/parse';
import { figureNames, figures, levelOf, projectQuery } from './figures';

const limits = configSchema.shape.limits.parse({});

describe.each(figureNames)('the query of %s', (name) => {
  const query = projectQuery(figures[name], 'exported_namespace', 'team-a');

  test('is limited to the project in every selector, for those whose scope limits nothing', () => {
    const { selectors } = parseQuery(query, limits);
    expect(selectors.length).toBeGreaterThan(0);
    for (const { matchers } of selectors) expect(matchers).toContain('exported_namespace="team-a"');
  });

  test('is one that everybody may ask', () => {
    const scoped = enforce(query, { kind: 'namespaces', namespaces: ['team-a', 'team-b'] }, { label: 'exported_namespace', limits });
    expect(scoped).toContain('exported_namespace=~"team-a|team-b"');
  });

  test('has levels from low to high, each in words', () => {
    const { levels } = figures[name];
    expect(levels.map(({ from }) => from)).toEqual(levels.map(({ from }) => from).toSorted((a, b) => a - b));
    for (const { word } of levels) expect(word).toMatch(/^[A-Z][a-z ]+$/);
  });
});

test.each([
  ['errorRate', 0, 'good'],
  ['errorRate', 0.49, 'good'],
  ['errorRate', 0.5, 'warning'],
  ['errorRate', 100, 'critical'],
  ['latencyP95', 299, 'good'],
  ['latencyP95', 1000, 'critical'],
  ['gpuUtilization', 40, 'warning'],
  ['gpuUtilization', 90, 'good'],
  ['failedRuns', 1, 'warning'],
  ['requestRate', 0, 'neutral'],
  ['requestRate', 0.001, 'good'],
  ['trainingJobs', -1, 'neutral'],
] as const)('%s of %d is %s', (name, value, health) => {
  expect(levelOf(figures[name], value).health).toBe(health);
});
