import { describe, expect, it } from 'vitest';
import { describeTimeRange, panned, refreshIntervals, sameTimeRange, withCurrent, zoomedOut } from './time-range';

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
    expect(describeTimeRange(range, 'Asia/Tokyo')).toContain('7:00');
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

describe('the times around a range', () => {
  const now = instant('2026-01-05T12:00:00Z').getTime();
  const range = (start: string, end: string) => ({ start: instant(`2026-01-05T${start}Z`), end: instant(`2026-01-05T${end}Z`) });

  it('moves by a half, and not beyond now', () => {
    expect(panned(range('10:00:00', '11:00:00'), -1, now)).toEqual(range('09:30:00', '10:30:00'));
    expect(panned(range('10:00:00', '11:00:00'), 1, now)).toEqual(range('10:30:00', '11:30:00'));
    expect(panned(range('11:00:00', '12:00:00'), 1, now)).toEqual(range('11:00:00', '12:00:00'));
  });

  it('doubles around the middle, as far as there is time', () => {
    expect(zoomedOut(range('08:00:00', '10:00:00'), now)).toEqual(range('07:00:00', '11:00:00'));
    expect(zoomedOut(range('10:00:00', '12:00:00'), now)).toEqual(range('08:00:00', '12:00:00'));
    const longest = zoomedOut({ start: new Date(now - 80 * 86_400_000), end: new Date(now) }, now);
    expect(longest.end.getTime() - longest.start.getTime()).toBe(90 * 86_400_000);
  });
});
