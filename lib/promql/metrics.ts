/** Which metrics a query reads. Knows names only: neither what they mean nor who may see them. */
import { matcherTexts } from './parse';
import { parseTree } from './tree';

export interface VectorSelector {
  /** Undefined where it stands in the braces, or nowhere. */
  readonly name: string | undefined;
  /** As the query has it, without range, offset and the like. */
  readonly text: string;
  /** Texts of the matchers between the braces. */
  readonly matchers: readonly string[];
}

/**
 * The selectors of a query, each once, in the order of the text.
 *
 * @throws PromqlRefusal when the query is not valid PromQL
 */
export function vectorSelectors(query: string): VectorSelector[] {
  const selectors = new Map<string, VectorSelector>();
  parseTree(query).iterate({
    enter({ name: kind, from, to, node }) {
      if (kind !== 'VectorSelector') return;
      const text = query.slice(from, to);
      const name = node.getChild('Identifier');
      selectors.set(text, { name: name === null ? undefined : query.slice(name.from, name.to), text, matchers: matcherTexts(query, node) });
    },
  });
  return [...selectors.values()];
}

/**
 * Names of the metrics that the selectors of a query name, each once, in the order of the text. A selector that names
 * none (`{job="a"}`) adds nothing.
 *
 * @throws PromqlRefusal when the query is not valid PromQL
 */
export function metricNames(query: string): string[] {
  return [...new Set(vectorSelectors(query).flatMap(({ name }) => name ?? []))];
}
