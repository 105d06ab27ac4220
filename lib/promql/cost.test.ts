/** What a query may read: the table is the specification, at one moment unless it says otherwise. */
import { describe, expect, test } from 'vitest';
import type { Evaluation } from './cost';
import { parseQuery, type QueryLimits } from './parse';
import { PromqlRefusal } from './refusal';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const limits: QueryLimits = { queryBytes: 16_384, queryDepth: 64, matchers: 200, range: 92 * day, subqueryPoints: 500_000, windowTime: 50_000 * day };

function over(range: number, step: number): Evaluation {
  return { points: Math.floor(range / step) + 1, range };
}

/** The refusal's text, or `ok`. */
function verdict(query: string, evaluation?: Evaluation, given: QueryLimits = limits): string {
  try {
    parseQuery(query, given, evaluation);
    return 'ok';
  } catch (error) {
    if (error instanceof PromqlRefusal) return `${error.reason}: ${error.message}`;
    throw error;
  }
}

describe('durations', () => {
  // Read with a limit just below, so that the refusal tells what was read.
  test.each([
    ['5m', 300],
    ['1h30m', 5400],
    ['1y2w3d4h5m6s7ms', 365 * 86_400 + 17 * 86_400 + 4 * 3600 + 306.007],
    ['90', 90],
    ['0.5', 0.5],
    ['.5', 0.5],
    ['1.5e3', 1500],
    ['1E2', 100],
    ['1_000', 1000],
    ['0x1F', 31],
    ['00.5', 0.5],
    ['0.0015', 0.001],
    ['1e400', Infinity],
  ])('%s', (text, seconds) => {
    const tight = { ...limits, range: 0 };
    expect(verdict(`x[${text}]`, undefined, tight)).toBe(`too-large: A range in the query is ${seconds} s; 0 s are allowed.`);
    expect(verdict(`x[${text}:1m]`, undefined, tight)).toBe(`too-large: The range of a subquery in the query is ${seconds} s; 0 s are allowed.`);
    expect(verdict(`x offset ${text}`, undefined, tight)).toBe(`too-large: An offset in the query is ${seconds} s; 0 s are allowed.`);
    expect(verdict(`x offset -${text}`, undefined, tight)).toBe(`too-large: An offset in the query is ${seconds} s; 0 s are allowed.`);
  });

  test('blanks and comments around them change nothing', () => {
    expect(verdict('x[ # a\n 93d # b\n : 1d]')).toMatch(/^too-large: The range of a subquery/);
    expect(verdict('x offset - # a\n - 93d')).toMatch(/^too-large: An offset/);
  });

  test.each(['5m + 1m', '(5m)', '-5m', '+5m', '2 * 1m', 'step()', 'range()', 'min_of(1m, 2m)', 'max_of(1m, range())', '010', '0_10', '1m ^ 2'])(
    'what has to be computed, or may be read in two ways, is refused: %s',
    (text) => {
      for (const query of [`x[${text}]`, `x[${text}:1m]`, `x[1h:${text}]`]) expect(verdict(query)).toMatch(/^unknown: The duration at character \d+ is not supported/);
    },
  );

  test.each(['inf', 'NaN', '-Inf'])('the range %s is refused', (text) => {
    for (const query of [`x[${text}]`, `x[1h:${text}]`, `x[${text} :1m]`]) expect(verdict(query)).toMatch(/^unknown: The duration at character \d+ is not supported/);
  });

  test.each(['(5m)', '(5m + 1m)', '-(5m)', 'step()', '-range()', 'min_of(1m, 2m)', 'inf', '010'])('the same for the offset %s', (text) => {
    expect(verdict(`x offset ${text}`)).toMatch(/^unknown: The duration at character \d+ is not supported/);
  });

  test.each(['x[0]', 'x[0s]', 'x[0.0001]', 'x[0:1m]', 'x[1h:0]', 'x[1h:0s]', 'x[1h:1e-9]'])('%s reads nothing, or without end', (query) => {
    expect(verdict(query)).toMatch(/^syntax: /);
  });
});

describe('ranges and offsets', () => {
  test.each(['x[92d]', 'x offset 92d', 'x offset -92d', 'x offset 0s', 'x[92d:1h]', 'x[5m] offset 92d', 'x @ 0', 'x[5m] @ start() offset 1d', 'x @ end()', 'x > 93d'])(
    '%s is allowed',
    (query) => {
      expect(verdict(query)).toBe('ok');
    },
  );

  test.each(['x[93d]', 'x[92d1ms]', 'x[1y]', 'x offset 93d', 'x offset -93d', 'x[5m] offset 93d', 'x[93d:1d]', 'sum(rate(x[93d])) / 2', 'x[1h:1m] offset 93d', 'max_over_time(x[93d] @ 0)'])(
    '%s is refused',
    (query) => {
      expect(verdict(query)).toMatch(/ in the query is [\d.]+ s; 7948800 s are allowed\.$/);
    },
  );
});

