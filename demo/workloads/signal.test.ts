import { describe, expect, test } from 'vitest';
import { clamp, drift, flow, hour, jitter, random, rounded, wave } from './signal';

const start = Date.UTC(2026, 2, 1) / 1000;
const times = Array.from({ length: 2_000 }, (_, index) => start + index * 15);

describe('noise', () => {
  test.each([
    ['jitter', () => jitter('a')],
    ['drift', () => drift('a', 40)],
    ['wave', () => wave('a', 150)],
  ])('%s has the same value at the same time, in whatever order it is asked', (_, create) => {
    const forward = times.map(create());
    const backward = [...times].reverse().map(create()).reverse();
    expect(backward).toEqual(forward);
  });

  test.each([
    ['jitter', jitter('a')],
    ['drift', drift('a', 40)],
    ['wave', wave('a', 150)],
  ])('%s stays within -1 and 1 and uses most of that', (_, signal) => {
    const values = times.map(signal);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-1);
    expect(Math.max(...values)).toBeLessThanOrEqual(1);
    expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(1.5);
  });

  test('two seeds give two noises', () => {
    expect(times.map(jitter('a'))).not.toEqual(times.map(jitter('b')));
  });

  test('random numbers spread evenly', () => {
    const draw = random('spread');
    const mean = times.reduce((sum, _, index) => sum + draw(index), 0) / times.length;
    expect(mean).toBeCloseTo(0.5, 1);
  });

  test('drift has no jumps', () => {
    const signal = drift('smooth', 600);
    const steps = times.map((time) => Math.abs(signal(time + 1) - signal(time)));
    expect(Math.max(...steps)).toBeLessThan(0.01);
  });
});

describe('a flow', () => {
  const swings = [
    { share: 0.5, period: 24 * hour },
    { share: 0.3, period: 170 },
  ];
  const { rate, total } = flow('cpu', 4, swings);

  test('never falls', () => {
    for (const time of times) expect(total(time + 1)).toBeGreaterThan(total(time));
  });

  test('rises by its rate', () => {
    for (const time of times.slice(0, 200)) {
      const second = total(time + 0.5) - total(time - 0.5);
      expect(second).toBeCloseTo(rate(time), 2);
    }
  });
});

test('rounded keeps the decimals it is told to', () => {
  expect(rounded(() => 1.23456, 2)(0)).toBe(1.23);
});

test('clamp keeps a value between two bounds', () => {
  expect([clamp(-1, 0, 2), clamp(1, 0, 2), clamp(3, 0, 2)]).toEqual([0, 1, 2]);
});
