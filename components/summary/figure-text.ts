/** A project's figures in words: titles, units, and trends read out. Pure; formats by the browser's locale. */
import type { Summary } from '../../lib/contracts/summary';

export type FigureUnit = 'count' | 'percent' | 'requests per second' | 'milliseconds';

export interface ProjectFigure {
  readonly name: 'trainingJobs' | 'gpuUtilization' | 'activeNotebooks' | 'failedRuns';
  readonly title: string;
  readonly unit: FigureUnit;
  /** What the link to the dashboard says. */
  readonly link: string;
  readonly shortcut: 'training' | 'gpu' | 'notebooks' | 'pipelines';
}

export const projectFigures: readonly ProjectFigure[] = [
  { name: 'trainingJobs', title: 'Running training jobs', unit: 'count', link: 'Training metrics', shortcut: 'training' },
  { name: 'gpuUtilization', title: 'GPU utilization', unit: 'percent', link: 'GPU metrics', shortcut: 'gpu' },
  { name: 'activeNotebooks', title: 'Notebooks active in the last hour', unit: 'count', link: 'Notebook metrics', shortcut: 'notebooks' },
  { name: 'failedRuns', title: 'Pipeline runs failed in 24 hours', unit: 'count', link: 'Pipeline metrics', shortcut: 'pipelines' },
];

const number = (value: number, digits: number) => value.toLocaleString(undefined, { maximumFractionDigits: digits });

export function formatValue(value: number, unit: FigureUnit): string {
  switch (unit) {
    case 'count':
      return number(value, 0);
    case 'percent':
      return `${number(value, value < 10 ? 2 : 0)} %`;
    case 'requests per second':
      return `${number(value, value < 10 ? 2 : 0)} req/s`;
    case 'milliseconds':
      return value < 1000 ? `${number(value, value < 10 ? 1 : 0)} ms` : `${number(value / 1000, 2)} s`;
  }
}

/** What a sparkline shows, for those who do not see it. */
export function describeTrend(trend: readonly (number | null)[], unit: FigureUnit, range: number): string {
  const values = trend.filter((value) => value !== null);
  const [first] = values;
  const last = values.at(-1);
  if (first === undefined || last === undefined) {
    return `Trend: nothing measured in ${describeRange(range)}`;
  }
  const text = (value: number) => formatValue(value, unit);
  return `Trend of ${describeRange(range)}: from ${text(first)} to ${text(last)}, lowest ${text(Math.min(...values))}, highest ${text(Math.max(...values))}`;
}

function describeRange(range: number): string {
  return `the last ${number(range / 3_600_000, 1)} hours`;
}

/** How old an answer was when a newer one was last asked for. */
export function describeAge(time: Summary['time'], asked: number): string {
  const minutes = Math.round((asked - time) / 60_000);
  return minutes < 1 ? 'less than a minute' : minutes === 1 ? '1 minute' : `${number(minutes, 0)} minutes`;
}
