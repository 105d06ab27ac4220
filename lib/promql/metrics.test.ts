import { describe, expect, it } from 'vitest';
import { metricNames, vectorSelectors } from './metrics';
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

describe('the selectors of a query', () => {
  it.each([
    ['rate(a{x="1", y=~"2|3"}[5m] offset 1h) / rate(a{x="1", y=~"2|3"}[5m])', [{ name: 'a', text: 'a{x="1", y=~"2|3"}', matchers: ['x="1"', 'y=~"2|3"'] }]],
    ['a or {job="b"}', [{ name: 'a', text: 'a', matchers: [] }, { name: undefined, text: '{job="b"}', matchers: ['job="b"'] }]],
    ['1 + 1', []],
  ])('%s', (query, selectors) => expect(vectorSelectors(query)).toEqual(selectors));
});
