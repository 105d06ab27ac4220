import { describe, expect, test } from 'vitest';
import { scopeOf, type NamespaceScope } from '../access/scope';
import { scopeMatcher } from './matcher';

function scope(...namespaces: string[]): NamespaceScope {
  const made = scopeOf(namespaces);
  if (made.kind !== 'namespaces') throw new Error('a test scope names namespaces');
  return made;
}

describe('the matcher of a scope', () => {
  test.each([
    ['one namespace is matched by equality', scope('a'), 'namespace="a"'],
    ['several are sorted, so that equal scopes give equal queries', scope('b', 'a'), 'namespace=~"a|b"'],
    ['a namespace named twice counts once', scope('a', 'a'), 'namespace="a"'],
    ['a dot matches only a dot', scope('a.b', 'c'), String.raw`namespace=~"a\\.b|c"`],
    ['everything RE2 knows is escaped', scope('\\.+*?()|[]{}^$', 'z'), String.raw`namespace=~"\\\\\\.\\+\\*\\?\\(\\)\\|\\[\\]\\{\\}\\^\\$|z"`],
    ['a hyphen needs no escape', scope('llm-research', 'vision-lab'), 'namespace=~"llm-research|vision-lab"'],
    ['a quote cannot end the string', scope('a"} or up{x="'), String.raw`namespace="a\"} or up{x=\""`],
    ['a backslash cannot swallow the quote', scope('a\\'), String.raw`namespace="a\\"`],
    ['a line feed cannot end the string', scope('a\nb'), String.raw`namespace="a\nb"`],
  ])('%s', (_, given, expected) => {
    expect(scopeMatcher(given, 'namespace')).toBe(expected);
  });

  test('an empty namespace is a defect: it would match every series without the label', () => {
    expect(() => scopeMatcher(scope(''), 'namespace')).toThrow(/empty namespace/);
    expect(() => scopeMatcher(scope('', 'a'), 'namespace')).toThrow(/empty namespace/);
  });

  test('a label that is not a label name is a defect', () => {
    expect(() => scopeMatcher(scope('a'), 'a="b",x')).toThrow(/not a label name/);
  });
});
