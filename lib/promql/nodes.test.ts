import { parser } from '@prometheus-io/lezer-promql';
import { expect, test } from 'vitest';
import { knownNodes } from './nodes';

test('every node of the installed grammar has been looked at', () => {
  const grammar = parser.nodeSet.types.filter((type) => type.name !== '' && !type.isError).map((type) => type.name);
  // `MetricName` is the other start of the grammar, for names alone; queries never hold it.
  const unseen = grammar.filter((name) => !knownNodes.has(name) && name !== 'MetricName');
  expect(unseen).toEqual([]);
});

test('no node is listed that the grammar does not have', () => {
  const grammar = new Set(parser.nodeSet.types.map((type) => type.name));
  expect([...knownNodes].filter((name) => !grammar.has(name))).toEqual([]);
});
