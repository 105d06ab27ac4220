/**
 * Stands in front of Prometheus, as on a cluster, and lets in who holds a token for it: issued by the demo's provider,
 * for the audience `prometheus`, not expired. Knows nothing of queries or projects; to tell those apart is the app's work.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { Pool } from 'undici';
import type { ProxySettings } from './settings';

/** Answers without a token, for whoever waits until the proxy is up. */
export const healthPath = '/-/healthy';

/** What Prometheus needs to know of a request. The token is for this door and goes no further. */
const forwarded = ['accept', 'accept-encoding', 'content-type', 'content-length'];
const returned = ['content-type', 'content-encoding', 'content-length', 'vary'];

type Headers = IncomingMessage['headers'];

function pick(headers: Headers, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])));
}

/** @param settings the port is the caller's to listen on */
export function createProxy({ issuer, audience, prometheusUrl }: Omit<ProxySettings, 'port'>): Server {
  const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`));
  const { origin, pathname } = new URL(prometheusUrl);
  const prefix = pathname.replace(/\/$/, '');
  const prometheus = new Pool(origin, { connections: 64 });

  /** Why a request is refused; undefined when it is not. */
  async function refusal({ authorization }: Headers): Promise<string | undefined> {
    const token = /^Bearer ([^ ]+)$/.exec(authorization ?? '')?.[1];
    if (token === undefined) return 'a bearer token is required';
    // An ID token is no access token (RFC 9068 section 4), even if it named this audience.
    const options = { issuer, audience, typ: 'at+jwt', algorithms: ['RS256'], requiredClaims: ['sub', 'exp'] };
    return jwtVerify(token, keys, options).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
  }

  async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const { method = 'GET', url = '/' } = request;
    const body = method === 'GET' || method === 'HEAD' ? null : request;
    const answer = await prometheus.request({ method, path: prefix + url, headers: pick(request.headers, forwarded), body, signal: gone.signal });
    response.writeHead(answer.statusCode, pick(answer.headers, returned));
    await pipeline(answer.body, response);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === healthPath) {
      response.end();
      return;
    }
    const reason = await refusal(request.headers);
    if (reason === undefined) await forward(request, response);
    // Prometheus's error format; the header is that of RFC 6750 section 3.
    else respond(response, 401, 'unauthorized', reason, { 'www-authenticate': 'Bearer error="invalid_token"' });
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) response.destroy();
      else respond(response, 502, 'unavailable', error instanceof Error ? error.message : String(error));
    });
  });
  server.on('close', () => void prometheus.close());
  return server;
}

function respond(response: ServerResponse, status: number, errorType: string, error: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify({ status: 'error', errorType, error }));
}
