import type { Labels, TimeSeriesData } from '@perses-dev/core';
import { expect, it } from 'vitest';
import { correlate, measureOf, spread } from './correlation';

const data = (measure: string, ...series: [Labels, ...[number, number | null][]][]): TimeSeriesData => ({
  series: series.map(([labels, ...values]) => ({ name: JSON.stringify(labels), formattedName: `job ${labels['job'] ?? ''}${measure}`, labels, values })),
});

it('pairs series by their labels, whatever their metrics are called, and values by their time', () => {
  const x = data(': use (%)', [{ __name__: 'use', job: 'a', gpu: '0' }, [1, 10], [2, 20], [3, 30]], [{ job: 'b', gpu: '0' }, [1, 40]]);
  const y = data(': samples/s', [{ job: 'b', gpu: '0' }, [1, 4]], [{ gpu: '0', job: 'a', __name__: 'throughput' }, [2, 2], [3, 3], [4, 4]]);
  expect(correlate(x, y)).toEqual([
    { name: 'job a', points: [[20, 2], [30, 3]] },
    { name: 'job b', points: [[40, 4]] },
  ]);
  expect([measureOf(x), measureOf(y)]).toEqual(['use (%)', 'samples/s']);
});

it('leaves out what was not measured in both', () => {
  const x = data(': x', [{ job: 'a' }, [1, 10], [2, null], [3, Number.NaN]], [{ job: 'alone' }, [1, 1]]);
  const y = data(': y', [{ job: 'a' }, [1, null], [2, 2], [3, 3]]);
  expect(correlate(x, y)).toEqual([]);
  expect(correlate(x, undefined)).toEqual([]);
  expect(correlate(undefined, y)).toEqual([]);
});

it('takes the whole name where it does not say what is measured', () => {
  const both = data('', [{ job: 'a' }, [1, 1]]);
  expect(correlate(both, both)[0]?.name).toBe('job a');
  expect([measureOf(both), measureOf(undefined)]).toEqual(['', '']);
});

it('moves names down until none covers another, and leaves those alone that have room', () => {
  expect(spread([100, 20, 104, 22, 300], 16)).toEqual([0, 0, 12, 14, 0]);
  expect(spread([], 16)).toEqual([]);
});
