/**
 * Random queries that Prometheus 2.42 can evaluate: derived by type, on the metrics named here. Most return something
 * when these exist. Knows no scope and no code under test.
 */
import fc from 'fast-check';
import { blank, keyword } from './texts';

/** Gauges that queries name: keywords and function names among them. */
export const gauges = ['up', 'sum', 'by', 'rate', 'info', 'start', 'and', 'a:b', '_x'] as const;
/** Counters, and a histogram's buckets with the label `le`. */
export const counters = ['requests_total', 'time'] as const;
export const buckets = 'latency_bucket';
/** Values of the label `job` that every metric has. */
export const jobs = ['x', 'y'] as const;

const matcher = fc.constantFrom(
  'job="x"', "job=~'x|y'", 'job!="z"', 'job=~".+"', 'job!~`z.*`', 'namespace!=""', 'namespace=~".*"', 'namespace=~".+"', 'namespace!~"none"',
  'namespace="team-b"', 'namespace=~"team-.*"', 'namespace=""', 'namespace!="team-a"', 'other=""',
);
const matchers = fc.tuple(fc.array(matcher, { maxLength: 2 }), blank, blank).map(([list, before, between]) => `${before}${list.join(`${between},`)}`);
const name = fc.oneof({ weight: 3, arbitrary: fc.constantFrom<string>(...gauges) }, fc.constantFrom<string>(...counters, buckets));
const selector = fc.oneof(
  { weight: 2, arbitrary: name },
  { weight: 2, arbitrary: fc.tuple(name, blank, matchers).map(([metric, space, list]) => `${metric}${space}{${list}}`) },
  fc.tuple(name, matchers).map(([metric, list]) => `{__name__="${metric}"${list.trim() === '' ? '' : `,${list}`}}`),
  fc.tuple(fc.constantFrom('.+', 'up|_x', '[a-z]+'), matchers).map(([pattern, list]) => `{__name__=~"${pattern}"${list.trim() === '' ? '' : `,${list}`}}`),
);

const range = fc.constantFrom('5m', '10m', '1h30m', '7m30s');
const at = fc.constantFrom('', '', '', ' offset 1m', ' offset -1m', ' @ end()', ' @ start() offset 1m', ' offset 90s @ end()');
const grouping = fc.tuple(keyword('by', 'without'), fc.constantFrom('(job)', '(namespace)', '(job, namespace,)', '()', '(le, job)')).map((parts) => parts.join(' '));
const grouped = fc.tuple(fc.constantFrom('sum', 'avg', 'min', 'max', 'count', 'group', 'stddev', 'stdvar', 'SUM'), fc.option(grouping, { nil: '' }), fc.boolean());
const scalarLiteral = fc.constantFrom('0', '1', '0.5', '1.5', '2', '1e6');
const matching = fc.constantFrom(
  '', '', ' on (namespace, job, __name__) ', ' ignoring (le) ', ' on (job) ', ' on () ', ' ignoring (namespace) ', ' on (job) group_left ', ' ignoring (job, le) group_right () ', ' on (job) group_left (namespace) ',
);

const overTime = fc.constantFrom('rate', 'increase', 'irate', 'delta', 'idelta', 'deriv', 'changes', 'resets', 'avg_over_time', 'min_over_time', 'max_over_time', 'sum_over_time', 'count_over_time', 'last_over_time', 'present_over_time', 'stddev_over_time', 'stdvar_over_time', 'absent_over_time');
const ofVector = fc.constantFrom('abs', 'absent', 'ceil', 'floor', 'exp', 'ln', 'log2', 'sqrt', 'sgn', 'round', 'sort', 'sort_desc', 'timestamp', 'deg', 'tanh', 'hour', 'day_of_month');

