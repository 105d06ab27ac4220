import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from '../../../lib/contracts/zod';
import { texts } from '../../texts';
import { limitsOf, statusOf } from './status';

const [red, amber, green] = ['#f0561d', '#b98412', '#63993d'];

const series = (...values: (number | null)[]) => ({ name: 'a', values: values.map((value, at): [number, number | null] => [at, value]) });
const data = (...all: ReturnType<typeof series>[]) => [{ series: all }];
const stat = (spec: object) => ({ kind: 'StatChart', spec: { calculation: 'last-number', ...spec } });

const latency = { thresholds: { defaultColor: green, steps: [{ name: 'Close to the objective', value: 240, color: amber }, { value: 300, color: red }] } };
const budget = { thresholds: { defaultColor: red, steps: [{ value: 0, color: amber }, { value: 25, color: green }] } };

describe('the state of a figure', () => {
  it.each([
    ['below all limits', latency, 239.9, 'healthy', 'Healthy'],
    ['at a limit that has a name', latency, 240, 'warning', 'Close to the objective'],
    ['above the last limit, which has none', latency, 1200, 'critical', 'Critical'],
    ['where low is bad: below', budget, -33, 'critical', 'Critical'],
    ['where low is bad: between', budget, 12, 'warning', 'Warning'],
    ['where low is bad: above', budget, 72, 'healthy', 'Healthy'],
    ['steps without colours, which Perses draws in the theme’s', { thresholds: { steps: [{ value: 1 }, { value: 2 }] } }, 1.5, 'warning', 'Warning'],
    ['the second of them', { thresholds: { steps: [{ value: 1 }, { value: 2 }] } }, 2, 'critical', 'Critical'],
    ['a name with a colour that stands for nothing', { thresholds: { steps: [{ name: 'Busy', value: 1, color: '#0066cc' }] } }, 2, 'neutral', 'Busy'],
    ['a short colour', { thresholds: { defaultColor: '#0a0', steps: [{ value: 9 }] } }, 2, 'healthy', 'Healthy'],
    ['a mapped value, whose colour comes first', { ...latency, mappings: [{ kind: 'Value', spec: { value: '400', result: { value: 'planned', color: green } } }] }, 400, 'healthy', 'Healthy'],
    ['a mapped value without a colour', { ...latency, mappings: [{ kind: 'Value', spec: { value: '400', result: { value: 'much' } } }] }, 400, 'critical', 'Critical'],
  ])('%s', (_, spec, value, severity, word) => {
    expect(statusOf(stat(spec), data(series(1, value)))).toEqual({ severity, word, share: undefined });
  });

  it('is that of the calculation that the panel shows', () => {
    expect(statusOf(stat({ ...latency, calculation: 'max' }), data(series(500, 100)))?.severity).toBe('critical');
    expect(statusOf(stat(latency), data(series(500, 100, null)))?.severity).toBe('healthy');
  });

  it('is the worst of several figures, and says of how many', () => {
    expect(statusOf(stat(latency), data(series(100), series(310), series(400)))).toEqual({ severity: 'critical', word: 'Critical', share: { count: 2, of: 3 } });
  });

  it('is that of a gauge’s first query, with limits in percent of what it ends at', () => {
    const gauge = { kind: 'GaugeChart', spec: { calculation: 'last', max: 50, thresholds: { mode: 'percent', defaultColor: green, steps: [{ value: 80, color: red }] } } };
    expect(statusOf(gauge, data(series(41)))?.severity).toBe('critical');
    expect(statusOf(gauge, [...data(series(39)), ...data(series(49))])?.severity).toBe('healthy');
  });

  it.each([
    ['no thresholds', stat({}), data(series(1))],
    ['thresholds that no author would write', stat({ thresholds: { steps: 'many' } }), data(series(1))],
    ['no figure', stat(latency), data(series(null))],
    ['a colour that stands for nothing, without a name', stat({ thresholds: { defaultColor: '#8a8d90', steps: [{ value: 5 }] } }), data(series(1))],
    ['another kind of panel', { kind: 'BarChart', spec: latency }, data(series(1))],
  ])('is unknown with %s', (_, plugin, values) => {
    expect(statusOf(plugin, values)).toBeUndefined();
  });
});

it('names the limits that a chart over time draws', () => {
  expect(limitsOf({ kind: 'TimeSeriesChart', spec: { thresholds: { steps: [{ name: 'Objective of 300 ms', value: 300 }, { value: 5 }] } } })).toEqual(['Objective of 300 ms']);
  expect(limitsOf({ kind: 'StatChart', spec: latency })).toEqual([]);
});

describe('the shipped dashboards', () => {
  const plugin = z.looseObject({ kind: z.string(), spec: z.looseObject({}) });
  const resource = z.looseObject({ spec: z.looseObject({ config: z.looseObject({ panels: z.record(z.string(), z.looseObject({ spec: z.looseObject({ plugin }) })) }) }) });
  const steps = z.looseObject({ thresholds: z.looseObject({ steps: z.array(z.looseObject({ value: z.number(), name: z.string().optional() })).min(1) }) });
  const colored = /"(?:defaultColor|color)":/;
  const folder = join(import.meta.dirname, '..', '..', '..', 'dashboards');
  const panels = readdirSync(folder).flatMap((file) =>
    Object.entries(resource.parse(parse(readFileSync(join(folder, file), 'utf8'))).spec.config.panels).map(([name, { spec }]) => ({ name: `${file} ${name}`, plugin: spec.plugin })),
  );
  const stats = panels.filter((panel) => panel.plugin.kind === 'StatChart' && colored.test(JSON.stringify(panel.plugin.spec)));

  it.each(stats)('say each state of $name in a word of its own', (panel) => {
    const limits = steps.parse(panel.plugin.spec).thresholds.steps.map(({ value }) => value);
    const [lowest = 0] = limits;
    const states = [lowest - 1, ...limits].map((value) => statusOf(panel.plugin, data(series(value))));
    for (const state of states) expect(state?.word).toMatch(/\w/);
    // What lies below the first limit may be part of it: there is nothing below 0 %.
    const bands = states.slice(lowest === 0 ? 1 : 0);
    expect(new Set(bands.map((state) => state?.word)).size).toBe(bands.length);
    expect(new Set(bands.map((state) => state && texts.panels.severities[state.severity])).size).toBe(bands.length);
  });

  it('name every limit of a chart over time', () => {
    const limited = panels.filter((panel) => panel.plugin.kind === 'TimeSeriesChart' && 'thresholds' in panel.plugin.spec);
    expect(limited.length).toBeGreaterThan(20);
    for (const panel of limited) expect(limitsOf(panel.plugin), panel.name).toHaveLength(steps.parse(panel.plugin.spec).thresholds.steps.length);
  });
});
