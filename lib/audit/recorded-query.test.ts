import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { countSeries } from './recorded-query';

/** An answer as Prometheus writes it. */
function answer(labels: readonly Record<string, string>[], values = 1): Buffer {
  const result = labels.map((metric) => ({ metric, values: Array.from({ length: values }, (_, index) => [index, '1']) }));
  return Buffer.from(JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } }));
}

describe('series of an answer', () => {
  const many = Array.from({ length: 5_000 }, (_, index) => ({ namespace: 'a', job: `job-${index}` }));

  it.each([
    ['none', answer([]), 0],
    ['one', answer([{ __name__: 'up' }]), 1],
    ['one without labels', answer([{}]), 1],
    ['thousands, over many pieces', answer(many, 20), 5_000],
    ['a number instead of series', Buffer.from('{"status":"success","data":{"resultType":"scalar","result":[1,"1"]}}'), 0],
    ['labels that look like the beginning of a series', answer([{ a: '{"metric":', b: '{', metric: '{"metric":{' }]), 1],
  ])('%s', async (_, body, expected) => {
    expect(await countSeries(body, false)).toBe(expected);
    expect(await countSeries(gzipSync(body), true)).toBe(expected);
  });

  it('cannot be counted in what is no gzip, and that is an error', async () => {
    await expect(countSeries(Buffer.from('not gzip'), true)).rejects.toThrow();
  });
});
