/** Asks the app that runs beside the command line, with the same configuration. */
import { readFileSync } from 'node:fs';
import { request as openly } from 'node:http';
import { request as securely, type RequestOptions } from 'node:https';
import { text } from 'node:stream/consumers';
import type { Config } from '../lib/config/schema';

/** All addresses of a machine can be listened on, but not asked. */
function ownAddress(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}

export function ownUrl({ host, tls }: Config['listen'], port: number): string {
  const address = ownAddress(host);
  return `${tls === undefined ? 'http' : 'https'}://${address.includes(':') ? `[${address}]` : address}:${port}`;
}

/**
 * A `fetch` for the app's own addresses. With TLS it trusts the certificate that the configuration names and no other,
 * whatever name it is for: that of a service is not the one of this machine. Rejects where it cannot be read.
 */
export function ownFetch({ tls }: Config['listen']): typeof fetch {
  const trust = (): RequestOptions => (tls === undefined ? {} : { ca: readFileSync(tls.certFile), allowPartialTrustChain: true, checkServerIdentity: () => undefined });
  return async (input, { headers, signal } = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    return new Promise((resolve, reject) => {
      const open = url.protocol === 'https:' ? securely : openly;
      const request = open(url, { ...trust(), agent: false, headers: Object.fromEntries(new Headers(headers)), ...(signal === null || signal === undefined ? {} : { signal }) }, (response) => {
        text(response).then((body) => resolve(new Response(body, { status: response.statusCode ?? 0 })), reject);
      });
      request.on('error', reject);
      request.end();
    });
  };
}
