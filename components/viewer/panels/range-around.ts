/** A time range of the same length in which something happened. Pure. */
import type { AbsoluteTimeRange, TimeRangeValue } from '@perses-dev/core/dist/model/time';

/** Data that is this young is shown by the last hour. In milliseconds. */
const young = 20 * 60_000;

/**
 * @param last when there was data last, in milliseconds since the epoch
 * @param now in milliseconds since the epoch
 */
export function rangeAround(last: number, { start, end }: AbsoluteTimeRange, now: number): TimeRangeValue {
  if (now - last < young) {
    return { pastDuration: '1h' };
  }
  const length = end.getTime() - start.getTime();
  const until = Math.min(now, last + length / 4);
  return { start: new Date(until - length), end: new Date(until) };
}
