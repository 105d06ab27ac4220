import { describe, expect, it } from 'vitest';
import { isPlainTarget, pathSegments } from './path';

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

describe('request targets', () => {
  it.each([
    '/',
    '/?next=/a/../b',
    '/observability/',
    '/observability/dashboards/opendatahub/model-training?start=6h&q=%E0%A4\\',
    '/observability//dashboards',
    '/_next/static/chunks/app/%5B...path%5D/page-0a1b.js',
    '/_next/static/chunks/%5Broot-of-the-server%5D__0a1b._.js?dpl=1',
    '/_next/static/chunks/[turbopack]_browser_0a1b._.js',
    '/_next/static/media/RedHatText%5Bwght%5D-s.p.0a1b.woff2',
    '/_next/data/build-id/index.json',
    '/federation/static/js/__federation_expose_a~b.0a1b.js.map',
    '/.well-known/change-password',
  ])('%s means one thing', (target) => {
    expect(isPlainTarget(target)).toBe(true);
  });

  it.each([
    '',
    '*',
    'observability',
    '?a=b',
    'http://elsewhere.example/observability',
    'elsewhere.example:443',
    '//elsewhere.example/observability',
    '/\\elsewhere.example',
    '/%5celsewhere.example',
    '/api/./proxy/x',
    '/api/x/../proxy/x',
    '/api/x/%2E%2e/proxy/x?y',
    '/api/x/.%252e/proxy/x',
    '/api/x%2f..%2fproxy/x',
    '/..',
    '/observability/dashboards/%E0%A4/x',
    '/api/v1/%E0%A4',
    '/a/%00',
    '/a#b',
  ])('%s does not', (target) => {
    expect(isPlainTarget(target)).toBe(false);
  });
});
