/** Time ranges in words, and what people may choose from. Pure; formats by the browser's locale. */
import { isRelativeTimeRange, type AbsoluteTimeRange, type DurationString, type TimeRangeValue } from '@perses-dev/core/dist/model/time';
import { texts } from '../../texts';

export interface Choice {
  readonly value: DurationString;
  readonly label: string;
}

export const timeRanges = choicesOf(texts.time.ranges);
export const refreshIntervals = choicesOf(texts.time.intervals);

function choicesOf(labels: Readonly<Partial<Record<DurationString, string>>>): readonly Choice[] {
  // The keys are those of the type, in the order in which they are written.
  return Object.entries(labels).map(([value, label]) => ({ value: value as DurationString, label: label ?? value }));
}

/** The choices, with the value in force added when it is not one of them, as from a link. */
export function withCurrent(choices: readonly Choice[], current: DurationString, label: string): readonly Choice[] {
  return choices.some(({ value }) => value === current) ? choices : [...choices, { value: current, label }];
}

/** @param zone name of the time zone for instants */
export function describeTimeRange(range: TimeRangeValue, zone?: string): string {
  if (isRelativeTimeRange(range)) {
    return timeRanges.find(({ value }) => value === range.pastDuration)?.label ?? texts.time.last(range.pastDuration);
  }
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short', ...(zone === undefined ? {} : { timeZone: zone }) }).formatRange(range.start, range.end);
}

export function sameTimeRange(a: TimeRangeValue, b: TimeRangeValue): boolean {
  if (isRelativeTimeRange(a) || isRelativeTimeRange(b)) {
    return isRelativeTimeRange(a) && isRelativeTimeRange(b) && a.pastDuration === b.pastDuration;
  }
  return a.start.getTime() === b.start.getTime() && a.end.getTime() === b.end.getTime();
}

/** Longest range that zooming out leads to, in milliseconds: that of the longest choice. */
const longest = 90 * 86_400_000;

/**
 * The range moved by a half of its length, not beyond now.
 *
 * @param direction -1 to earlier times, 1 to later ones
 * @param now in milliseconds since the epoch
 */
export function panned({ start, end }: AbsoluteTimeRange, direction: -1 | 1, now: number): AbsoluteTimeRange {
  const length = end.getTime() - start.getTime();
  const until = Math.min(now, end.getTime() + (direction * length) / 2);
  return { start: new Date(until - length), end: new Date(until) };
}

/** Twice the range around the same middle, not beyond now. */
export function zoomedOut({ start, end }: AbsoluteTimeRange, now: number): AbsoluteTimeRange {
  const length = end.getTime() - start.getTime();
  const doubled = Math.min(longest, 2 * length);
  const until = Math.min(now, end.getTime() + (doubled - length) / 2);
  return { start: new Date(until - doubled), end: new Date(until) };
}
