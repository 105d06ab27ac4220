import { describe, expect, it } from 'vitest';
import { differencesBetween } from './difference';

describe('the difference between two values', () => {
  it.each<[string, unknown, unknown, unknown[]]>([
    ['equal ones', { a: [1, { b: null }] }, { a: [1, { b: null }] }, []],
    ['a changed value', { a: { b: 1 } }, { a: { b: 2 } }, [{ path: '/a/b', before: '1', after: '2' }]],
    ['something new', {}, { a: { b: 1 } }, [{ path: '/a', after: '{"b":1}' }]],
    ['something gone', { a: 1 }, {}, [{ path: '/a', before: '1' }]],
    ['a longer list', { a: [1] }, { a: [1, 2] }, [{ path: '/a/1', after: '2' }]],
    ['another kind of value', { a: [1] }, { a: { 0: 1 } }, [{ path: '/a', before: '[1]', after: '{"0":1}' }]],
    ['null instead of an object', { a: {} }, { a: null }, [{ path: '/a', before: '{}', after: 'null' }]],
    ['all of it', undefined, { a: 1 }, [{ path: '', after: '{"a":1}' }]],
    ['names with slashes', { 'a/b': { '~': 1 } }, { 'a/b': { '~': 2 } }, [{ path: '/a~1b/~0', before: '1', after: '2' }]],
    ['names that every object has', {}, { constructor: 1 }, [{ path: '/constructor', after: '1' }]],
  ])('of %s', (_, before, after, changes) => {
    expect(differencesBetween(before, after)).toEqual({ changes, total: changes.length });
  });

  it('is cut where it would fill the log, and says how much there is', () => {
    const after = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`key${index}`, 'x'.repeat(1_000)]));
    const { changes, total } = differencesBetween({}, after);
    expect(total).toBe(150);
    expect(changes).toHaveLength(100);
    expect(changes[0]?.after).toHaveLength(501);
  });
});
