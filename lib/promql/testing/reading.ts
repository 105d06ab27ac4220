/**
 * Reads a query for tests, without the code under test: what its tree looks like and what its selectors match. Takes from
 * `@prometheus-io/lezer-promql` the grammar alone.
 */
import { parser } from '@prometheus-io/lezer-promql';

export interface ReadMatcher {
  /** As it stands in the query. */
  readonly text: string;
  /** Without quotes. */
  readonly name: string;
  /** Undefined for a metric's name in quotes. */
  readonly operator: string | undefined;
  readonly value: string;
}

export interface Reading {
  readonly valid: boolean;
  /** Names of all nodes that occur, error nodes aside. */
  readonly nodes: ReadonlySet<string>;
  /** The tree without what stands inside of selectors: name and, for leaves, text of each node by level. */
  readonly outline: readonly string[];
  readonly selectors: readonly { readonly metric: string; readonly matchers: readonly ReadMatcher[] }[];
  /** Texts of all durations in brackets and offsets; a sign in front of an offset only turns it, so it is left out. */
  readonly durations: readonly string[];
}

type Node = ReturnType<typeof parser.parse>['topNode'];

const matcherNames = ['UnquotedLabelMatcher', 'QuotedLabelMatcher', 'QuotedLabelName'];

export function read(query: string): Reading {
  const nodes = new Set<string>();
  const outline: string[] = [];
  const selectors: Reading['selectors'][number][] = [];
  const durations: string[] = [];
  const textOf = (node: Node): string => query.slice(node.from, node.to);
  const childrenOf = (node: Node): Node[] => {
    const children: Node[] = [];
    for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
    return children;
  };
  let valid = true;

  const visit = (node: Node, level: number, insideSelector: boolean): void => {
    if (node.type.isError) valid = false;
    else nodes.add(node.name);
    const children = childrenOf(node);
    if (!insideSelector) outline.push(`${level} ${node.name}${children.length === 0 ? ` ${textOf(node)}` : ''}`);
    if (node.name === 'VectorSelector') {
      const inner = children.flatMap((child) => (child.name === 'LabelMatchers' ? childrenOf(child) : []));
      selectors.push({
        metric: children.filter((child) => child.name === 'Identifier').map(textOf).join(),
        matchers: inner.filter((child) => matcherNames.includes(child.name)).map((child) => readMatcher(textOf(child), childrenOf(child).filter(({ name }) => name !== 'LineComment').map(textOf))),
      });
    }
    if (node.name === 'DurationExpr') durations.push(textOf(node));
    if (node.name === 'OffsetDurationExpr') durations.push(textOf(node).replace(/^[-+\s]+/, ''));
    // A selector without braces has no children to skip: its leaf is the metric's name, which is compared by itself.
    for (const child of children) visit(child, level + 1, insideSelector || node.name === 'VectorSelector');
  };
  visit(parser.parse(query).topNode, 0, false);
  return { valid, nodes, outline, selectors, durations };
}

function readMatcher(text: string, [name = '', operator, value = '']: readonly string[]): ReadMatcher {
  return { text, name: /^["'`]/.test(name) ? unquote(name) : name, operator, value: operator === undefined ? '' : unquote(value) };
}

/** A string literal's value, for escapes that stand for a character (https://pkg.go.dev/strconv#Unquote). */
function unquote(literal: string): string {
  const inner = literal.slice(1, -1);
  if (literal.startsWith('`')) return inner;
  const named: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
  return inner.replace(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|([0-7]{3})|([^]))/gi, (_, x?: string, u?: string, long?: string, octal?: string, other?: string) => {
    const hexadecimal = x ?? u ?? long;
    if (hexadecimal !== undefined) return hexadecimal.length === 4 ? String.fromCharCode(parseInt(hexadecimal, 16)) : String.fromCodePoint(parseInt(hexadecimal, 16));
    return octal === undefined ? (named[other ?? ''] ?? other ?? '') : String.fromCharCode(parseInt(octal, 8));
  });
}

/** Whether a matcher lets a label's value through, for the regular expressions that JavaScript reads as RE2 does. */
export function admits({ operator, value }: ReadMatcher, labelValue: string): boolean {
  const matches = (): boolean => new RegExp(`^(?:${value})$`, 's').test(labelValue);
  if (operator === '=') return labelValue === value;
  if (operator === '!=') return labelValue !== value;
  if (operator === '=~') return matches();
  return operator === '!~' && !matches();
}
