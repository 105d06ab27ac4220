/**
 * Changes of a dashboard, written into the text that it was read from: what they do not touch keeps its order, its form
 * and its comments. Pure.
 */
import { isMap, isScalar, isSeq, parseDocument, visit, type Document, type Node } from 'yaml';

/** Parts of a dashboard that are edited visually, as plain JSON. */
export interface Parts {
  readonly panels: unknown;
  readonly layouts: unknown;
  readonly variables: unknown;
}

/**
 * @param text of a dashboard, in any form that the editor takes
 * @param before what the text stands for
 * @param after what it shall stand for
 */
export function rewrite(text: string, before: Parts, after: Parts): string {
  const document = parseDocument(text);
  // A custom resource of the newer form has the dashboard below `config`.
  const path = document.hasIn(['apiVersion']) && isMap(document.getIn(['spec', 'config'])) ? ['spec', 'config'] : ['spec'];
  resolveAliases(document);
  document.setIn(path, merge(document, document.getIn(path, true), before, after));
  // As textOf writes it: a bare `y` is `true` where version 1.1 is read.
  document.setSchema('1.1');
  return document.toString({ lineWidth: 0 });
}

/** Each mention of an anchor becomes a copy: a change of one is none of the others. */
function resolveAliases(document: Document): void {
  visit(document, { Alias: (_key, alias) => document.createNode(alias.resolve(document)?.toJS(document)) as Node });
  visit(document, {
    Node: (_key, node) => {
      if ('anchor' in node) delete node.anchor;
    },
  });
}

function merge(document: Document, node: unknown, before: unknown, after: unknown): unknown {
  if (isMap(node) && isObject(before) && isObject(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      if (isEqual(before[key], after[key])) continue;
      if (after[key] === undefined) node.delete(key);
      else node.set(key, merge(document, node.get(key, true), before[key], after[key]));
    }
    return node;
  }
  if (isSeq(node) && Array.isArray(before) && Array.isArray(after) && node.items.length === before.length) {
    const items = [...node.items];
    const origins = originsOf(before, after);
    node.items = after.map((item: unknown, index) => {
      const origin = origins[index];
      return origin === undefined ? document.createNode(item) : isEqual(before[origin], item) ? items[origin] : merge(document, items[origin], before[origin], item);
    });
    return node;
  }
  if (isScalar(node) && (after === null || typeof after !== 'object')) {
    node.value = after;
    return node;
  }
  return document.createNode(after);
}

/** Where each item was before: the same one wherever it stood, else the changed one at its own place; undefined for a new one. */
function originsOf(before: readonly unknown[], after: readonly unknown[]): readonly (number | undefined)[] {
  const free = new Set(before.keys());
  const take = (origin: number | undefined): number | undefined => {
    if (origin !== undefined) free.delete(origin);
    return origin;
  };
  const same = after.map((item, index) => take([index, ...free].find((origin) => free.has(origin) && isEqual(before[origin], item))));
  return same.map((origin, index) => origin ?? (free.has(index) ? take(index) : undefined));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Of JSON; the order of keys means nothing. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) return one.length === other.length && one.every((item, index) => isEqual(item, other[index]));
  if (isObject(one) && isObject(other)) return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((key) => isEqual(one[key], other[key]));
  return one === other;
}
