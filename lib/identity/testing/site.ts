/** The site's sign-in routes as Next would serve them, without Next: next-auth behind Node's own server. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import NextAuth, { type AuthOptions } from 'next-auth';
import { servesAuthRoute } from '../auth-options';

// What next-auth uses of Next's request and response is added below; its types ask for Next's own.
const nextAuth = NextAuth as unknown as (request: IncomingMessage, response: ServerResponse, options: AuthOptions) => Promise<void>;

/** Serves `/api/auth/*` on a server that listens already. */
export function serveSignIn(server: Server, publicUrl: string, options: AuthOptions): void {
  server.on('request', (request, response) => {
    void answer(request, response, publicUrl, options);
  });
}

async function answer(request: IncomingMessage, response: ServerResponse, publicUrl: string, options: AuthOptions): Promise<void> {
  const url = new URL(request.url ?? '/', publicUrl);
  const segments = url.pathname.split('/').slice(3);
  if (!url.pathname.startsWith('/api/auth/') || !servesAuthRoute(request.method ?? '', segments)) {
    response.writeHead(404).end();
    return;
  }
  const apiRequest = Object.assign(request, {
    query: { ...Object.fromEntries(url.searchParams), nextauth: segments },
    cookies: Object.fromEntries((request.headers.cookie ?? '').split('; ').map(nameAndValue)),
    body: Object.fromEntries(new URLSearchParams(await text(request))),
  });
  const apiResponse = Object.assign(response, {
    status: (code: number) => Object.assign(apiResponse, { statusCode: code }),
    json: (body: unknown) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body)),
    send: (body: unknown) => response.end(typeof body === 'string' ? body : JSON.stringify(body)),
  });
  await nextAuth(apiRequest, apiResponse, options);
}

function nameAndValue(pair: string): [string, string] {
  const [name = '', value = ''] = pair.split(/=(.*)/);
  return [name, decodeURIComponent(value)];
}
