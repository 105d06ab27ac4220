import { describe, expect, it } from 'vitest';
import { describeTimeRange, fromLocalInput, refreshIntervals, sameTimeRange, toLocalInput, withCurrent } from './time-range';

const instant = (text: string) => new Date(text);

describe('a time range in words', () => {
  it('is the name of a usual one', () => {
    expect(describeTimeRange({ pastDuration: '1h' })).toBe('Last 1 hour');
  });

  it('is said for one that came with a link', () => {
    expect(describeTimeRange({ pastDuration: '3h' })).toBe('Last 3h');
  });

  it('names both instants', () => {
    const range = { start: instant('2026-01-05T10:00:00Z'), end: instant('2026-01-06T12:30:00Z') };
    expect(describeTimeRange(range)).toMatch(/2026/);
  });
});

it('compares time ranges by what they mean', () => {
  const a = { start: instant('2026-01-05T10:00:00Z'), end: instant('2026-01-05T11:00:00Z') };
  expect(sameTimeRange(a, { start: new Date(a.start), end: new Date(a.end) })).toBe(true);
  expect(sameTimeRange(a, { ...a, end: instant('2026-01-05T12:00:00Z') })).toBe(false);
  expect(sameTimeRange({ pastDuration: '1h' }, { pastDuration: '1h' })).toBe(true);
  expect(sameTimeRange({ pastDuration: '1h' }, a)).toBe(false);
});

it('offers the value in force although it is not a usual one', () => {
  expect(withCurrent(refreshIntervals, '7s', 'Every 7 seconds')).toContainEqual({ value: '7s', label: 'Every 7 seconds' });
  expect(withCurrent(refreshIntervals, '30s', '30s')).toBe(refreshIntervals);
});

it('takes an instant through an input of local time and back, to the minute', () => {
  const start = instant('2026-07-05T10:42:00Z');
  expect(fromLocalInput(toLocalInput(start))).toEqual(start);
  expect(fromLocalInput('')).toBeUndefined();
  expect(fromLocalInput('tomorrow')).toBeUndefined();
});
