/** Random expressions, random scopes: whatever is built, every selector of the result carries the scope. */
import { parser } from '@prometheus-io/lezer-promql';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scopeOf } from '../access/scope';
import { enforce, type EnforceOptions, type QueryScope } from './enforce';
import { scopeMatcher } from './matcher';
import { expressionOf } from './testing/expressions';

const options: EnforceOptions = { label: 'namespace', limits: { queryBytes: 1e6, queryDepth: 200, matchers: 1e5, range: Infinity, subqueryPoints: Infinity } };

const namespace = fc.oneof(fc.constantFrom('a', 'llm-research', 'a.b'), fc.string({ minLength: 1, unit: 'binary' }));
const scope = fc.array(namespace, { minLength: 1, maxLength: 4 }).map((namespaces) => scopeOf(namespaces));

/** Found without the code under test: the selectors of a text, and whether it parses. */
function selectorsOf(query: string): { texts: string[]; valid: boolean } {
  const texts: string[] = [];
  let valid = true;
  parser.parse(query).iterate({
    enter(node) {
      if (node.type.isError) valid = false;
      if (node.name === 'VectorSelector') texts.push(query.slice(node.from, node.to));
    },
  });
  return { texts, valid };
}

const seed = Date.now() % 2 ** 31;

test(`every selector of every enforced expression carries the scope (seed ${seed})`, () => {
  let selectors = 0;
  fc.assert(
    fc.property(expressionOf(5), scope, (query, generated) => {
      if (generated.kind !== 'namespaces') throw new Error('a generated scope names namespaces');
      const given: QueryScope = generated;
      const before = selectorsOf(query);
      expect(before.valid, query).toBe(true);
      const result = enforce(query, given, options);
      const after = selectorsOf(result);
      expect(after.valid).toBe(true);
      expect(after.texts).toHaveLength(before.texts.length);
      const expected = `{${scopeMatcher(given, 'namespace')}`;
      for (const text of after.texts) expect(text).toContain(expected);
      selectors += after.texts.length;
    }),
    { numRuns: 500, seed },
  );
  // Not a test of single selectors.
  expect(selectors).toBeGreaterThan(1000);
});
