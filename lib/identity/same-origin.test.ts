import { describe, expect, it } from 'vitest';
import { assertSameOrigin } from './same-origin';

const site = 'https://observability.example';
const check = (headers: Record<string, string>) => () => assertSameOrigin(new Request(`${site}/api/x`, { method: 'POST', headers }), site);
const refused = expect.objectContaining({ code: 'ERR_ACCESS_002' }) as Error;

describe('a request that changes something', () => {
  it.each([
    ['another site', { origin: 'https://evil.example' }],
    ['a site whose name begins like ours', { origin: `${site}.evil.example` }],
    ['our name without its encryption', { origin: 'http://observability.example' }],
    ['a sandboxed page', { origin: 'null' }],
    ['somewhere that sends no Origin', {}],
    ['another site with a Referer of ours', { origin: 'https://evil.example', referer: `${site}/` }],
  ])('from %s is refused', (_, headers: Record<string, string>) => {
    expect(check({ cookie: 'next-auth.session-token=x', ...headers })).toThrow(refused);
  });

  it('from a page of this site passes', () => {
    expect(check({ cookie: 'next-auth.session-token=x', origin: site })).not.toThrow();
  });

  it('with a bearer token needs no Origin: browsers send none with a request that ODH Dashboard’s server passes on', () => {
    expect(check({ authorization: 'Bearer x' })).not.toThrow();
    expect(check({ authorization: 'Bearer x', origin: 'https://odh-dashboard.example' })).not.toThrow();
  });
});
