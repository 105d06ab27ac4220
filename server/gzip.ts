/**
 * Answers of the API in gzip for callers who read it: a list of dashboards becomes a tenth of itself. Only before Next,
 * which drops the header that names the encoding.
 */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { acceptsGzip } from '../lib/http/accepts-gzip';
import type { Router } from '../lib/http/router';

/** In bytes: what is shorter fits into one packet anyhow. */
const worthIt = 1_000;

/** The same router, whose answers in JSON are compressed where the caller reads that and nobody has decided it before. */
export function inGzip(router: Router): Router {
  return async (request) => {
    const response = await router(request);
    const { status, body, headers: plain } = response;
    if (!response.ok || body === null || plain.has('vary') || plain.get('content-type')?.startsWith('application/json') !== true) {
      return response;
    }
    const headers = new Headers(plain);
    headers.append('vary', 'accept-encoding');
    if (!acceptsGzip(request.headers)) {
      return new Response(body, { status, headers });
    }
    const content = await response.arrayBuffer();
    if (content.byteLength < worthIt) {
      return new Response(content, { status, headers });
    }
    headers.set('content-encoding', 'gzip');
    // Its bytes are others, so that its entity tag is a weak one (RFC 9110, section 8.8.3).
    const tag = headers.get('etag');
    if (tag?.startsWith('"') === true) {
      headers.set('etag', `W/${tag}`);
    }
    return new Response(await promisify(gzip)(content), { status, headers });
  };
}
