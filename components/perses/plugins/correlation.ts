/** Two queries against each other: which series belong together, and what each pair measured at the same moments. Pure. */
import type { Labels, TimeSeries, TimeSeriesData } from '@perses-dev/core';

/** What is drawn as one kind of marks. */
export interface Correlated {
  readonly name: string;
  /** In the order of time; the last is the newest. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** What stands between what a series is of and what it measures: `llama-finetune: GPU utilization (%)`. */
const separator = ': ';

/** @returns pairs of series with the same labels, of those that measured something at the same time */
export function correlate(x: TimeSeriesData | undefined, y: TimeSeriesData | undefined): Correlated[] {
  const others = new Map((y?.series ?? []).map((series) => [keyOf(series.labels), series]));
  return (x?.series ?? []).flatMap((series) => {
    const other = others.get(keyOf(series.labels));
    const points = other === undefined ? [] : pointsOf(series, other);
    return points.length === 0 ? [] : [{ name: partsOf(series).of, points }];
  });
}

/** What an axis shows, as its series say it. */
export const measureOf = (data: TimeSeriesData | undefined): string => (data?.series[0] === undefined ? '' : partsOf(data.series[0]).measure);

function partsOf({ name, formattedName = name }: TimeSeries): { readonly of: string; readonly measure: string } {
  const end = formattedName.lastIndexOf(separator);
  return end < 0 ? { of: formattedName, measure: '' } : { of: formattedName.slice(0, end), measure: formattedName.slice(end + separator.length) };
}

const keyOf = (labels: Labels = {}): string =>
  JSON.stringify(
    Object.entries(labels)
      .filter(([name]) => name !== '__name__')
      .sort(([a], [b]) => a.localeCompare(b)),
  );

function pointsOf(x: TimeSeries, y: TimeSeries): [number, number][] {
  const heights = new Map(y.values);
  return x.values.flatMap(([time, value]) => {
    const height = heights.get(time);
    return isNumber(value) && isNumber(height) ? [[value, height] as [number, number]] : [];
  });
}

const isNumber = (value: number | null | undefined): value is number => typeof value === 'number' && Number.isFinite(value);

/**
 * How far down each of several things has to move so that none covers another.
 *
 * @param places of their middles, in pixels from the top
 * @param least distance between two, in pixels
 * @returns one number for each, in pixels, 0 or more
 */
export function spread(places: readonly number[], least: number): number[] {
  const shifts = places.map(() => 0);
  let last = -Infinity;
  for (const index of places.map((_place, at) => at).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0))) {
    const place = places[index] ?? 0;
    last = Math.max(place, last + least);
    shifts[index] = last - place;
  }
  return shifts;
}
