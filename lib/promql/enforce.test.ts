/** What goes in, what comes out: the specification of the boundary, grouped by what an attacker would try. */
import { describe, expect, test } from 'vitest';
import { enforce, enforceSelector, scopeSelector, type EnforceOptions, type QueryScope } from './enforce';
import { EnforcementDefect, PromqlRefusal, type RefusalReason } from './refusal';
import { parseTree } from './tree';

const options: EnforceOptions = { label: 'namespace', limits: { queryBytes: 16_384, queryDepth: 64, matchers: 200, range: 92 * 86_400_000, subqueryPoints: 500_000, windowTime: 50_000 * 86_400_000 } };
const one: QueryScope = { kind: 'namespaces', namespaces: ['a'] };
const two: QueryScope = { kind: 'namespaces', namespaces: ['a', 'b'] };

/** Stands for the matcher of scope `a` in the expected texts. */
const N = 'namespace="a"';

function scopedTo(query: string, expected: string): void {
  expect(enforce(query, one, options)).toBe(expected);
}

function reasonOf(action: () => unknown): RefusalReason | undefined {
  try {
    action();
  } catch (error) {
    if (error instanceof PromqlRefusal) return error.reason;
    throw error;
  }
  return undefined;
}

describe('naming a metric in every way there is', () => {
  test.each([
    ['up', `up{${N}}`],
    ['up{}', `up{${N}}`],
    ['up{ }', `up{${N} }`],
    ['up {job="x"}', `up {${N},job="x"}`],
    ['up{job="x"}', `up{${N},job="x"}`],
    ['up{job="x",}', `up{${N},job="x",}`],
    ['{__name__="up"}', `{${N},__name__="up"}`],
    ['{__name__=~".+"}', `{${N},__name__=~".+"}`],
    ['{job="x"}', `{${N},job="x"}`],
    ['{}', `{${N}}`],
    ['{"up"}', `{${N},"up"}`],
    ['{"gpu.util", job="x"}', `{${N},"gpu.util", job="x"}`],
    ["{'gpu.util'}", `{${N},'gpu.util'}`],
    ['{`gpu.util`}', `{${N},\`gpu.util\`}`],
    ['{"label.name"="x"}', `{${N},"label.name"="x"}`],
    ['job:up:sum', `job:up:sum{${N}}`],
    [':up', `:up{${N}}`],
    ['_up', `_up{${N}}`],
    ['UP', `UP{${N}}`],
    ['{"up",}', `{${N},"up",}`],
    ['{job="x","up"}', `{${N},job="x","up"}`],
    ['{"größe.in.byte"}', `{${N},"größe.in.byte"}`],
    ['{"a\\"b"}', `{${N},"a\\"b"}`],
    ['up{"größe"=~".*"}', `up{${N},"größe"=~".*"}`],
    ['{__name__="up",__name__=~".*"}', `{${N},__name__="up",__name__=~".*"}`],
    ['{__name__!=""}', `{${N},__name__!=""}`],
  ])('%s', scopedTo);
});

