/** Passes requests on to the services of modules. Knows no session and no configuration. */
import { request as send, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';

/** Bodies that the host passes on, in bytes. */
const bodyLimit = 1024 * 1024;

export interface ProxyOptions {
  readonly origin: string;
  /** Path and query at the service. */
  readonly target: string;
  /** Set in place of what the browser sent. */
  readonly authorization?: string;
  /** For answers that say nothing of it themselves. */
  readonly cacheControl?: string;
}

/** Of the connection to the browser, and its credentials for this host. */
const ofThisHop = new Set(['host', 'connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'cookie', 'authorization']);

function passed(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ofThisHop.has(name)));
}

/** Answers 503 when the service cannot be reached, 413 when the body is too large. */
export function proxy(incoming: IncomingMessage, outgoing: ServerResponse, { origin, target, authorization, cacheControl }: ProxyOptions): void {
  const refuse = (status: number, message: string) => {
    if (outgoing.headersSent) outgoing.destroy();
    else outgoing.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify({ message }));
  };
  const upstream = send(
    new URL(target, origin),
    { method: incoming.method, headers: { ...passed(incoming.headers), ...(authorization === undefined ? {} : { authorization }) } },
    (answer) => {
      const { statusCode = 502, headers } = answer;
      outgoing.writeHead(statusCode, { ...(cacheControl === undefined ? {} : { 'cache-control': cacheControl }), ...passed(headers) });
      answer.on('error', () => outgoing.destroy());
      answer.pipe(outgoing);
    },
  );
  upstream.on('error', () => refuse(503, 'The service of this module cannot be reached.'));
  outgoing.on('close', () => upstream.destroy());
  let bytes = 0;
  incoming.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > bodyLimit) {
      upstream.destroy();
      refuse(413, 'The body is too large.');
    } else {
      upstream.write(chunk);
    }
  });
  incoming.on('end', () => upstream.end());
}
