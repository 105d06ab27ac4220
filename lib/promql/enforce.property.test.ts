/**
 * Random queries, random scopes: whatever the grammar can derive is limited to the scope or refused. Each failure names
 * its seed; `PROPERTY_SEED` repeats it.
 */
import { parser } from '@prometheus-io/lezer-promql';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scopeOf, type NamespaceScope } from '../access/scope';
import { enforce, type EnforceOptions } from './enforce';
import { PromqlRefusal } from './refusal';
import { derivationOf } from './testing/derivations';
import { admits, read, type ReadMatcher, type Reading } from './testing/reading';
import { seed } from './testing/seed';

const runs = 20_000;
const options: EnforceOptions = { label: 'namespace', limits: { queryBytes: 1e6, queryDepth: 200, matchers: 1e5, range: Infinity, subqueryPoints: Infinity, windowTime: Infinity } };

const namespace = fc.oneof(fc.constantFrom('a', 'llm-research', 'a.b', '.*', 'a|b'), fc.string({ minLength: 1, maxLength: 8, unit: 'binary' }));
const scope = fc.array(namespace, { minLength: 1, maxLength: 4 }).map((namespaces): NamespaceScope => {
  const made = scopeOf(namespaces);
  if (made.kind !== 'namespaces') throw new Error('a generated scope names namespaces');
  return made;
});

/** What a careless pattern for a scope would let through beside it, and what belongs to nobody. */
function neighboursOf({ namespaces }: NamespaceScope): string[] {
  const near = namespaces.flatMap((own) => [`${own}x`, `x${own}`, own.slice(1), own.slice(0, -1), own.replace(/[^a-z]/i, 'X'), own.toUpperCase(), `${own}\n`]);
  return ['', 'team-b', namespaces.join('|'), ...near].filter((candidate) => !namespaces.includes(candidate));
}

/** Whether a matcher alone limits a selector to a scope, no less and no more. */
function isScope(matcher: ReadMatcher | undefined, given: NamespaceScope): boolean {
  if (matcher?.name !== 'namespace') return false;
  return given.namespaces.every((own) => admits(matcher, own)) && !neighboursOf(given).some((foreign) => admits(matcher, foreign));
}

/** The reason for which a query that parses must be refused all the same. */
function expectedRefusal({ nodes, durations }: Reading): string | undefined {
  const literal = /^(?:0x[0-9a-f]+|[\d._]+(?:e[-+]?[\d_]+)?|(?:\d+(?:ms|[ywdhms]))+)$/i;
  if (durations.some((text) => !literal.test(text))) return 'unknown';
  return nodes.has('Info') ? 'unscopable' : undefined;
}

/** The scoped query, or why there is none. */
function outcomeOf(query: string, given: NamespaceScope): { result: string } | { reason: string } {
  try {
    return { result: enforce(query, given, options) };
  } catch (error) {
    if (error instanceof PromqlRefusal) return { reason: error.reason };
    throw error;
  }
}

test(`${runs} derivations of the grammar: every selector carries the scope, nothing else changes, or the query is refused (seed ${seed})`, { timeout: 300_000 }, () => {
  const reached = new Set<string>();
  const counts = { selectors: 0, refused: 0 };
  fc.assert(
    fc.property(derivationOf(4), scope, (query, given) => {
      const before = read(query);
      expect(before.valid, query).toBe(true);
      before.nodes.forEach((name) => reached.add(name));
      const outcome = outcomeOf(query, given);
      if ('reason' in outcome) {
        expect(outcome.reason).toBe(expectedRefusal(before));
        counts.refused += 1;
        return;
      }
      expect(expectedRefusal(before)).toBeUndefined();

      const after = read(outcome.result);
      // Texts are compared, because `toEqual` on so many trees takes longer than all the rest.
      expect(after.valid).toBe(true);
      expect(after.outline.join('\n')).toBe(before.outline.join('\n'));
      expect(after.selectors.map(({ metric, matchers }) => [metric, ...matchers.slice(1).map(({ text }) => text)].join('\n')).join()).toBe(
        before.selectors.map(({ metric, matchers }) => [metric, ...matchers.map(({ text }) => text)].join('\n')).join(),
      );
      for (const { matchers } of after.selectors) if (!isScope(matchers[0], given)) expect.fail(`not limited: ${outcome.result}`);

      // Once more changes nothing in what is seen: the same matcher, twice.
      const twice = outcomeOf(outcome.result, given);
      expect('result' in twice && read(twice.result).selectors.every(({ matchers: [first, second] }) => first?.text === second?.text)).toBe(true);
      counts.selectors += after.selectors.length;
    }),
    { numRuns: runs, seed },
  );

  const grammar = parser.nodeSet.types.filter((type) => type.name !== '' && !type.isError).map(({ name }) => name);
  // `MetricName` is the other start of the grammar, for names alone.
  expect(grammar.filter((name) => !reached.has(name) && name !== 'MetricName'), 'nodes that no derivation reached').toEqual([]);
  // Neither a test of numbers alone nor of refusals.
  expect(counts.selectors).toBeGreaterThan(runs);
  expect(counts.refused).toBeGreaterThan(runs / 200);
  expect(counts.refused).toBeLessThan(runs / 4);
});