describe('using a keyword or a function name as a metric name', () => {
  test.each([
    ['sum', `sum{${N}}`],
    ['count', `count{${N}}`],
    ['by', `by{${N}}`],
    ['without{a="b"}', `without{${N},a="b"}`],
    ['and', `and{${N}}`],
    ['and and and', `and{${N}} and and{${N}}`],
    ['or or or', `or{${N}} or or{${N}}`],
    ['unless', `unless{${N}}`],
    ['rate', `rate{${N}}`],
    ['info', `info{${N}}`],
    ['info{a="b"}', `info{${N},a="b"}`],
    ['time', `time{${N}}`],
    ['start', `start{${N}}`],
    ['end', `end{${N}}`],
    ['step', `step{${N}}`],
    ['sum(sum)', `sum(sum{${N}})`],
    ['sum by (by) (by)', `sum by (by) (by{${N}})`],
    ['topk(1, topk)', `topk(1, topk{${N}})`],
    ['group offset 5m', `group{${N}} offset 5m`],
    ['up{on="x", bool="y", offset="z"}', `up{${N},on="x", bool="y", offset="z"}`],
    ['up{inf="x",nan="y",by="z"}', `up{${N},inf="x",nan="y",by="z"}`],
    ['atan2 atan2 atan2', `atan2{${N}} atan2 atan2{${N}}`],
    ['fill + fill_left', `fill{${N}} + fill_left{${N}}`],
    ['fill / fill (0) fill', `fill{${N}} / fill (0) fill{${N}}`],
    ['smoothed smoothed', `smoothed{${N}} smoothed`],
    ['anchored[5m] anchored', `anchored{${N}}[5m] anchored`],
    ['min_of', `min_of{${N}}`],
    ['range / step', `range{${N}} / step{${N}}`],
    ['limit_ratio', `limit_ratio{${N}}`],
    ['start @ start()', `start{${N}} @ start()`],
    ['end() - end', `end() - end{${N}}`],
    ['sum without (without) (without)', `sum without (without) (without{${N}})`],
  ])('%s', scopedTo);
});

describe('asking for another project in the matchers', () => {
  test.each([
    ['up{namespace="b"}', `up{${N},namespace="b"}`],
    ['up{namespace=~".*"}', `up{${N},namespace=~".*"}`],
    ['up{namespace!="a"}', `up{${N},namespace!="a"}`],
    ['up{namespace!~"a"}', `up{${N},namespace!~"a"}`],
    ['up{namespace=""}', `up{${N},namespace=""}`],
    ['up{"namespace"="b"}', `up{${N},"namespace"="b"}`],
    ['up{namespace="a"}', `up{${N},namespace="a"}`],
    ['up{namespace="a",namespace="b"}', `up{${N},namespace="a",namespace="b"}`],
    ['up{ exported_namespace="b" }', `up{${N}, exported_namespace="b" }`],
    ['{"a.b", "namespace"="x"}', `{${N},"a.b", "namespace"="x"}`],
    ["{'namespace'='b'}", `{${N},'namespace'='b'}`],
    ['{`namespace`=`b`}', `{${N},\`namespace\`=\`b\`}`],
    ['up{"name\\x73pace"="b"}', `up{${N},"name\\x73pace"="b"}`],
    ['up{namespace=~"a|b"}', `up{${N},namespace=~"a|b"}`],
    ['up{namespace=~"(?i)A"}', `up{${N},namespace=~"(?i)A"}`],
    ['up{NAMESPACE="b"}', `up{${N},NAMESPACE="b"}`],
  ])('%s', scopedTo);
});

