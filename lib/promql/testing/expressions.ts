/** Random PromQL, built from the grammar, for tests. Knows nothing of scopes or of the code under test. */
import fc from 'fast-check';

/** The metrics that expressions name: keywords and function names among them. */
export const metricNames = ['up', 'sum', 'by', 'rate', 'info', 'start', 'and', 'a:b', '_x', 'offset_', 'time'] as const;

const blank = fc.constantFrom('', ' ', '\n', '\t', ' # note }\n', ' # "\r\n');
const labelName = fc.constantFrom('job', 'namespace', 'on', 'by', 'a1', '__name__', '"label.name"', "'namespace'");
const stringLiteral = fc.oneof(
  fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
  fc.constantFrom(`'\\''`, '`"} or y{`', '"\\""', '"#"', "'{'", '""', '"\\x41"'),
);
const matcher = fc.tuple(labelName, blank, fc.constantFrom('=', '!=', '=~', '!~'), stringLiteral).map((parts) => parts.join(''));
const braces = fc
  .tuple(fc.array(matcher, { maxLength: 3 }), blank, fc.boolean())
  .map(([matchers, space, trailing]) => `{${space}${matchers.join(`,${space}`)}${trailing && matchers.length > 0 ? ',' : ''}${space}}`);
const metricName = fc.constantFrom(...metricNames);
const selector = fc.oneof(metricName, braces, fc.tuple(metricName, blank, braces).map((parts) => parts.join('')), fc.constantFrom('{"a.b"}', '{"a.b",job="x"}'));
const duration = fc.constantFrom('5m', '1h30m', '90', '0x5a', '1.5e2', '250ms');
const grouping = fc.constantFrom('', ' by (job)', ' without (namespace, on)', ' by ("a.b",)', ' BY ()');
const operator = fc.constantFrom(' + ', '*', ' / on (job) group_left (x) ', ' and ', ' unless on () ', ' == bool ', ' ^ ', ' OR ', ' atan2 ', '>');

/** PromQL expressions of up to so many levels. Every one parses; not every one has sensible types. */
export function expressionOf(level: number): fc.Arbitrary<string> {
  if (level === 0) return fc.oneof({ weight: 9, arbitrary: selector }, { weight: 1, arbitrary: fc.constantFrom('1', '0x1F', 'Inf', 'time()') });
  const part = expressionOf(level - 1);
  const range = fc
    .tuple(fc.oneof(selector, part.map((text) => `(${text})`)), duration, fc.constantFrom('', ':', ':1m'))
    .map(([text, length, step]) => `${text}[${length}${step}]`);
  return fc.oneof(
    part,
    part.map((text) => `-${text}`),
    fc.tuple(selector, fc.constantFrom(' offset 5m', ' offset -1h', ' @ 3', ' @ end()', ' @ start() offset 1m')).map((parts) => parts.join('')),
    fc.tuple(fc.constantFrom('abs', 'absent', 'scalar', 'sort', 'timestamp', 'ln'), blank, part).map(([name, space, body]) => `${name}${space}(${body})`),
    fc.tuple(fc.constantFrom('rate', 'max_over_time', 'absent_over_time'), range).map(([name, body]) => `${name}(${body})`),
    fc.tuple(fc.constantFrom('sum', 'MAX', 'count', 'group'), grouping, blank, part).map(([name, by, space, body]) => `${name}${by}${space}(${body})`),
    fc.tuple(fc.constantFrom('topk', 'quantile'), part, part, grouping).map(([name, parameter, body, by]) => `${name}(${parameter}, ${body})${by}`),
    fc.tuple(part, stringLiteral, stringLiteral).map(([body, from, to]) => `label_replace(${body}, "namespace", ${from}, "job", ${to})`),
    { weight: 4, arbitrary: fc.tuple(part, operator, part).map((parts) => parts.join('')) },
    fc.tuple(blank, part, blank).map(([before, body, after]) => `(${before}${body}${after})`),
  );
}
