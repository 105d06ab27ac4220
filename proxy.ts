/**
 * Puts the security headers on every page, with a fresh nonce that Next finds in the request's policy and gives to its
 * scripts and styles. Knows nothing of sessions: pages ask for themselves.
 */
import { randomBytes } from 'node:crypto';
import { NextResponse, type NextRequest } from 'next/server';
import { securityHeaders } from './lib/http/security-headers';
import { getRuntime } from './lib/runtime';

export function proxy(request: NextRequest): NextResponse {
  const { publicUrl, identity } = getRuntime().config;
  const nonce = randomBytes(16).toString('base64');
  const headers = securityHeaders({
    nonce,
    issuerOrigin: new URL(identity.issuer).origin,
    https: new URL(publicUrl).protocol === 'https:',
    development: process.env.NODE_ENV === 'development',
  });

  // Overwritten, whatever the caller sent: the layout reads `x-nonce`, Next the policy.
  const forwarded = new Headers(request.headers);
  forwarded.set('x-nonce', nonce);
  forwarded.set('content-security-policy', headers['content-security-policy']);
  const response = NextResponse.next({ request: { headers: forwarded } });
  for (const [name, value] of Object.entries(headers)) {
    response.headers.set(name, value);
  }
  return response;
}

export const config = {
  // Pages. API responses get their own headers from the router; build output and federated modules are files.
  matcher: ['/((?!api/|proxy/|metrics$|_next/static/|_next/image|federation/).*)'],
};