describe('hiding a selector deep in an expression', () => {
  test.each([
    ['rate(x[5m])', `rate(x{${N}}[5m])`],
    ['x[5m]', `x{${N}}[5m]`],
    ['x{}[5m]', `x{${N}}[5m]`],
    ['x offset 5m', `x{${N}} offset 5m`],
    ['x offset -5m', `x{${N}} offset -5m`],
    ['x @ 1700000000', `x{${N}} @ 1700000000`],
    ['x @ start()', `x{${N}} @ start()`],
    ['x @ end() offset 1h', `x{${N}} @ end() offset 1h`],
    ['x[5m] offset 1h @ 3', `x{${N}}[5m] offset 1h @ 3`],
    ['x[1h:5m]', `x{${N}}[1h:5m]`],
    ['x[1h:]', `x{${N}}[1h:]`],
    ['max_over_time(rate(x[5m])[1h:1m])', `max_over_time(rate(x{${N}}[5m])[1h:1m])`],
    ['max_over_time((x - y)[1h:] @ end())', `max_over_time((x{${N}} - y{${N}})[1h:] @ end())`],
    ['x smoothed', `x{${N}} smoothed`],
    ['rate(x[5m] anchored)', `rate(x{${N}}[5m] anchored)`],
    ['sum(x)', `sum(x{${N}})`],
    ['sum by (namespace) (x)', `sum by (namespace) (x{${N}})`],
    ['sum(x) without (namespace)', `sum(x{${N}}) without (namespace)`],
    ['SUM BY (a) (x)', `SUM BY (a) (x{${N}})`],
    ['topk(scalar(y), x)', `topk(scalar(y{${N}}), x{${N}})`],
    ['quantile(scalar(sum(y)), x)', `quantile(scalar(sum(y{${N}})), x{${N}})`],
    ['count_values("namespace", x)', `count_values("namespace", x{${N}})`],
    ['limitk(2, x)', `limitk(2, x{${N}})`],
    ['limit_ratio(0.5, x)', `limit_ratio(0.5, x{${N}})`],
    ['x + y', `x{${N}} + y{${N}}`],
    ['x+y', `x{${N}}+y{${N}}`],
    ['-x', `-x{${N}}`],
    ['-(x) ^ -y', `-(x{${N}}) ^ -y{${N}}`],
    ['x > bool y', `x{${N}} > bool y{${N}}`],
    ['x and on (job) y', `x{${N}} and on (job) y{${N}}`],
    ['x * on (a) group_left (b) y', `x{${N}} * on (a) group_left (b) y{${N}}`],
    ['x * ignoring (namespace) group_right () y', `x{${N}} * ignoring (namespace) group_right () y{${N}}`],
    ['x / fill (0) y', `x{${N}} / fill (0) y{${N}}`],
    ['x atan2 y', `x{${N}} atan2 y{${N}}`],
    ['x unless y or z', `x{${N}} unless y{${N}} or z{${N}}`],
    ['absent(x)', `absent(x{${N}})`],
    ['absent_over_time(x[5m])', `absent_over_time(x{${N}}[5m])`],
    ['scalar(x)', `scalar(x{${N}})`],
    ['vector(scalar(x))', `vector(scalar(x{${N}}))`],
    ['histogram_quantile(0.9, sum by (le) (rate(x_bucket[5m])))', `histogram_quantile(0.9, sum by (le) (rate(x_bucket{${N}}[5m])))`],
    ['histogram_fraction(0, 1, x)', `histogram_fraction(0, 1, x{${N}})`],
    ['label_replace(x, "namespace", "b", "", "")', `label_replace(x{${N}}, "namespace", "b", "", "")`],
    ['label_join(x, "namespace", ",", "a", "b")', `label_join(x{${N}}, "namespace", ",", "a", "b")`],
    ['predict_linear(x[1h], 4 * 3600)', `predict_linear(x{${N}}[1h], 4 * 3600)`],
    ['((((x))))', `((((x{${N}}))))`],
    ['x @ -1.5', `x{${N}} @ -1.5`],
    ['x @start()', `x{${N}} @start()`],
    ['x offset +5m', `x{${N}} offset +5m`],
    ['x offset - -5m', `x{${N}} offset - -5m`],
    ['x offset 90', `x{${N}} offset 90`],
    ['x OFFSET 1h30m @ END()', `x{${N}} OFFSET 1h30m @ END()`],
    ['(x offset 5m)[1h:] @ 0 offset -1h', `(x{${N}} offset 5m)[1h:] @ 0 offset -1h`],
    ['x[5m:][5m:][5m:]', `x{${N}}[5m:][5m:][5m:]`],
    ['histogram_avg(x) / histogram_count(y)', `histogram_avg(x{${N}}) / histogram_count(y{${N}})`],
    ['histogram_stddev(x) + histogram_stdvar(y)', `histogram_stddev(x{${N}}) + histogram_stdvar(y{${N}})`],
    ['histogram_sum(rate(x[5m]))', `histogram_sum(rate(x{${N}}[5m]))`],
    ['histogram_quantiles(x, "q", 0.5, scalar(y))', `histogram_quantiles(x{${N}}, "q", 0.5, scalar(y{${N}}))`],
    ['double_exponential_smoothing(x[1h], 0.5, 0.5)', `double_exponential_smoothing(x{${N}}[1h], 0.5, 0.5)`],
    ['ts_of_max_over_time(x[1h])', `ts_of_max_over_time(x{${N}}[1h])`],
    ['mad_over_time(x[1h]) or first_over_time(y[1h])', `mad_over_time(x{${N}}[1h]) or first_over_time(y{${N}}[1h])`],
    ['sort_by_label(x, "namespace")', `sort_by_label(x{${N}}, "namespace")`],
    ['start_timestamp(x)', `start_timestamp(x{${N}})`],
    ['x </ 5', `x{${N}} </ 5`],
    ['x >/ y', `x{${N}} >/ y{${N}}`],
    ['clamp(x, scalar(y), scalar(z))', `clamp(x{${N}}, scalar(y{${N}}), scalar(z{${N}}))`],
    ['x >= bool ignoring (namespace) y', `x{${N}} >= bool ignoring (namespace) y{${N}}`],
    ['x + on ("a.b") group_left ("größe") y', `x{${N}} + on ("a.b") group_left ("größe") y{${N}}`],
    ['x + on (a) group_right fill_left (0) fill_right (1) y', `x{${N}} + on (a) group_right fill_left (0) fill_right (1) y{${N}}`],
    ['x * on () group_left (y) (z)', `x{${N}} * on () group_left (y) (z{${N}})`],
    ['sum by ("a.b",) (x)', `sum by ("a.b",) (x{${N}})`],
    ['bottomk by (a) (scalar(y), x)', `bottomk by (a) (scalar(y{${N}}), x{${N}})`],
    ['limit_ratio(scalar(y), x) by (a)', `limit_ratio(scalar(y{${N}}), x{${N}}) by (a)`],
    ['count_values without (a) ("namespace", x)', `count_values without (a) ("namespace", x{${N}})`],
  ])('%s', scopedTo);
});

