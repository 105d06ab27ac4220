import { expect, it } from 'vitest';
import { create } from './mathjs';

const { gcd, round } = create();

it.each([
  [[15, 30, 45], 15],
  [[60, 90], 30],
  [[7, 13], 1],
  [[42], 42],
  [[0, 5], 5],
])('the greatest common divisor of %j is %d', (values, expected) => {
  expect(gcd(...values)).toBe(expected);
});

it.each([
  [1.005, 2, 1.01],
  [2.5, 0, 3],
  [-2.5, 0, -3],
  [0.1 + 0.2, 3, 0.3],
  [1234.5678, 1, 1234.6],
  [1e-7, 3, 0],
  [5, undefined, 5],
])('%d rounded to %s decimals is %d', (value, decimals, expected) => {
  expect(round(value, decimals)).toBeCloseTo(expected, 12);
});
