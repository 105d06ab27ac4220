/**
 * Reads a query: where its selectors stand, and whether it keeps within the limits. Changes nothing and knows no scope.
 *
 * What is read here is later parsed by another program, Prometheus. A text that the two would split into tokens
 * differently could hide a selector from this side, so such texts are refused even where the grammar accepts them.
 */
import { createMeter, instant, type CostLimits, type Evaluation } from './cost';
import { knownNodes, matcherNodes, nestingNodes, selectingFunctions } from './nodes';
import { PromqlRefusal } from './refusal';
import { parserDepth, parseTree, syntax, type SyntaxNode } from './tree';

export interface QueryLimits extends CostLimits {
  /** Length of the query in bytes of UTF-8. */
  readonly queryBytes: number;
  /** How deep expressions may stand in one another. */
  readonly queryDepth: number;
  /** Matchers over all selectors; like in Prometheus, the metric's name is one. */
  readonly matchers: number;
}

export interface Selector {
  /** Position after the opening brace, or after the metric's name when there are no braces. */
  readonly insertAt: number;
  readonly braces: boolean;
  /** Texts of the matchers between the braces. */
  readonly matchers: readonly string[];
}

export interface ParsedQuery {
  /** In the order of the text. */
  readonly selectors: readonly Selector[];
  /** Name of a function that selects series by itself, as the caller wrote it. */
  readonly selectingFunction: string | undefined;
  /** Whether the query is one selector and nothing else but blanks and comments. */
  readonly bareSelector: boolean;
}

/** What stands outside strings and comments. Lezer takes every Unicode blank for one, Prometheus only these. */
const plainText = /^[\t\n\r -~]*$/;

/** String literals as Prometheus's lexer ends them (lexString, lexEscape); Lezer takes unfinished ones and any escape. */
const escapes = String.raw`[abfnrtv\\]|[0-3][0-7]{2}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}`;
const strings: Readonly<Record<string, RegExp>> = {
  '"': new RegExp(String.raw`^"(?:[^"\\\n]|\\(?:"|${escapes}))*"$`),
  "'": new RegExp(String.raw`^'(?:[^'\\\n]|\\(?:'|${escapes}))*'$`),
  '`': /^`[^`]*`$/,
};

/**
 * Parses a query.
 *
 * @param evaluation when the query is evaluated, for what its subqueries cost; at one moment at least
 * @throws PromqlRefusal when it is too large, is not valid PromQL, or holds something that nobody has looked at
 */
export function parseQuery(query: string, limits: QueryLimits, evaluation: Evaluation = instant): ParsedQuery {
  const bytes = Buffer.byteLength(query);
  if (bytes > limits.queryBytes) throw new PromqlRefusal('too-large', `The query has ${bytes} bytes; ${limits.queryBytes} are allowed.`);
  const tree = parseTree(query);

  const meter = createMeter(query, limits, evaluation);
  const depthLimit = Math.min(limits.queryDepth, parserDepth);
  const selectors: Selector[] = [];
  let selectingFunction: string | undefined;
  let depth = 0;
  let matchers = 0;
  let plainFrom = 0;

  tree.iterate({
    enter(node) {
      if (node.type.isError) throw syntax(node.from);
      if (!knownNodes.has(node.name)) throw new PromqlRefusal('unknown', `The query uses ${node.name} at character ${node.from + 1}, which is not supported.`);
      if (nestingNodes.has(node.name) && ++depth > depthLimit) {
        throw new PromqlRefusal('too-large', `The query is nested deeper than the ${depthLimit} levels allowed.`);
      }
      if (selectingFunctions.has(node.name)) selectingFunction ??= query.slice(node.from, node.to);
      if (node.name === 'StringLiteral' || node.name === 'LineComment') {
        assertPlain(query, plainFrom, node.from);
        assertSameTokenEnd(node.name, query.slice(node.from, node.to), node.from);
        plainFrom = node.to;
      }
      if (node.name === 'VectorSelector') {
        const selector = readSelector(query, node.node);
        selectors.push(selector);
        matchers += 1 + selector.matchers.length;
      }
      meter.enter(node);
    },
    leave(node) {
      if (nestingNodes.has(node.name)) depth--;
      meter.leave(node);
    },
  });
  assertPlain(query, plainFrom, query.length);
  if (matchers > limits.matchers) throw new PromqlRefusal('too-large', `The query has ${matchers} matchers; ${limits.matchers} are allowed.`);
  meter.finish();

  return { selectors, selectingFunction, bareSelector: tree.topNode.getChild('Expr')?.name === 'VectorSelector' };
}

function readSelector(query: string, node: SyntaxNode): Selector {
  const braces = node.getChild('LabelMatchers');
  const name = node.getChild('Identifier');
  return { insertAt: braces ? braces.from + 1 : (name ?? node).to, braces: braces !== null, matchers: matcherTexts(query, node) };
}

/** Texts of the matchers between the braces of a vector selector. */
export function matcherTexts(query: string, node: SyntaxNode): string[] {
  const matchers: string[] = [];
  for (let child = node.getChild('LabelMatchers')?.firstChild ?? null; child; child = child.nextSibling) {
    if (matcherNodes.has(child.name)) matchers.push(query.slice(child.from, child.to));
  }
  return matchers;
}

function assertPlain(query: string, from: number, to: number): void {
  if (!plainText.test(query.slice(from, to))) throw syntax(from, 'a character that may only stand in a string or comment');
}

/** Makes sure that Prometheus ends a string or comment where the tree says it ends. */
function assertSameTokenEnd(name: 'StringLiteral' | 'LineComment', text: string, at: number): void {
  if (name === 'StringLiteral') {
    if (!strings[text.charAt(0)]?.test(text)) throw syntax(at, 'a string that is not finished or has an unknown escape');
    return;
  }
  // For Prometheus a carriage return ends a comment, for Lezer only a line feed: `up # \r or foreign_metric`.
  const carriageReturn = text.indexOf('\r');
  if (carriageReturn !== -1 && carriageReturn !== text.length - 1) throw syntax(at, 'a comment with a carriage return');
}
