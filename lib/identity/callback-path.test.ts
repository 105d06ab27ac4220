import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callbackPath } from './callback-path';

const site = 'https://observability.example';

describe('the page to return to after signing in', () => {
  it.each([
    ['/observability/dashboards/opendatahub/model-training?var-job=a&var-job=b&start=6h#panel', '/observability/dashboards/opendatahub/model-training?var-job=a&var-job=b&start=6h#panel'],
    ['https://observability.example/observability?x=1', '/observability?x=1'],
    ['/observability/../observability/help', '/observability/help'],
  ])('%s is kept', (candidate, path) => {
    expect(callbackPath(candidate, site)).toBe(path);
  });

  it.each([
    undefined,
    ['/observability', '/other'],
    '',
    '/',
    'https://elsewhere.example/',
    '//elsewhere.example',
    '/\\elsewhere.example',
    '\\\\elsewhere.example',
    '/.//elsewhere.example',
    '/\t/elsewhere.example',
    'https://observability.example@elsewhere.example/',
    'https://observability.example.elsewhere.example/',
    'http://observability.example/observability',
    'javascript:alert(1)',
    'data:text/html,x',
    '/api/auth/signout',
    '/signin',
    '/signin?callbackUrl=/signin',
    '/observability/../signin',
    '/proxy/globaldatasources/prometheus',
    'https://[',
  ])('%j is replaced by the list of dashboards', (candidate) => {
    expect(callbackPath(candidate, site)).toBe('/observability');
  });

  it('is on this site whatever is asked for', () => {
    const part = fc.constantFrom('/', '\\', '.', '..', '@', ':', '//', 'https:', 'elsewhere.example', '%2f', '%5c', '\t', '\n', '?', '#', ' ', '\0', 'a');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const path = callbackPath(parts.join(''), site);
        expect(new URL(path, site).origin).toBe(site);
        expect(path).toMatch(/^\/(?!\/)/);
      }),
      { numRuns: 2_000 },
    );
  });
});
