import { describe, expect, it } from 'vitest';
import { pathSegments } from './path';

describe('paths', () => {
  it.each([
    ['/api/v1/projects', ['api', 'v1', 'projects']],
    ['/api/v1/projects/llm-research', ['api', 'v1', 'projects', 'llm-research']],
    ['/a/100%25', ['a', '100%']],
    ['/a/b%20c', ['a', 'b c']],
    ['/a/prometheus;x=1', ['a', 'prometheus;x=1']],
    ['/a/v1..2', ['a', 'v1..2']],
    ['/a/%C3%A9', ['a', 'é']],
  ])('%s is read as %j', (path, segments) => {
    expect(pathSegments(path)).toEqual(segments);
  });

  it.each([
    'api',
    '/',
    '/a/',
    '//a',
    '/a//b',
    '/a/./b',
    '/a/../b',
    '/a/%2e%2e/b',
    '/a/.%2E/b',
    '/a/%252e%252e/b',
    '/a/%25252e%25252e/b',
    '/a/%2525252525252e/b',
    '/a/b%2fc',
    '/a/b%252fc',
    '/a/b%5cc',
    '/a/b\\c',
    '/a/%00',
    '/a/b%2500',
    '/a/b%0d%0aX-Injected:1',
    '/a/%',
    '/a/%zz',
    '/a/%c0%ae%c0%ae',
  ])('%s is refused', (path) => {
    expect(pathSegments(path)).toBeUndefined();
  });
});
