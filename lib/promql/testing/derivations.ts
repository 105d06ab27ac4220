/**
 * Random derivations of Prometheus's grammar (`@prometheus-io/lezer-promql`), every rule of it. Types do not matter here:
 * whatever parses must be scoped or refused. Knows no scope and no code under test.
 */
import fc from 'fast-check';
import { blank, braces, grouping, keyword, stringLiteral } from './texts';

const functionNames = `
  absent_over_time absent abs acos acosh asin asinh atan atanh avg_over_time ceil changes clamp clamp_max clamp_min cos
  cosh count_over_time days_in_month day_of_month day_of_week day_of_year deg delta deriv exp first_over_time floor
  histogram_count histogram_fraction histogram_quantile histogram_quantiles histogram_stddev histogram_stdvar
  histogram_sum histogram_avg double_exponential_smoothing hour idelta increase irate label_replace label_join
  last_over_time ln log10 log2 mad_over_time max_over_time min_over_time ts_of_first_over_time ts_of_max_over_time
  ts_of_min_over_time ts_of_last_over_time minute month pi predict_linear present_over_time quantile_over_time rad rate
  resets round scalar sgn sin sinh sort sort_desc sort_by_label sort_by_label_desc start_timestamp range step sqrt start
  end stddev_over_time stdvar_over_time sum_over_time tan tanh timestamp time vector year`
  .trim()
  .split(/\s+/);

const aggregations = keyword('avg', 'bottomk', 'count', 'count_values', 'group', 'max', 'min', 'quantile', 'limitk', 'limit_ratio', 'stddev', 'stdvar', 'sum', 'topk');
const comparisons = ['==', '!=', '>', '>=', '<', '<=', '</', '>/'];
const operator = fc.oneof(fc.constantFrom('^', '*', '/', '%', '+', '-', ...comparisons), keyword('atan2', 'and', 'or', 'unless').map((word) => ` ${word} `));

/** Metrics whose names mean something elsewhere, beside plain ones. */
const metricName = fc.constantFrom(
  'up', 'a:b', ':c', '_x', 'sum', 'by', 'without', 'and', 'or', 'unless', 'atan2', 'rate', 'info', 'start', 'end', 'step', 'fill', 'fill_left', 'smoothed', 'anchored', 'topk', 'time', 'min_of', 'TOPK', 'offset_',
);

const selector = fc.oneof(metricName, braces, fc.tuple(metricName, blank, braces).map((parts) => parts.join('')));
const numeral = fc.constantFrom('1', '0.5', '.5', '1e3', '1E-2', '1_000', '0x1F', '5m', '1h30m');
const literal = fc.oneof(fc.tuple(fc.constantFrom('', '-', '+'), fc.oneof(numeral, keyword('inf', 'nan'))).map((parts) => parts.join('')), stringLiteral);

const { duration, offsetDuration } = fc.letrec<{ duration: string; computed: string; offsetDuration: string }>((tie) => ({
  // What has to be computed is refused, so it is rare: most queries are to get through.
  duration: fc.oneof({ maxDepth: 3 }, { weight: 80, arbitrary: numeral }, { weight: 1, arbitrary: tie('computed') }),
  computed: fc.oneof(
    { maxDepth: 3 },
    // A colon may be part of a name, so `inf:` would be one.
    fc.constantFrom('step()', 'range()', 'inf '),
    fc.tuple(fc.constantFrom('min_of', 'max_of'), tie('duration'), tie('duration')).map(([name, a, b]) => `${name}(${a}, ${b})`),
    fc.tuple(tie('duration'), fc.constantFrom('^', '*', '/', '%', '+', '-'), tie('duration')).map((parts) => parts.join(' ')),
    tie('duration').map((text) => `(${text})`),
    tie('duration').map((text) => `-${text}`),
  ),
  offsetDuration: fc.oneof(
    { weight: 40, arbitrary: fc.tuple(fc.constantFrom('', '-', '+', '- -'), numeral).map((parts) => parts.join('')) },
    { weight: 1, arbitrary: fc.constantFrom('step()', '-range()', 'min_of(1m, 2m)', 'max_of(1m, range())', '(5m)', 'inf') },
  ),
}));

