import { describe, expect, test } from 'vitest';
import { between, histogram } from './distribution';
import { at, cumulative, dailyFlow, diurnal, during, everyDay, workingDays } from './profile';
import { counterStart, day, minute } from './signal';

/** A Wednesday, at noon. */
const noon = counterStart + (7 * 120 + 2) * day + at(12);

describe('a flow that follows the day', () => {
  const spike = (second: number) => diurnal(at(14), 0.5)(second) + 3 * during(at(13), at(13, 45), 2 * minute)(second);
  const flow = dailyFlow(spike, workingDays('a'));

  test('adds up to its rate, over a minute as over a weekend', () => {
    for (const [from, length] of [[noon, minute], [noon + at(1, 1), 30 * minute], [noon, 4 * day]] as const) {
      let sum = 0;
      for (let time = from; time < from + length; time += 10) sum += 10 * flow.rate(time + 5);
      expect((flow.total(from + length) - flow.total(from)) / sum).toBeCloseTo(1, 3);
    }
  });

  test('has less on a weekend than on the days before', () => {
    const of = (index: number) => flow.total(counterStart + (index + 1) * day) - flow.total(counterStart + index * day);
    const monday = 7 * 120;
    expect(of(monday + 5) / of(monday + 3)).toBeCloseTo(0.67, 0.8);
  });

  test('is the same in whatever order it is asked', () => {
    const times = [noon, noon - 40 * day, noon + 3 * day, noon - day];
    const forward = times.map(dailyFlow(spike, workingDays('b')).total);
    expect([...times].reverse().map(dailyFlow(spike, workingDays('b')).total).reverse()).toEqual(forward);
  });
});

test('during rises, stays and falls', () => {
  const batch = during(at(13), at(14), minute);
  expect([at(12, 59), at(13), at(13) + 30, at(13, 1), at(14), at(14) + 30, at(14, 1)].map(batch)).toEqual([0, 0, 0.5, 1, 1, 0.5, 0]);
});

test('a sum before an index holds what came before it, and not the index', () => {
  const squares = cumulative((index) => index * index);
  expect([squares.before(4), squares.before(0), squares.before(2), squares.value(3)]).toEqual([14, 0, 1, 9]);
});

describe('a histogram', () => {
  const slowdown = during(at(13), at(14), minute);
  const bounds = Array.from({ length: 60 }, (_, index) => 25 * (index + 1));
  const { buckets, count, sum } = histogram(() => 50, everyDay, between(80, 200, (second) => 1 + 5 * slowdown(second)), bounds);
  const quantile = (share: number, from: number, to: number) => {
    const all = count(to) - count(from);
    return buckets.find(({ total }) => total(to) - total(from) >= share * all)?.bound;
  };

  test('has the median and the 99th percentile that it was given, before and while things are slow', () => {
    const calm = counterStart + 900 * day + at(12);
    const slow = counterStart + 900 * day + at(13, 10);
    expect([quantile(0.5, calm, calm + 300), quantile(0.99, calm, calm + 300)]).toEqual([100, 200]);
    expect([quantile(0.5, slow, slow + 300), quantile(0.99, slow, slow + 300)]).toEqual([500, 1200]);
  });

  test('has a mean above its median, as times have', () => {
    const calm = counterStart + 900 * day + at(12);
    const mean = (sum(calm + 600) - sum(calm)) / (count(calm + 600) - count(calm));
    expect(mean).toBeGreaterThan(80);
    expect(mean).toBeLessThan(95);
  });
});
