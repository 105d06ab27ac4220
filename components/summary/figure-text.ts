/** A project's figures in words: titles, units, and trends read out. Pure; formats by the browser's locale. */
import type { Summary } from '../../lib/contracts/summary';
import { texts } from '../texts';

export type FigureUnit = 'count' | 'percent' | 'requests per second' | 'milliseconds';

export interface ProjectFigure {
  readonly name: 'trainingJobs' | 'gpuUtilization' | 'activeNotebooks' | 'failedRuns';
  readonly unit: FigureUnit;
  readonly shortcut: 'training' | 'gpu' | 'notebooks' | 'pipelines';
}

export const projectFigures: readonly ProjectFigure[] = [
  { name: 'trainingJobs', unit: 'count', shortcut: 'training' },
  { name: 'gpuUtilization', unit: 'percent', shortcut: 'gpu' },
  { name: 'activeNotebooks', unit: 'count', shortcut: 'notebooks' },
  { name: 'failedRuns', unit: 'count', shortcut: 'pipelines' },
];

const { units } = texts.summary;

const number = (value: number, digits: number) => value.toLocaleString(undefined, { maximumFractionDigits: digits });

export function formatValue(value: number, unit: FigureUnit): string {
  switch (unit) {
    case 'count':
      return number(value, 0);
    case 'percent':
      return units.percent(number(value, value < 10 ? 2 : 0));
    case 'requests per second':
      return units.requestsPerSecond(number(value, value < 10 ? 2 : 0));
    case 'milliseconds':
      return value < 1000 ? units.milliseconds(number(value, value < 10 ? 1 : 0)) : units.seconds(number(value / 1000, 2));
  }
}

/** What a sparkline shows, for those who do not see it. */
export function describeTrend(trend: readonly (number | null)[], unit: FigureUnit, range: number): string {
  const values = trend.filter((value) => value !== null);
  const [first] = values;
  const last = values.at(-1);
  if (first === undefined || last === undefined) {
    return texts.summary.noTrend(describeRange(range));
  }
  const text = (value: number) => formatValue(value, unit);
  return texts.summary.trend(describeRange(range), text(first), text(last), text(Math.min(...values)), text(Math.max(...values)));
}

function describeRange(range: number): string {
  return texts.summary.lastHours(number(range / 3_600_000, 1));
}

/** How old an answer was when a newer one was last asked for. */
export function describeAge(time: Summary['time'], asked: number): string {
  const minutes = Math.round((asked - time) / 60_000);
  return texts.summary.age(minutes, number(minutes, 0));
}