/** Queries of up to so many levels, all of the type instant vector. */
export function queryOf(levels: number): fc.Arbitrary<string> {
  const call = (named: fc.Arbitrary<string>, ...args: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
    fc.tuple(named, blank, fc.tuple(...args), blank).map(([text, before, list, after]) => `${text}${before}(${list.join(`,${after}`)}${after})`);
  const constant = (text: string): fc.Arbitrary<string> => fc.constant(text);

  const { vector } = fc.letrec<{ vector: string; scalar: string; ranged: string }>((tie) => ({
    vector: fc.oneof(
      { maxDepth: levels },
      { weight: 4, arbitrary: fc.tuple(selector, at).map((parts) => parts.join('')) },
      { weight: 4, arbitrary: fc.tuple(grouped, blank, tie('vector')).map(([[aggregation, clause, before], space, body]) => (before ? `${aggregation} ${clause}${space}(${body})` : `${aggregation}(${space}${body}) ${clause}`)) },
      { weight: 3, arbitrary: call(overTime, tie('ranged')) },
      { weight: 2, arbitrary: call(ofVector, tie('vector')) },
      // Which of equal values are the top ones is left to chance, so their labels are shown for a metric without equals only.
      fc.tuple(fc.constantFrom('topk', 'bottomk'), fc.option(grouping, { nil: '' }), tie('scalar'), fc.constantFrom<string>(...gauges)).map(([aggregation, clause, parameter, body]) => `${aggregation} ${clause} (${parameter}, ${body})`),
      fc.tuple(fc.constantFrom('sum', 'count', 'max'), fc.constantFrom('topk', 'bottomk', 'quantile'), fc.option(grouping, { nil: '' }), tie('scalar'), tie('vector')).map(([outer, aggregation, clause, parameter, body]) => `${outer}(${aggregation} ${clause} (${parameter}, ${body}))`),
      call(constant('count_values'), constant('"value"'), tie('vector')),
      call(fc.constantFrom('clamp_max', 'clamp_min', 'round'), tie('vector'), tie('scalar')),
      call(constant('histogram_quantile'), tie('scalar'), constant(`sum by (le, namespace) (rate(${buckets}[10m]))`)),
      call(constant('predict_linear'), tie('ranged'), tie('scalar')),
      call(constant('quantile_over_time'), tie('scalar'), tie('ranged')),
      call(constant('label_replace'), tie('vector'), constant('"copy"'), constant('"$1"'), constant('"namespace"'), constant('"(.*)"')),
      call(constant('label_replace'), tie('vector'), constant('"namespace"'), constant('"$1"'), constant('"job"'), constant('"(.*)"')),
      call(constant('label_join'), tie('vector'), constant('"copy"'), constant('"-"'), constant('"namespace"'), constant('"job"')),
      call(constant('vector'), tie('scalar')),
      { weight: 2, arbitrary: fc.tuple(tie('vector'), fc.constantFrom('+', '*', ' - ', '/', '^', ' > ', ' == bool ', '!=bool ', ' atan2 '), tie('scalar')).map((parts) => parts.join('')) },
      { weight: 2, arbitrary: fc.tuple(tie('vector'), fc.constantFrom(' or ', ' AND ', ' unless ', ' or on () ', ' and on (job) ', ' unless ignoring (namespace) '), tie('vector')).map((parts) => parts.join('')) },
      { weight: 2, arbitrary: fc.tuple(tie('vector'), fc.constantFrom('+', '*', '-', '/', '>', '<='), matching, tie('vector')).map(([left, operator, clause, right]) => `(${left}) ${operator}${clause} ${clause.endsWith('group_left ') ? `sum(${right})` : `(${right})`}`) },
      tie('vector').map((body) => `-${body}`),
      fc.tuple(blank, tie('vector'), blank).map(([before, body, after]) => `(${before}${body}${after})`),
    ),
    ranged: fc.oneof(
      { maxDepth: levels },
      { weight: 3, arbitrary: fc.tuple(selector, range, at).map(([text, length, moment]) => `${text}[${length}]${moment}`) },
      fc.tuple(tie('vector'), range, fc.constantFrom('', '1m', '90s'), at).map(([body, length, step, moment]) => `(${body})[${length}:${step}]${moment}`),
    ),
    scalar: fc.oneof({ maxDepth: levels }, { weight: 4, arbitrary: scalarLiteral }, fc.constantFrom('pi()', 'time() % 7', '-1'), call(constant('scalar'), tie('vector'))),
  }));
  return fc.tuple(blank, vector, blank).map((parts) => parts.join(''));
}
