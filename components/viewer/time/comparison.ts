/** Comparing with an earlier time: which there are, how far back they lie, and what their series are called. Pure. */
import type { TimeSeriesData } from '@perses-dev/core';
import type { AbsoluteTimeRange } from '@perses-dev/core/dist/model/time';
import { texts } from '../../texts';

const day = 86_400_000;

const values = ['previous', 'day', 'week'] as const;

export type Comparison = (typeof values)[number];

/** In the order in which they are offered. */
export const comparisons = values.map((value) => ({ value, label: texts.time.compare.choices[value] }));

export const isComparison = (text: string | null): text is Comparison => comparisons.some(({ value }) => value === text);

export const comparisonName = (comparison: Comparison): string => texts.time.compare.names[comparison];

/** What the names of compared series end with. */
export const comparisonSuffix = (comparison: Comparison): string => ` (${comparisonName(comparison)})`;

/** How long before the time range the other one lies, in milliseconds. */
export function lookBack(comparison: Comparison, { start, end }: AbsoluteTimeRange): number {
  switch (comparison) {
    case 'previous':
      return end.getTime() - start.getTime();
    case 'day':
      return day;
    case 'week':
      return 7 * day;
  }
}

/** @param back in milliseconds */
export function earlier({ start, end }: AbsoluteTimeRange, back: number): AbsoluteTimeRange {
  return back === 0 ? { start, end } : { start: new Date(start.getTime() - back), end: new Date(end.getTime() - back) };
}

/**
 * Series of an earlier time at the times that they are compared with, and named as what they are.
 *
 * They are moved by whole steps: answers begin at multiples of the step, and charts and tables put values of one time
 * together.
 *
 * @param back in milliseconds
 */
export function movedUp(data: TimeSeriesData, comparison: Comparison, back: number): TimeSeriesData {
  const step = data.stepMs ?? 1;
  const move = Math.round(back / step) * step;
  const suffix = comparisonSuffix(comparison);
  return {
    ...data,
    ...(data.timeRange === undefined ? {} : { timeRange: earlier(data.timeRange, -move) }),
    series: data.series.map((series) => ({
      ...series,
      name: series.name + suffix,
      formattedName: (series.formattedName ?? series.name) + suffix,
      values: series.values.map(([time, value]) => [time + move, value]),
    })),
  };
}
