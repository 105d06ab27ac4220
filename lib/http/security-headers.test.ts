import { describe, expect, it } from 'vitest';
import nextConfig from '../../next.config.js';
import { apiSecurityHeaders, securityHeaders } from './security-headers';

const page = { nonce: 'bm9uY2U=', issuerOrigin: 'https://issuer.example', https: true, development: false };

function policy(options: Partial<typeof page> = {}): Map<string, string[]> {
  const header = securityHeaders({ ...page, ...options })['content-security-policy'];
  return new Map(header.split('; ').map((directive) => directive.split(' ')).map(([name = '', ...sources]) => [name, sources]));
}

describe('the security headers of a page', () => {
  it('run only scripts that carry the nonce, and never evaluate a string', () => {
    expect(policy().get('script-src')).toEqual(["'self'", "'nonce-bm9uY2U='", "'strict-dynamic'"]);
    expect(securityHeaders(page)['content-security-policy']).not.toContain('unsafe-eval');
  });

  it('allow inline style attributes, but no inline style element or script', () => {
    const allowed = [...policy()].filter(([, sources]) => sources.includes("'unsafe-inline'")).map(([name]) => name);
    expect(allowed).toEqual(['style-src-attr']);
    expect(policy().get('style-src-elem')).toEqual(["'self'", "'nonce-bm9uY2U='"]);
  });

  it('let a page talk to its own server only, and a form to the provider besides', () => {
    expect(policy().get('default-src')).toEqual(["'none'"]);
    expect(policy().get('connect-src')).toEqual(["'self'"]);
    expect(policy().get('form-action')).toEqual(["'self'", 'https://issuer.example']);
    const elsewhere = [...policy()].filter(([, sources]) => sources.some((source) => source.includes('//'))).map(([name]) => name);
    expect(elsewhere).toEqual(['form-action']);
  });

  it('let nobody frame a page or change its base address', () => {
    expect(policy().get('frame-ancestors')).toEqual(["'none'"]);
    expect(policy().get('base-uri')).toEqual(["'none'"]);
    expect(policy().get('object-src')).toEqual(["'none'"]);
  });

  it('ask for https only where the site has it', () => {
    expect(securityHeaders(page)).toHaveProperty('strict-transport-security');
    expect(securityHeaders({ ...page, https: false })).not.toHaveProperty('strict-transport-security');
  });

  it('are relaxed for the development server only, and there only for its own tools', () => {
    const relaxed = policy({ development: true });
    const changed = [...policy()].filter(([name, sources]) => relaxed.get(name)?.join(' ') !== sources.join(' ')).map(([name]) => name);
    expect(changed).toEqual(['script-src', 'style-src-elem']);
  });
});

it('what Next answers by itself below /api has the headers of every API response', async () => {
  const rules = ((await nextConfig.headers?.()) ?? []).filter(({ source }) => !source.startsWith('/federation/'));
  expect(rules.map(({ source }) => source)).toEqual(['/api/:path*']);
  expect(Object.fromEntries((rules[0]?.headers ?? []).map(({ key, value }) => [key, value]))).toEqual(apiSecurityHeaders);
});
