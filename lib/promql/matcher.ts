/** The matcher that stands for a scope. Knows how PromQL writes strings and regular expressions, and no query. */
import type { NamespaceScope } from '../access/scope';
import { EnforcementDefect } from './refusal';

/**
 * The label matcher of a scope: `namespace="a"`, or `namespace=~"a|b"` sorted.
 *
 * @throws EnforcementDefect when the scope or label cannot be written so that it limits
 */
export function scopeMatcher(scope: NamespaceScope, label: string): string {
  if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label)) throw new EnforcementDefect('the scope label is not a label name');
  // Matching the empty value means "series without this label": everything that belongs to no project.
  if (scope.namespaces.some((namespace) => namespace === '')) throw new EnforcementDefect('a scope holds an empty namespace');
  const [first, ...rest] = [...new Set<string>(scope.namespaces)].sort();
  if (first === undefined) throw new EnforcementDefect('a scope holds no namespace');
  // JSON's escapes are a subset of PromQL's, which are Go's (https://prometheus.io/docs/prometheus/latest/querying/basics/#string-literals).
  return rest.length === 0 ? `${label}=${JSON.stringify(first)}` : `${label}=~${JSON.stringify([first, ...rest].map(quoteRegex).join('|'))}`;
}

/** Escapes what RE2 gives a meaning (https://pkg.go.dev/regexp#QuoteMeta). Prometheus anchors the whole expression. */
function quoteRegex(text: string): string {
  return text.replaceAll(/[\\.+*?()|[\]{}^$]/g, String.raw`\$&`);
}