describe('hiding a selector behind a string or a comment', () => {
  test.each([
    ['x{a="}"}', `x{${N},a="}"}`],
    ['x{a="\\"} or y{b=\\""}', `x{${N},a="\\"} or y{b=\\""}`],
    ["x{a='\\'} or y{b='}", `x{${N},a='\\'} or y{b='}`],
    ['x{a=`"} or y{b="`}', `x{${N},a=\`"} or y{b="\`}`],
    ['x{a=`\\`}', `x{${N},a=\`\\\`}`],
    ['x{a=`one\ntwo`}', `x{${N},a=\`one\ntwo\`}`],
    ['x{a="\\x41\\101\\u0041\\U00000041"}', `x{${N},a="\\x41\\101\\u0041\\U00000041"}`],
    ['x{a="Größe 🚀"}', `x{${N},a="Größe 🚀"}`],
    ['x # {', `x{${N}} # {`],
    ['x # "\n or y # "', `x{${N}} # "\n or y{${N}} # "`],
    ['x # comment\n{a="b"}', `x # comment\n{${N},a="b"}`],
    ['x{ # }\n}', `x{${N} # }\n}`],
    ['x{a="b" # ,\n}', `x{${N},a="b" # ,\n}`],
    ['# first\nx', `# first\nx{${N}}`],
    ['x # windows\r\n or y', `x{${N}} # windows\r\n or y{${N}}`],
    ['x # größer', `x{${N}} # größer`],
    ['"x"', '"x"'],
    ['1 + 2', '1 + 2'],
    ['Inf', 'Inf'],
    ['time() - vector(1)', 'time() - vector(1)'],
  ])('%j', scopedTo);

  test.each([
    ['a comment that ends earlier for Prometheus than for us', 'x # \r or y'],
    ['the same inside braces', 'x{a="b" # \r,c="d"\n}'],
    ['a string that is not finished', 'x{a="b'],
    ['a string that ends with the line', 'x{a="b\n}'],
    ['an escape that Prometheus does not know', 'x{a="\\q"}'],
    ['the other quote escaped', `x{a='\\"'}`],
    ['a line feed behind a backslash', 'x{a="\\\n"}'],
    ['an octal escape that is too large', 'x{a="\\777"}'],
    ['a raw string that is not finished', 'x{a=`b}'],
    ['a blank that only Unicode knows', 'x\u00a0+ y'],
    ['a line separator', 'x\u2028+ y'],
    ['a byte order mark', '\ufeffx'],
    ['a vertical tab', 'x\u000b+ y'],
    ['a NUL', 'x\u0000'],
    ['a Cyrillic letter', 'sum(х)'],
  ])('%s is refused', (_, query) => {
    expect(reasonOf(() => enforce(query, one, options))).toBe('syntax');
  });
});

