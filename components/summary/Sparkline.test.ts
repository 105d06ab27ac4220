import { expect, it } from 'vitest';
import { linePath } from './Sparkline';

it('draws from zero up, over the whole width', () => {
  expect(linePath([0, 5, 10])).toBe('M1.5 26.5h0L60 14L118.5 1.5');
});

it('interrupts the line where nothing was measured, and shows a single value as a dot', () => {
  expect(linePath([null, 10, null, 0, 10])).toBe('M30.8 1.5h0M89.3 26.5h0L118.5 1.5');
});

it('lies at the bottom when everything is zero, and is nothing for nothing', () => {
  expect(linePath([0, 0])).toBe('M1.5 26.5h0L118.5 26.5');
  expect(linePath([])).toBe('');
  expect(linePath([null])).toBe('');
});
