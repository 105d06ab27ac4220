/**
 * Response headers that limit what a browser lets a page or an API response do. Pure functions: they know neither Next
 * nor the configuration; proxy.ts puts them on pages, the router on API responses.
 */

export interface PageSecurity {
  /** Fresh for every response; only scripts and style elements that carry it run. */
  readonly nonce: string;
  /** Origin of the identity provider, where signing out continues. */
  readonly issuerOrigin: string;
  /** Whether people reach the app by https. */
  readonly https: boolean;
  /**
   * `next dev` only: React's development build evaluates strings to rebuild server stack traces, and Next's error overlay
   * adds style elements without the nonce.
   */
  readonly development: boolean;
}

/** The headers of a page. */
export function securityHeaders({ nonce, issuerOrigin, https, development }: PageSecurity): Readonly<Record<string, string>> & { readonly 'content-security-policy': string } {
  const policy: Record<string, string> = {
    'default-src': "'none'",
    // 'strict-dynamic' lets a script that carries the nonce load the chunks it needs; browsers that know it ignore 'self'.
    'script-src': `'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    'style-src-elem': development ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`,
    // PatternFly, MUI and server-rendered React set sizes and positions in style attributes, which no nonce can cover.
    // They cannot run code, and the missing sources below leave them nowhere to send data.
    'style-src-attr': "'unsafe-inline'",
    'img-src': "'self' data: blob:",
    'font-src': "'self' data:",
    'connect-src': "'self'",
    'manifest-src': "'self'",
    // Signing out is a form whose answer redirects to the provider, and Chromium applies this to the redirect as well
    // (https://github.com/w3c/webappsec-csp/issues/8).
    'form-action': `'self' ${issuerOrigin}`,
    'frame-ancestors': "'none'",
    'base-uri': "'none'",
    'object-src': "'none'",
  };
  return {
    'content-security-policy': Object.entries(policy)
      .map(([directive, sources]) => `${directive} ${sources}`)
      .join('; '),
    'x-content-type-options': 'nosniff',
    // Addresses hold names of projects and workloads; other sites must not read them from `Referer`. Not `no-referrer`:
    // with it browsers send `Origin: null` from our own forms, which sign-out refuses.
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    ...(https ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}

/** The headers of every API response: data, never a page. */
export const apiSecurityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
};
