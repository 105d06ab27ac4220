/** JSON responses of the API. */
import { createHash } from 'node:crypto';

/** Answers depend on who asks, so no cache may keep them. */
const headers = { 'cache-control': 'no-store' };

export function jsonResponse(value: unknown, status = 200): Response {
  return Response.json(value, { status, headers });
}

/**
 * The same for what is asked for again and again: with an entity tag, and without the body (304) for who has it already
 * (RFC 9110 section 13.1.2). No cache keeps the answer here either; a client that compares does so itself.
 */
export function versionedResponse(request: Request, value: unknown): Response {
  const body = JSON.stringify(value);
  const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
  const known = request.headers.get('if-none-match')?.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return known?.includes(etag) === true
    ? new Response(null, { status: 304, headers: { ...headers, etag } })
    : new Response(body, { headers: { ...headers, etag, 'content-type': 'application/json' } });
}
