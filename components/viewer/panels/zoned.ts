/**
 * Series as a chart over time draws them in a time zone that is not the browser's. Perses moves the points that it paints,
 * but neither those that its tooltip looks up nor the ends of a range that is dragged; so all of it is moved here, and the
 * chart is told that it draws local time.
 */
import { isRelativeTimeRange, type TimeRangeValue } from '@perses-dev/core/dist/model/time';
import { fromZonedTime, toZonedTime } from 'date-fns-tz';
import type { Answered } from './series-styles';

/** The same answers at instants whose local time is what the others' is in a time zone. */
export function zonedAnswers(answers: readonly Answered[], timeZone: string): Answered[] {
  return answers.map(({ definition, data }) => ({
    definition,
    data: {
      ...data,
      ...(data.timeRange === undefined ? {} : { timeRange: { start: toZonedTime(data.timeRange.start, timeZone), end: toZonedTime(data.timeRange.end, timeZone) } }),
      series: data.series.map((series) => ({ ...series, values: series.values.map(([time, value]) => [toZonedTime(time, timeZone).getTime(), value]) })),
    },
  }));
}

/** The range that somebody means who picked one on such a chart. */
export function pickedRange(range: TimeRangeValue, timeZone: string): TimeRangeValue {
  return isRelativeTimeRange(range) ? range : { start: fromZonedTime(range.start, timeZone), end: fromZonedTime(range.end, timeZone) };
}
