import { calculateValue } from '@perses-dev/stat-chart-plugin/lib/utils/calculate-value';
import { expect, it, vi } from 'vitest';
import { calculate } from './calculation';

it.each([undefined, 'last', 'last-number', 'mean', 'no such'])('makes the figure of a series that the stat panel draws (%s)', (calculation) => {
  vi.spyOn(console, 'warn').mockReturnValue();
  for (const values of [[[0, 1], [1, 3]], [[0, 1], [1, null]], []] as [number, number | null][][]) {
    // Perses's type forbids what dashboards write, and its code says what then counts.
    expect(calculate(calculation, { values })).toEqual(calculateValue(calculation as 'last', { name: 'up', values }));
  }
  vi.restoreAllMocks();
});
