import { expect, it } from 'vitest';
import { earlier, isComparison, lookBack, movedUp } from './comparison';

const hour = 3_600_000;
const range = { start: new Date(100 * hour), end: new Date(106 * hour) };

it('looks back by the length of the time range, by a day or by a week', () => {
  expect([lookBack('previous', range), lookBack('day', range), lookBack('week', range)]).toEqual([6 * hour, 24 * hour, 168 * hour]);
  expect(earlier(range, 6 * hour)).toEqual({ start: new Date(94 * hour), end: new Date(100 * hour) });
});

it('moves series by whole steps, so that their times are those of the present ones, and names them', () => {
  // Answered for the hour from 14:00:10 on, with a step of a minute: values lie on full minutes.
  const data = { stepMs: 60_000, timeRange: { start: new Date(0), end: new Date(hour) }, series: [{ name: 'up{job="a"}', formattedName: 'a', values: [[0, 1], [60_000, null]] as [number, number | null][] }] };
  expect(movedUp(data, 'previous', hour + 10_000)).toEqual({
    ...data,
    timeRange: { start: new Date(hour), end: new Date(2 * hour) },
    series: [{ name: 'up{job="a"} (previous period)', formattedName: 'a (previous period)', values: [[hour, 1], [hour + 60_000, null]] }],
  });
});

it('knows no comparison but its own', () => {
  expect(['previous', 'day', 'week', 'year', '', null].filter(isComparison)).toEqual(['previous', 'day', 'week']);
});
