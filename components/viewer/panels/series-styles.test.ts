import type { QueryDefinition } from '@perses-dev/core';
import { expect, it } from 'vitest';
import { comparedChart, distinctChart, type Answered } from './series-styles';

const query = (text: string): QueryDefinition => ({ kind: 'TimeSeriesQuery', spec: { plugin: { kind: 'PrometheusTimeSeriesQuery', spec: { query: text } } } });
const answer = (definition: QueryDefinition, ...names: string[]): Answered => ({ definition, data: { series: names.map((name) => ({ name, values: [[1, 1]] })) } });
const palette = ['red', 'green', 'blue'];
const suffix = ' (yesterday)';

it('draws the series of an earlier time dashed, each in the colour of its counterpart, in whatever order they come', () => {
  const [loss, speed] = [query('loss'), query('speed')];
  const { spec, results } = comparedChart({}, [answer(loss, 'a', 'b'), answer(speed, 'a')], [answer(loss, `b${suffix}`, `a${suffix}`), answer(speed, `a${suffix}`)], suffix, palette);
  expect(results.map(({ data }) => data.series.map(({ name }) => name))).toEqual([['a'], ['b'], ['a'], [`b${suffix}`], [`a${suffix}`], [`a${suffix}`]]);
  expect(spec.querySettings?.map(({ queryIndex, colorMode, colorValue, lineStyle }) => [queryIndex, colorMode, colorValue, lineStyle])).toEqual([
    [0, 'fixed', 'red', undefined],
    [1, 'fixed', 'green', undefined],
    [2, 'fixed', 'blue', undefined],
    [3, 'fixed', 'green', 'dashed'],
    [4, 'fixed', 'red', 'dashed'],
    [5, 'fixed', 'blue', 'dashed'],
  ]);
});

it('keeps what a dashboard says of a query, and gives a series that is no more a colour of its own', () => {
  const loss = query('loss');
  const { spec } = comparedChart({ querySettings: [{ queryIndex: 0, colorMode: 'fixed', colorValue: 'black', lineStyle: 'dotted' }] }, [answer(loss, 'a')], [answer(loss, `gone${suffix}`)], suffix, palette);
  expect(spec.querySettings?.map(({ colorValue, lineStyle }) => [colorValue, lineStyle])).toEqual([
    ['black', 'dotted'],
    ['green', 'dashed'],
  ]);
});

it('does not stand one time on the other, as a stacked chart would', () => {
  const { spec } = comparedChart({ visual: { stack: 'all', display: 'bar', lineWidth: 2 } }, [], [], suffix, palette);
  expect(spec.visual).toEqual({ stack: 'none', display: 'line', areaOpacity: 0, lineWidth: 2 });
});

it('draws few lines each in another way, and writes the way before the name', () => {
  const { spec, results } = distinctChart({}, [answer(query('loss'), 'a', 'b'), answer(query('speed'), 'c')], palette);
  expect(results.map(({ data }) => data.series.map(({ name, formattedName }) => [name, formattedName]))).toEqual([[['a', '— a']], [['b', '– – b']], [['c', '··· c']]]);
  expect(new Set(spec.querySettings?.map(({ lineStyle }) => JSON.stringify(lineStyle))).size).toBe(3);
  expect(spec.querySettings?.map(({ colorValue }) => colorValue)).toEqual(palette);
});

it.each([
  ['one line', {}, ['a']],
  ['many', {}, ['a', 'b', 'c', 'd', 'e', 'f', 'g']],
  ['areas on each other', { visual: { stack: 'all' } }, ['a', 'b']],
  ['bars', { visual: { display: 'bar' } }, ['a', 'b']],
  ['lines whose kind the author chose', { querySettings: [{ queryIndex: 0, lineStyle: 'dotted' }] }, ['a', 'b']],
] as const)('leaves %s as they are', (_what, spec, names) => {
  const answers = [answer(query('loss'), ...names)];
  // The table's arrays are read-only, which Perses's types do not say.
  expect(distinctChart(spec as Parameters<typeof distinctChart>[0], answers, palette)).toEqual({ spec, results: answers });
});
