import { expect, it } from 'vitest';
import { rangeAround } from './range-around';

const hour = 3_600_000;
const now = 100 * hour;
const lastHour = { start: new Date(now - hour), end: new Date(now) };

it('has the length of the range before it, and the data in its last quarter', () => {
  expect(rangeAround(now - 5 * hour, lastHour, now)).toEqual({ start: new Date(now - 5.75 * hour), end: new Date(now - 4.75 * hour) });
});

it('does not reach beyond now', () => {
  const day = { start: new Date(now - 24 * hour), end: new Date(now) };
  expect(rangeAround(now - hour, day, now)).toEqual(day);
});

it('is the last hour for data that comes in now', () => {
  expect(rangeAround(now - 60_000, { start: new Date(0), end: new Date(hour) }, now)).toEqual({ pastDuration: '1h' });
});