const at = fc.oneof(fc.constantFrom('0', '-1.5', '1700000000', '5m'), keyword('start', 'end').map((word) => `${word}()`));
const fill = fc.constantFrom('fill(0)', 'fill_left(1)', 'FILL_RIGHT(-1)', 'fill_left(0) fill_right(inf)', 'fill_right (1) fill_left (2)').map((text) => ` ${text} `);
const matching = fc.tuple(keyword('on', 'ignoring'), grouping, fc.option(fc.tuple(keyword('group_left', 'group_right'), grouping), { nil: ['', ''] as const })).map(([clause, labels, [group, included]]) => ` ${clause}${labels} ${group}${included} `);
const orNone = (texts: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.oneof({ weight: 3, arbitrary: fc.constant('') }, { weight: 1, arbitrary: texts });
const modifiers = fc.tuple(orNone(keyword('bool').map((word) => ` ${word} `)), orNone(matching), orNone(fill)).map((parts) => parts.join(''));

/** Expressions of the grammar up to so many levels. Every one parses. */
export function derivationOf(levels: number): fc.Arbitrary<string> {
  const { expression } = fc.letrec<{ expression: string; list: string }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: levels, depthSize: 'medium' },
      { weight: 6, arbitrary: selector },
      literal,
      { weight: 4, arbitrary: fc.tuple(tie('expression'), operator, modifiers, tie('expression')).map((parts) => parts.join('')) },
      // Without labels, what follows in parentheses would be taken for them.
      fc.tuple(tie('expression'), fc.constantFrom('* on () group_left ', '/ IGNORING (a,) GROUP_RIGHT fill(0) '), selector).map((parts) => parts.join('')),
      { weight: 3, arbitrary: fc.tuple(fc.constantFrom(...functionNames), blank, tie('list')).map(([name, space, list]) => `${name}${space}(${list})`) },
      { weight: 2, arbitrary: fc.tuple(aggregations, blank, tie('list'), orNone(fc.tuple(keyword(' by', ' without'), grouping).map((parts) => parts.join('')))).map(([name, space, list, by]) => `${name}${space}(${list})${by}`) },
      fc.tuple(aggregations, keyword(' by', ' without'), grouping, blank, tie('list')).map(([name, by, labels, space, list]) => `${name}${by}${labels}${space}(${list})`),
      fc.tuple(fc.constantFrom('-', '+', '- -'), tie('expression')).map((parts) => parts.join('')),
      fc.tuple(blank, tie('expression'), blank).map(([before, body, after]) => `(${before}${body}${after})`),
      fc.tuple(tie('expression'), blank, duration).map(([body, space, range]) => `${body}${space}[${range}]`),
      fc.tuple(tie('expression'), blank, duration, orNone(duration)).map(([body, space, range, step]) => `${body}${space}[${range}${space}:${step}]`),
      fc.tuple(tie('expression'), keyword(' offset '), offsetDuration).map((parts) => parts.join('')),
      fc.tuple(tie('expression'), fc.constantFrom(' @ ', '@'), at).map((parts) => parts.join('')),
      fc.tuple(tie('expression'), keyword(' smoothed', ' anchored')).map((parts) => parts.join('')),
    ),
    // `info` selects series by itself and is refused, so it is rare.
    list: fc.oneof(
      { maxDepth: levels, depthSize: 'medium' },
      { weight: 10, arbitrary: tie('expression') },
      { weight: 6, arbitrary: fc.tuple(tie('expression'), blank, tie('expression')).map(([first, space, second]) => `${first}${space},${space}${second}`) },
      fc.constant(''),
      { weight: 1, arbitrary: tie('expression').map((body) => `info(${body})`) },
    ),
  }));
  return fc.tuple(blank, expression, blank).map((parts) => parts.join(''));
}