describe('breaking out with a crafted variable value', () => {
  test.each([
    ['x{job="v"} or y{a="b"}', `x{${N},job="v"} or y{${N},a="b"}`],
    ['x{job="v"} or up{a=""}', `x{${N},job="v"} or up{${N},a=""}`],
  ])('%s', scopedTo);

  test.each([
    'x{job="v"}}',
    'x{job="v"} y{a="b"}',
    'x{job="v"}{namespace="b"}',
    'x{job="v";up}',
    'x;y',
    'x, y',
    'x)',
    '(x',
    'x{job="v"',
    'x[5m',
    'x{,}',
    'x{job="v",,}',
    'x{job=v}',
    'x{job}',
    'x{job="a" or namespace="b"}',
    'x{a="b" or c="d"}',
    'x{a=="b"}',
    'x{a="b"}[5m:1m:1m]',
    '{__name__="x"} y',
    'x y',
    'on',
    'bool',
    'ignoring',
    'group_left',
    '',
    ' ',
    '# only a comment',
    'rate()(x)',
    'sum by (a) ',
    'x @',
    'x offset',
    '$variable',
    'x{namespace="$namespace"} $__interval',
    'default(x)',
    'WITH (a = x) a',
    'x keep_metric_names',
  ])('%s is refused', (query) => {
    expect(reasonOf(() => enforce(query, one, options))).toBe('syntax');
  });
});

describe('selecting series without a selector', () => {
  test.each(['info(x)', 'info(x, {})', 'info(x, {__name__="target_info"})', 'rate(info(x)[5m:])', 'sum(info (x))', '1 + info(x)', 'x or info(y)', 'topk(scalar(info(x)), y)', 'info # (\n(x)', 'info(x @ 0 offset 5m)', 'info()'])('%s is refused', (query) => {
    expect(reasonOf(() => enforce(query, one, options))).toBe('unscopable');
  });

  test('a caller who sees everything may use info()', () => {
    expect(enforce('info(x)', { kind: 'all' }, options)).toBe('info(x)');
  });

  test.each(['no_such_function(x)', 'INFO(x)', 'Rate(x[5m])', 'label_values(x)', 'query_result(x)', 'rollup(x)'])('the unknown function %s is refused', (query) => {
    expect(reasonOf(() => enforce(query, one, options))).toBe('syntax');
  });
});

describe('a range that only the evaluation knows', () => {
  test.each(['x[5m + 1m]', 'x[(5m)]', 'x[step()]', 'x[-5m]', 'x[1h:range() / 100]', 'x[max_of(1m, step())]', 'x offset (5m)', 'x offset -(1m + 1m)', 'x offset step()', 'x offset min_of(1m, 2m)', 'x[2m ^ 2]', 'x[inf]', 'x offset nan'])(
    '%s is refused',
    (query) => {
      expect(reasonOf(() => enforce(query, one, options))).toBe('unknown');
    },
  );
});

