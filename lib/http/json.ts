/** JSON responses of the API. */

/** Answers depend on who asks, so no cache may keep them. */
export function jsonResponse(value: unknown, status = 200): Response {
  return Response.json(value, { status, headers: { 'cache-control': 'no-store' } });
}
