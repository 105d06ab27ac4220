/** Small pieces of PromQL in every spelling, for random queries in tests. Knows no scope and no code under test. */
import fc from 'fast-check';

/** What may stand between two tokens; a comment may look like anything. */
export const blank = fc.constantFrom('', '', ' ', ' ', '\n', '\t', ' # note }\n', ' # "\r\n');

/** String literals in all three forms, with every escape. */
export const stringLiteral = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }).map((text) => JSON.stringify(text)),
  fc.constantFrom(`'\\''`, '`"} or y{`', '"\\""', '"#"', "'{'", '""', '"\\x41\\101\\u0041\\U00000041\\a\\v"', '`\\`', "'namespace=\"a\"'", '`one\ntwo`'),
);

/** Names that a label can have although they are keywords, and names that only quotes allow. */
export const labelName = fc.constantFrom('job', 'namespace', 'on', 'by', 'offset', 'bool', 'inf', 'a1', '__name__', '_', '"label.name"', "'namespace'", '`größe`');

const matcher = fc.tuple(labelName, blank, fc.constantFrom('=', '!=', '=~', '!~'), blank, stringLiteral).map((parts) => parts.join(''));

/** Matchers in braces; a quoted text alone names the metric. */
export const braces = fc
  .tuple(fc.array(fc.oneof({ weight: 5, arbitrary: matcher }, { weight: 1, arbitrary: fc.constantFrom('"a.b"', "'up'", '`up`') }), { maxLength: 3 }), blank, fc.boolean())
  .map(([matchers, space, trailing]) => `{${space}${matchers.join(`${space},`)}${trailing && matchers.length > 0 ? ',' : ''}${space}}`);

/** Labels in parentheses, as clauses name them. */
export const grouping = fc.tuple(fc.array(labelName, { maxLength: 3 }), blank, fc.boolean()).map(([names, space, trailing]) => `${space}(${names.join(`,${space}`)}${trailing && names.length > 0 ? ',' : ''})`);

/** A word in lower or upper case: PromQL's keywords are read in both, its functions are not. */
export function keyword(...words: readonly [string, ...string[]]): fc.Arbitrary<string> {
  return fc.tuple(fc.constantFrom(...words), fc.boolean()).map(([word, upper]) => (upper ? word.toUpperCase() : word));
}
