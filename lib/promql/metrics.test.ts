import { describe, expect, it } from 'vitest';
import { metricNames } from './metrics';
import { PromqlRefusal } from './refusal';

describe('the metrics that a query reads', () => {
  it.each([
    ['up', ['up']],
    ['sum by (job) (rate(requests_total{code="200"}[5m])) / sum(rate(requests_total[5m]))', ['requests_total']],
    ['a:b:sum unless on (x) label_replace(vllm:running, "y", "$1", "z", "(.+)")', ['a:b:sum', 'vllm:running']],
    ['max_over_time(rate(a[5m])[1h:5m]) or vector(0)', ['a']],
    ['{job="a"}', []],
    ['sum(', undefined],
  ])('%s', (query, names) => {
    if (names === undefined) expect(() => metricNames(query)).toThrow(PromqlRefusal);
    else expect(metricNames(query)).toEqual(names);
  });
});
