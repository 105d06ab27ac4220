import { expect, it } from 'vitest';
import { summarize } from './summary';

const series = (values: readonly (number | null)[]) => [{ series: [{ name: 'up', formattedName: 'Up', values: values.map((value, index): [number, number | null] => [index, value]) }] }];

it('gives the latest, least, mean and greatest value, without gaps', () => {
  expect(summarize(series([1, null, 5, 3, Number.NaN]))).toEqual([{ name: 'Up', latest: 3, min: 1, mean: 3, max: 5, trend: undefined }]);
});

it.each([
  ['rising', [1, 2, 3, 4, 5, 6]],
  ['falling', [6, 5, 4, 3, 2, 1]],
  ['steady', [1, 6, 1, 6, 1, 6, 1, 6]],
  ['steady', [2, 2, 2, 2]],
] as const)('says %s of %j', (trend, values) => expect(summarize(series(values))[0]?.trend).toBe(trend));

it('says nothing of a series without a number', () => {
  expect(summarize(series([null]))).toEqual([{ name: 'Up', latest: undefined, min: undefined, mean: undefined, max: undefined, trend: undefined }]);
});

it('takes series of any length', () => {
  expect(summarize(series(Array.from({ length: 200_000 }, (_, index) => index)))[0]?.max).toBe(199_999);
});
