/** Which metrics a query reads. Knows names only: neither what they mean nor who may see them. */
import { parseTree } from './tree';

/**
 * Names of the metrics that the selectors of a query name, each once, in the order of the text. A selector that names
 * none (`{job="a"}`) adds nothing.
 *
 * @throws PromqlRefusal when the query is not valid PromQL
 */
export function metricNames(query: string): string[] {
  const names = new Set<string>();
  parseTree(query).iterate({
    enter(node) {
      if (node.name !== 'VectorSelector') return;
      const name = node.node.getChild('Identifier');
      if (name) names.add(query.slice(name.from, name.to));
    },
  });
  return [...names];
}
