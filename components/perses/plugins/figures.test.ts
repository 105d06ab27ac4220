import type { TimeSeriesData } from '@perses-dev/core';
import { expect, it } from 'vitest';
import { figuresOf } from './figures';

const series = (name: string, ...values: (number | null)[]) => ({ name, values: values.map((value, index): [number, number | null] => [index * 60_000, value]) });
const data: TimeSeriesData[] = [{ series: [series('few', 9, 1), { ...series('{job="many"}', 3), formattedName: 'many' }] }, { series: [series('none', null), series('zero', 0)] }];

it('puts the largest first, with its share, and leaves out what has no value', () => {
  expect(figuresOf(data, 'last-number', undefined)).toEqual([
    { name: 'many', value: 3, share: 0.75 },
    { name: 'few', value: 1, share: 0.25 },
    { name: 'zero', value: 0, share: 0 },
  ]);
});

it('puts the smallest first where that is asked, by another calculation', () => {
  expect(figuresOf(data, 'mean', 'asc').map(({ name, value }) => [name, value])).toEqual([['zero', 0], ['many', 3], ['few', 5]]);
});

it('has no shares of nothing', () => {
  expect(figuresOf([{ series: [series('a', 0), series('b', 0)] }], undefined, 'desc').map(({ share }) => share)).toEqual([0, 0]);
});
