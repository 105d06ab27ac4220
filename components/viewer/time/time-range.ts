/** Time ranges in words, and what people may choose from. Pure; formats by the browser's locale and time zone. */
import { isRelativeTimeRange, type DurationString, type TimeRangeValue } from '@perses-dev/core/dist/model/time';

export interface Choice {
  readonly value: DurationString;
  readonly label: string;
}

export const timeRanges: readonly Choice[] = [
  { value: '15m', label: 'Last 15 minutes' },
  { value: '1h', label: 'Last 1 hour' },
  { value: '6h', label: 'Last 6 hours' },
  { value: '24h', label: 'Last 24 hours' },
  { value: '7d', label: 'Last 7 days' },
  { value: '30d', label: 'Last 30 days' },
  { value: '90d', label: 'Last 90 days' },
];

export const refreshIntervals: readonly Choice[] = [
  { value: '0s', label: 'Off' },
  { value: '5s', label: '5 seconds' },
  { value: '15s', label: '15 seconds' },
  { value: '30s', label: '30 seconds' },
  { value: '1m', label: '1 minute' },
  { value: '5m', label: '5 minutes' },
];

/** The choices, with the value in force added when it is not one of them, as from a link. */
export function withCurrent(choices: readonly Choice[], current: DurationString, label: string): readonly Choice[] {
  return choices.some(({ value }) => value === current) ? choices : [...choices, { value: current, label }];
}

export function describeTimeRange(range: TimeRangeValue): string {
  if (isRelativeTimeRange(range)) {
    return timeRanges.find(({ value }) => value === range.pastDuration)?.label ?? `Last ${range.pastDuration}`;
  }
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).formatRange(range.start, range.end);
}

export function sameTimeRange(a: TimeRangeValue, b: TimeRangeValue): boolean {
  if (isRelativeTimeRange(a) || isRelativeTimeRange(b)) {
    return isRelativeTimeRange(a) && isRelativeTimeRange(b) && a.pastDuration === b.pastDuration;
  }
  return a.start.getTime() === b.start.getTime() && a.end.getTime() === b.end.getTime();
}

/** An instant as an `<input type="datetime-local">` holds it: local time, to the minute. */
export function toLocalInput(instant: Date): string {
  const local = new Date(instant.getTime() - instant.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** The instant of such an input, or undefined while it is incomplete. */
export function fromLocalInput(text: string): Date | undefined {
  const instant = new Date(text);
  return text === '' || Number.isNaN(instant.getTime()) ? undefined : instant;
}
