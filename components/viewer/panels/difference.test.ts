import { expect, it } from 'vitest';
import { differenceText } from './difference';

const data = (...values: (number | null)[]) => [{ series: [{ name: 'up', values: values.map((value, index): [number, number | null] => [index, value]) }] }];
const text = (now: ReturnType<typeof data>, then: ReturnType<typeof data>, calculation: unknown = 'last-number') => differenceText(calculation, now, then, { unit: 'decimal' }, 'yesterday');

it.each([
  [data(1, 3, null), data(2), '▲ Up 50% from 2 (yesterday)'],
  [data(1), data(4), '▼ Down 75% from 4 (yesterday)'],
  [data(2), data(2), 'Same as yesterday: 2'],
  [data(2), data(0), '▲ Up from 0 (yesterday)'],
])('says how a figure differs (%#)', (now, then, expected) => expect(text(now, then)).toBe(expected));

it('makes the figures as the panel does', () => expect(text(data(1, 3), data(4, 4), 'mean')).toBe('▼ Down 50% from 4 (yesterday)'));

it('says nothing where there is not one figure on either side', () => {
  expect(text(data(1), data(null))).toBeUndefined();
  expect(text(data(), data(1))).toBeUndefined();
  expect(text([...data(1), ...data(2)], data(1))).toBeUndefined();
});
