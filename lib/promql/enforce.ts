/**
 * The boundary between projects: makes a query see one scope and nothing else, or refuses it.
 *
 * Knows the syntax tree and nothing of HTTP, users or upstreams. Text is only ever inserted, at positions that the tree
 * gives; the result is parsed again and checked before it leaves. Whatever is not understood is refused.
 */
import type { NamespaceScope } from '../access/scope';
import { scopeMatcher } from './matcher';
import type { Evaluation } from './cost';
import { parseQuery, type ParsedQuery, type QueryLimits } from './parse';
import { EnforcementDefect, PromqlRefusal } from './refusal';

/** A scope that has something to see; what has nothing to see is refused before a query is looked at. */
export type QueryScope = { readonly kind: 'all' } | NamespaceScope;

export interface EnforceOptions {
  /** Label that holds the namespace of a series. */
  readonly label: string;
  readonly limits: QueryLimits;
}

/**
 * Limits every vector selector of a query to a scope, wherever it stands. The caller's own matchers stay: Prometheus
 * takes series that match all of them, so they can only narrow.
 *
 * @param evaluation when the query is evaluated, for what its subqueries cost; at one moment by default
 * @returns the query to send; unchanged for scope `all`
 * @throws PromqlRefusal when the query is not valid, too large, or cannot be scoped
 * @throws EnforcementDefect when the result would not be limited
 */
export function enforce(query: string, scope: QueryScope, options: EnforceOptions, evaluation?: Evaluation): string {
  return scoped(query, parseQuery(query, options.limits, evaluation), scope, options);
}

/**
 * The same for the selector of a `match[]` parameter.
 *
 * @throws PromqlRefusal also when the text is anything but one vector selector
 */
export function enforceSelector(selector: string, scope: QueryScope, options: EnforceOptions): string {
  const parsed = parseQuery(selector, options.limits);
  if (!parsed.bareSelector) throw new PromqlRefusal('syntax', 'A series selector is expected, such as up{job="node"}.');
  return scoped(selector, parsed, scope, options);
}

/** The selector of everything in a scope, for callers that sent no `match[]`. */
export function scopeSelector(scope: NamespaceScope, label: string): string {
  return `{${scopeMatcher(scope, label)}}`;
}

function scoped(query: string, parsed: ParsedQuery, scope: QueryScope, { label }: EnforceOptions): string {
  if (scope.kind === 'all') return query;
  if (parsed.selectingFunction !== undefined) {
    throw new PromqlRefusal('unscopable', `${parsed.selectingFunction}() reads series that cannot be limited to your projects.`);
  }
  const matcher = scopeMatcher(scope, label);
  const result = insertMatcher(query, parsed, matcher);
  assertScoped(result, parsed.selectors.length, matcher);
  return result;
}

function insertMatcher(query: string, { selectors }: ParsedQuery, matcher: string): string {
  let result = '';
  let copied = 0;
  for (const { insertAt, braces, matchers } of selectors) {
    const text = braces ? matcher + (matchers.length > 0 ? ',' : '') : `{${matcher}}`;
    result += query.slice(copied, insertAt) + text;
    copied = insertAt;
  }
  return result + query.slice(copied);
}

/** The last look before a query leaves, independent of how the matchers got in. */
function assertScoped(result: string, selectors: number, matcher: string): void {
  let parsed: ParsedQuery;
  try {
    // The caller's text kept its limits; what was added is ours.
    parsed = parseQuery(result, { queryBytes: Infinity, queryDepth: Infinity, matchers: Infinity, range: Infinity, subqueryPoints: Infinity, windowTime: Infinity });
  } catch (cause) {
    throw new EnforcementDefect('the scoped query does not parse', { cause });
  }
  if (parsed.selectors.length !== selectors) throw new EnforcementDefect('scoping changed the number of selectors');
  if (!parsed.selectors.every((selector) => selector.matchers[0] === matcher)) throw new EnforcementDefect('a selector is not scoped');
}
