/**
 * Prometheus's grammar, applied to a text. Knows what is no PromQL at all, and nothing of what a valid query may ask for.
 */
import { parser } from '@prometheus-io/lezer-promql';
import { PromqlRefusal } from './refusal';

export type Tree = ReturnType<typeof parser.parse>;
export type SyntaxNode = Tree['topNode'];

/** Stops at the first mistake: recovering from many, as editors need it, takes seconds of CPU for one query. */
const strictParser = parser.configure({ strict: true });

/** Beyond some 900 levels the parser closes nodes by itself without an error node; stay well below, whatever is configured. */
export const parserDepth = 256;

/** What nests, closes or separates. Strings and comments are matched as a whole, because what is in them does not count. */
const marks = /"(?:[^"\\\n]|\\[^])*"?|'(?:[^'\\\n]|\\[^])*'?|`[^`]*`|#[^\n]*|[()[\]{},^]/g;

/**
 * @returns a tree that may still hold error nodes: at thousands of levels the parser closes some by itself
 * @throws PromqlRefusal
 */
export function parseTree(query: string): Tree {
  assertShallow(query);
  try {
    return strictParser.parse(query);
  } catch (error) {
    // The only way in which a strict parser says where it stopped.
    const position = error instanceof SyntaxError ? /^No parse at (\d+)$/.exec(error.message)?.[1] : undefined;
    if (position !== undefined) throw syntax(Number(position));
    // The tree is built recursively; some thousand levels exhaust the stack.
    if (error instanceof RangeError) throw new PromqlRefusal('too-large', 'The query is nested too deeply.');
    throw error;
  }
}

/**
 * Refuses what is nested too deeply before it is parsed: open brackets and signed powers (`x^-x^-x`) have two readings
 * to the parser until they end, and following both takes time that grows with the square of their number.
 */
function assertShallow(query: string): void {
  /** Powers before each open bracket, on its level. */
  const outside: number[] = [];
  let powers = 0;
  let depth = 0;
  for (const [mark] of query.matchAll(marks)) {
    if (mark === '(' || mark === '[' || mark === '{') {
      outside.push(powers);
      powers = 0;
      depth += 1;
    } else if (mark === ')' || mark === ']' || mark === '}') {
      depth = Math.max(0, depth - powers - 1);
      powers = outside.pop() ?? 0;
    } else if (mark === ',') {
      depth -= powers;
      powers = 0;
    } else if (mark === '^') {
      powers += 1;
      depth += 1;
    }
    // Nothing nests in braces: a query is as deep after scoping, which inserts some, as before.
    if (depth > parserDepth && (mark === '(' || mark === '[' || mark === '^')) throw new PromqlRefusal('too-large', `The query is nested deeper than the ${parserDepth} levels allowed.`);
  }
}

export function syntax(at: number, what = 'something unexpected'): PromqlRefusal {
  return new PromqlRefusal('syntax', `The query is not valid: ${what} at or after character ${at + 1}.`);
}