describe('points of subqueries', () => {
  const trend = over(90 * day, hour);
  const dashboard = over(1000 * minute, minute);

  test.each([
    ['a subquery over each of 1,000 points', 'avg_over_time(rate(x[5m])[1h:1m])', dashboard],
    ['a ratio of two', 'avg_over_time((rate(x[5m]) / rate(y[5m]))[1h:1m])', dashboard],
    ['a day at each hour of 90 days', 'max_over_time(sum(x)[1d:1h])', trend],
    ['a ratio of two of them', 'max_over_time(sum(x)[1d:1h]) / max_over_time(sum(y)[1d:1h])', trend],
    ['all points that there may be', 'max_over_time(x[30m:1m])', over(90 * day, (90 * day) / 11_000)],
    ['the longest range in minutes', 'max_over_time(x[92d:])', undefined],
    ['no subquery, however many points and selectors', Array(50).fill('rate(x[1h])').join('+'), over(90 * day, (90 * day) / 11_000)],
  ])('%s is allowed', (_, query, evaluation) => {
    expect(verdict(query, evaluation)).toBe('ok');
  });

  test.each([
    ['every second of 92 days', 'max_over_time(up[92d:1s])', undefined, 7_948_800],
    ['every second of a day, for several selectors', 'max_over_time((a+b+c+d+e+f)[1d:1s])', undefined, 518_400],
    ['the same side by side', Array(6).fill('max_over_time(up[1d:1s])').join('+'), undefined, 518_400],
    ['one in another', 'max_over_time(max_over_time(x[1d:1m])[1d:1m])', undefined, 1440 + 1440 * 1440],
    ['seconds over each of 1,000 points', 'max_over_time(x[1h:1s])', dashboard, 1001 * 3600],
    ['a short one over points far apart, which is evaluated between them, too', 'max_over_time(x[1s:1s])', over(90 * day, 45 * day), 90 * 86_400 + 1],
    ['the same in another', 'max_over_time(max_over_time(x[1s:1s])[90d:45d])', undefined, 2 + 90 * 86_400 + 1],
    ['what selects nothing', 'max_over_time(vector(1)[92d:1s])', undefined, 7_948_800],
    ['no step: one minute is assumed', 'max_over_time(x[1d:])', dashboard, 1001 * 1440],
    ['milliseconds', 'max_over_time(x[1h:1ms])', undefined, 3_600_000],
    ['milliseconds as a number', 'max_over_time(x[1h:0.001])', undefined, 3_600_000],
    ['at a fixed moment', 'max_over_time(x[1h:1ms] @ 0)', undefined, 3_600_000],
  ])('%s is refused', (_, query, evaluation, points) => {
    expect(verdict(query, evaluation)).toBe(`too-large: The subqueries ask for ${points} points; 500000 are allowed.`);
  });

  test('more levels than numbers can count are refused like others', () => {
    expect(verdict('x' + '[92d:1ms]'.repeat(60))).toMatch(/^too-large: The subqueries ask for/);
  });

  test('the limit itself is allowed', () => {
    expect(verdict('x[500s:1ms]')).toBe('ok');
    expect(verdict('x[500001ms:1ms]')).toMatch(/^too-large/);
  });
});

describe('what range selectors read', () => {
  const year = { points: 11_000, range: 90 * day };
  const month = over(30 * day, hour);

  test.each([
    ['the longest range at one moment', 'sum_over_time(x[92d])', undefined],
    ['a month at each hour of a month', 'avg_over_time(x[30d])', month],
    ['a ratio of two of them', 'avg_over_time(x[30d]) / avg_over_time(y[30d])', month],
    ['a day at as many points as there may be', 'increase(x[1d])', year],
    ['a month at each of 1,000 points', 'increase(x[30d])', { points: 1_000, range: 90 * day }],
  ])('%s is allowed', (_, query, evaluation) => {
    expect(verdict(query, evaluation)).toBe('ok');
  });

  test.each([
    ['the longest range at as many points as there may be', 'sum_over_time(x[92d])', year, 1_012_000],
    ['a month at each of them', 'increase(x[30d])', year, 330_000],
    ['several side by side', Array(50).fill('increase(x[1d])').join('+'), { points: 1_001, range: 1000 * minute }, 50_050],
    ['inside of a subquery, at each of its points', 'max_over_time(rate(x[30d])[92d:1h])', undefined, 92 * 24 * 30],
  ])('%s is refused', (_, query, evaluation, read) => {
    expect(verdict(query, evaluation)).toBe(`too-large: The ranges in the query times its points are ${read} days; 50000 are allowed.`);
  });

  test('the limit itself is allowed', () => {
    const points = { points: 10, range: day };
    const tight = { ...limits, windowTime: 10 * hour };
    expect(verdict('rate(x[1h])', points, tight)).toBe('ok');
    expect(verdict('rate(x[3600001ms])', points, tight)).toMatch(/^too-large/);
  });
});