describe('exhausting the server', () => {
  // Each would be worth a second of error recovery, or more levels than the parser follows.
  test.each([
    ['commas', ','.repeat(16_300)],
    ['calls of nothing', '()'.repeat(8000)],
    ['braces that never close', '{'.repeat(16_000)],
    ['brackets that never close', '['.repeat(16_000)],
    ['operators without operands', 'x ' + '* '.repeat(8000)],
    ['metrics without operators', 'x '.repeat(8000)],
    ['mistakes in many matchers', `x{${'a=,'.repeat(4000)}}`],
    ['ten thousand parentheses', '('.repeat(5000) + 'x' + ')'.repeat(5000)],
    ['parentheses that never close', '('.repeat(16_000)],
    ['minus signs', '-'.repeat(16_000) + 'x'],
    ['signed powers', 'x' + '^ - 1'.repeat(3200)],
    ['signed powers that never end', 'x' + '^ -'.repeat(5000)],
    ['signed powers in brackets', 'x' + '^-(x^-x'.repeat(2000)],
    ['signs of a duration', `x[${'-'.repeat(15_000)}5m]`],
    ['a sum of thousands', Array(8000).fill('x').join('+')],
    ['a tower of powers', Array(8000).fill('x').join('^')],
    ['nested calls', 'sum('.repeat(4000) + 'x' + ')'.repeat(4000)],
    ['a nested duration', `x[${'('.repeat(6000)}5m${')'.repeat(6000)}]`],
    ['nested subqueries', 'x' + '[1h:]'.repeat(3000)],
  ])('%s: refused without an attempt to repair them', (_, query) => {
    // Which it is for deep ones depends on how much stack there is.
    expect(reasonOf(() => enforce(query, one, options))).toMatch(/^(?:syntax|unknown|too-large)$/);
  });

  test('the parser in use stops at the first mistake', () => {
    for (const query of [','.repeat(16_300), '()'.repeat(8000)]) expect(() => parseTree(query)).toThrow(/at or after character [12]\./);
  });

  test('brackets and powers in strings, comments and side by side are not nested', () => {
    const wide = { ...options, limits: { ...options.limits, queryDepth: 300 } };
    for (const query of [`x{a="${'('.repeat(1000)}"}`, `x{a='\\'${'^'.repeat(1000)}'}`, `x # ${'['.repeat(1000)}`, 'x{a=`' + '{'.repeat(1000) + '`}', Array(100).fill('(x^2)').join('+')]) {
      expect(reasonOf(() => enforce(query, one, wide))).toBeUndefined();
    }
  });

  test('the refusal says where the query stops being one', () => {
    expect(() => enforce('sum(x) }', one, options)).toThrow('The query is not valid: something unexpected at or after character 8.');
  });

  test.each([
    ['a hundred parentheses', '('.repeat(100) + 'x' + ')'.repeat(100)],
    ['a hundred minus signs', '-'.repeat(100) + 'x'],
    ['a sum of hundreds', Array(150).fill('x').join('+')],
    ['a tower of powers', Array(150).fill('x').join('^')],
    ['nested calls', 'sum('.repeat(100) + 'x' + ')'.repeat(100)],
    ['nested subqueries', 'x' + '[1h:1h]'.repeat(100)],
    ['a megabyte', `x{a="${'y'.repeat(1024 * 1024)}"}`],
    ['bytes, not characters', `x{a="${'ö'.repeat(9000)}"}`],
    ['matchers', `x{${Array.from({ length: 201 }, (_, index) => `a${index}=""`).join(',')}}`],
    ['selectors without matchers, each of which gets one', `(${Array(21).fill(`(${Array(10).fill('x').join('+')})`).join('+')})`],
  ])('%s: refused as too large', (_, query) => {
    expect(reasonOf(() => enforce(query, one, options))).toBe('too-large');
  });

  test('a configured depth beyond what the parser can follow does not help', () => {
    const generous: EnforceOptions = { label: 'namespace', limits: { ...options.limits, queryBytes: 1e6, queryDepth: 1e6, matchers: 1e6 } };
    expect(reasonOf(() => enforce('('.repeat(300) + 'x' + ')'.repeat(300), one, generous))).toBe('too-large');
  });

  test('a query at the limit of depth is as deep after scoping as before: nobody can raise the alarm that is meant for defects', () => {
    const generous: EnforceOptions = { ...options, limits: { ...options.limits, queryDepth: 256 } };
    const joined = (operator: string, text: string): string => Array(4).fill(text).join(operator);
    const flatPowers = joined(' or ', joined(' == ', joined('+', joined('*', '1^1'))));
    for (const [query, given] of [
      [`${'('.repeat(255)}x${')'.repeat(255)}`, generous],
      [`${'('.repeat(255)}x{a="b"}${')'.repeat(255)}`, generous],
      [`${flatPowers} or x`, options],
      [`${flatPowers} or x{a="b"}`, options],
    ] as const) {
      expect(enforce(query, one, given)).toContain(N);
      expect(reasonOf(() => enforce(`(${query})^1^1`, one, given))).toBe('too-large');
    }
  });

  test('the limits hold for callers who see everything, too', () => {
    expect(reasonOf(() => enforce('('.repeat(100) + 'x' + ')'.repeat(100), { kind: 'all' }, options))).toBe('too-large');
  });

  test('a refusal states the limit and the value', () => {
    expect(() => enforce('x'.repeat(20_000), one, options)).toThrow('The query has 20000 bytes; 16384 are allowed.');
  });

  test('depth counts expressions in one another, not those side by side', () => {
    const limits = { ...options.limits, queryDepth: 3 };
    expect(enforce('sum(rate(x))', one, { label: 'namespace', limits })).toBe(`sum(rate(x{${N}}))`);
    expect(reasonOf(() => enforce('sum(rate(x[5m]))', one, { label: 'namespace', limits }))).toBe('too-large');
  });
});

