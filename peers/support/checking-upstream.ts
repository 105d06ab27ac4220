/**
 * A gate before a metrics backend, as banks put one: it lets through what carries a token that its issuer made for this
 * backend and for no other, and remembers what it was shown. Knows nothing of the app.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { createRemoteJWKSet, jwtVerify, type JWTPayload } from 'jose';
import { listen } from '../../lib/identity/testing/listen';

export interface CheckingUpstreamOptions {
  /** The backend behind the gate. */
  readonly target: string;
  readonly issuer: string;
  readonly keysUrl: string;
  readonly audience: string;
}

/** A request that was let through. */
export interface AdmittedRequest {
  readonly claims: JWTPayload;
  /** The key that signed its token. */
  readonly keyId: string | undefined;
}

export interface CheckingUpstream {
  readonly url: string;
  readonly admitted: readonly AdmittedRequest[];
  close(): Promise<void>;
}

export async function startCheckingUpstream({ target, issuer, keysUrl, audience }: CheckingUpstreamOptions): Promise<CheckingUpstream> {
  // Keys are read anew for each unknown key id: a rotated key is known at once.
  const keys = createRemoteJWKSet(new URL(keysUrl), { cooldownDuration: 0 });
  const admitted: AdmittedRequest[] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const [scheme, token = ''] = (request.headers.authorization ?? '').split(' ');
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keys, { issuer, audience });
      // A token that is good for several backends is the caller's own, passed on.
      if (scheme !== 'Bearer' || payload.aud !== audience) throw new Error('not a token for this backend alone');
      admitted.push({ claims: payload, keyId: protectedHeader.kid });
    } catch {
      response.writeHead(401, { 'www-authenticate': 'Bearer error="invalid_token"' }).end();
      return;
    }
    const forwarded = await fetch(new URL(request.url ?? '/', target), {
      method: request.method ?? 'GET',
      headers: { 'content-type': request.headers['content-type'] ?? '' },
      ...(body === '' ? {} : { body }),
    });
    response.writeHead(forwarded.status, { 'content-type': 'application/json' }).end(await forwarded.text());
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  const { url, close } = await listen(server);
  return { url, admitted, close };
}
