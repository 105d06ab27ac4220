/** Answers in gzip for callers who read it. Only for what is worth it: large, and asked for rarely. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** Whether the caller reads gzip (RFC 9110, section 12.5.3). */
export function acceptsGzip(headers: Headers): boolean {
  return (headers.get('accept-encoding') ?? '').split(',').some((item) => {
    const [coding, ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
    return coding === 'gzip' && !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter));
  });
}

/**
 * The same answer, compressed when the caller reads that. Its entity tag is then a weak one: the bytes are others (RFC
 * 9110, section 8.8.3).
 */
export async function inGzip(request: Request, response: Response): Promise<Response> {
  const { status } = response;
  const headers = new Headers(response.headers);
  headers.append('vary', 'accept-encoding');
  if (!acceptsGzip(request.headers) || response.body === null) {
    return new Response(response.body, { status, headers });
  }
  headers.set('content-encoding', 'gzip');
  const tag = headers.get('etag');
  if (tag?.startsWith('"') === true) {
    headers.set('etag', `W/${tag}`);
  }
  return new Response(await promisify(gzip)(await response.arrayBuffer()), { status, headers });
}