describe('scopes', () => {
  test('several namespaces become one regular expression', () => {
    expect(enforce('x / y', two, options)).toBe('x{namespace=~"a|b"} / y{namespace=~"a|b"}');
  });

  test('a caller who sees everything sends the query unchanged', () => {
    expect(enforce('x{namespace="b"} # all\n / y', { kind: 'all' }, options)).toBe('x{namespace="b"} # all\n / y');
  });

  test('a caller who sees everything still sends PromQL only', () => {
    expect(reasonOf(() => enforce('x{', { kind: 'all' }, options))).toBe('syntax');
  });

  test('a namespace cannot break out of the matcher', () => {
    const hostile: QueryScope = { kind: 'namespaces', namespaces: ['a"} or y{z="'] };
    expect(enforce('x', hostile, options)).toBe(String.raw`x{namespace="a\"} or y{z=\""}`);
  });

  test('an empty namespace is a defect, not a query for what belongs to nobody', () => {
    expect(() => enforce('x', { kind: 'namespaces', namespaces: [''] }, options)).toThrow(EnforcementDefect);
  });

  test('the label is the datasource’s own', () => {
    expect(enforce('x{namespace="b"}', one, { ...options, label: 'exported_namespace' })).toBe('x{exported_namespace="a",namespace="b"}');
  });

  test('enforcing twice changes nothing in what is seen', () => {
    expect(enforce(enforce('x', one, options), one, options)).toBe(`x{${N},${N}}`);
  });
});

describe('match[] parameters', () => {
  test.each([
    ['up', `up{${N}}`],
    ['{job="x"}', `{${N},job="x"}`],
    [' up{} # all', ` up{${N}} # all`],
  ])('%s', (selector, expected) => {
    expect(enforceSelector(selector, one, options)).toBe(expected);
  });

  test.each(['up or down', 'up offset 5m', 'up[5m]', '(up)', 'sum(up)', '-up', 'up @ 3', '1', '"up"', 'up} or {a="b"', '', 'up smoothed'])('%s is refused', (selector) => {
    expect(reasonOf(() => enforceSelector(selector, one, options))).toBe('syntax');
  });

  test('a caller who sees everything sends selectors unchanged', () => {
    expect(enforceSelector('up', { kind: 'all' }, options)).toBe('up');
  });

  test('the selector of a scope is its matcher in braces', () => {
    expect(scopeSelector({ kind: 'namespaces', namespaces: ['a', 'b'] }, 'namespace')).toBe('{namespace=~"a|b"}');
  });
});
