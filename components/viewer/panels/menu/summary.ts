/** A series in a few figures: what a chart shows, in words and in a table. Pure. */
import type { TimeSeries, TimeSeriesData } from '@perses-dev/core';

export interface SeriesSummary {
  readonly name: string;
  readonly latest: number | undefined;
  readonly min: number | undefined;
  readonly mean: number | undefined;
  readonly max: number | undefined;
  readonly trend: 'rising' | 'falling' | 'steady' | undefined;
}

/** Part of a series' own spread by which its second half must differ from the first to count as a trend. */
const noticeable = 0.2;

export function summarize(data: readonly TimeSeriesData[]): SeriesSummary[] {
  return data.flatMap(({ series }) => series.map(summarizeSeries));
}

function summarizeSeries({ name, formattedName, values }: TimeSeries): SeriesSummary {
  const numbers = values.flatMap(([, value]) => (value !== null && Number.isFinite(value) ? [value] : []));
  const latest = numbers.at(-1);
  if (latest === undefined) {
    return { name: formattedName ?? name, latest, min: undefined, mean: undefined, max: undefined, trend: undefined };
  }
  // Not by Math.min of all: a long series has more values than a call takes arguments.
  const min = numbers.reduce((a, b) => Math.min(a, b));
  const max = numbers.reduce((a, b) => Math.max(a, b));
  return { name: formattedName ?? name, latest, min, mean: meanOf(numbers), max, trend: numbers.length < 4 ? undefined : trendOf(numbers, max - min) };
}

function trendOf(numbers: readonly number[], spread: number): SeriesSummary['trend'] {
  const half = Math.floor(numbers.length / 2);
  const difference = meanOf(numbers.slice(half)) - meanOf(numbers.slice(0, half));
  if (spread === 0 || Math.abs(difference) < noticeable * spread) {
    return 'steady';
  }
  return difference > 0 ? 'rising' : 'falling';
}

const meanOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
