/**
 * Runs a router on Node's HTTP server: request in, response out, both streamed. Written by hand because it is the query
 * path's hot loop (see bench/); knows no routes.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isPlainTarget } from './path';
import type { Router } from './router';
import { apiSecurityHeaders } from './security-headers';

/** For a caller to take something of what is sent; in milliseconds. */
const defaultPatience = 30_000;

const refusal = JSON.stringify({ status: 'error', errorType: 'bad_data', error: 'This request cannot be read. Check its address.' });

/**
 * Listener that answers with a router.
 *
 * `request.signal` is aborted when the caller goes away before the answer is complete. The URL's origin is the
 * configured one, never the `Host` header.
 *
 * @param origin origin of the app's public address
 * @param patience milliseconds after which a caller who takes nothing of the answer is cut off; up to twice as many,
 *   because Node looks at the progress once in this time
 */
export function createNodeListener(router: Router, origin: string, patience = defaultPatience): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  return (incoming, outgoing) => {
    const gone = new AbortController();
    outgoing.on('close', () => {
      if (!outgoing.writableFinished) {
        gone.abort();
      }
    });
    answer(router, origin, patience, incoming, outgoing, gone.signal).catch(() => {
      // The status line is out and the rest cannot follow (upstream cut off, caller gone): only a cut connection tells
      // the caller that the answer is incomplete.
      outgoing.destroy();
    });
  };
}

/**
 * Whether a request means the same to everyone who reads it: its target (see `isPlainTarget`), and whose it is. Of
 * several `Authorization` headers Node keeps the first; a proxy in front may have looked at another one.
 */
export function isUnambiguous(incoming: IncomingMessage): boolean {
  const severalCallers = incoming.headers.authorization !== undefined && (incoming.headersDistinct.authorization?.length ?? 0) > 1;
  return !severalCallers && isPlainTarget(incoming.url ?? '/');
}

/** Answers what cannot be read as a request to this server. The connection is not used again. */
export function refuse(outgoing: ServerResponse): void {
  outgoing.writeHead(400, { ...apiSecurityHeaders, 'content-type': 'application/json', 'cache-control': 'no-store', connection: 'close' }).end(refusal);
}

async function answer(router: Router, origin: string, patience: number, incoming: IncomingMessage, outgoing: ServerResponse, signal: AbortSignal): Promise<void> {
  const request = toRequest(origin, incoming, signal);
  if (request === undefined) {
    refuse(outgoing);
    return;
  }
  const response = await router(request);
  if (!incoming.complete) {
    // Part of the body was not read; it must not be taken for the next request.
    outgoing.setHeader('connection', 'close');
  }
  await send(response, outgoing, patience, signal);
}

/**
 * The request, or undefined when Node accepted something that the Fetch standard has no place for (TRACE, odd headers),
 * or a request that others may read in another way, as a target that the URL parser would change.
 */
function toRequest(origin: string, incoming: IncomingMessage, signal: AbortSignal): Request | undefined {
  if (!isUnambiguous(incoming)) {
    return undefined;
  }
  try {
    const headers = new Headers();
    for (const [name, value] of Object.entries(incoming.headers)) {
      if (typeof value === 'string') {
        headers.set(name, value);
      } else {
        value?.forEach((item) => headers.append(name, item));
      }
    }
    const method = incoming.method ?? 'GET';
    const hasBody = method !== 'GET' && method !== 'HEAD';
    const request = new Request(origin + (incoming.url ?? '/'), { method, headers, ...(hasBody ? { body: bodyOf(incoming), duplex: 'half' } : {}) });
    // Not given to the constructor, which would make a signal that follows this one: a fifth of the whole request's time.
    return Object.defineProperty(request, 'signal', { value: signal });
  } catch {
    return undefined;
  }
}

/** The body, read only as far and as fast as the handler asks for it. */
function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  let listening = false;
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (!listening) {
          listening = true;
          incoming.on('data', (chunk: Buffer) => {
            controller.enqueue(chunk);
            if ((controller.desiredSize ?? 0) <= 0) {
              incoming.pause();
            }
          });
          incoming.on('end', () => controller.close());
          incoming.on('error', (error) => controller.error(error));
        }
        // Events of before are not repeated: whoever begins to read after the caller has gone would wait for ever.
        if (incoming.destroyed) controller.error(new Error('the caller has gone'));
        else incoming.resume();
      },
      cancel() {
        incoming.removeAllListeners('data').removeAllListeners('end').resume();
      },
    },
    { highWaterMark: 0 },
  );
}

async function send(response: Response, outgoing: ServerResponse, patience: number, signal: AbortSignal): Promise<void> {
  for (const [name, value] of response.headers) {
    if (name !== 'set-cookie') {
      outgoing.setHeader(name, value);
    }
  }
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) {
    outgoing.setHeader('set-cookie', cookies);
  }
  outgoing.writeHead(response.status);
  if (response.body !== null) {
    await sendBody(response.body, outgoing, patience, signal);
  }
  outgoing.end();
  // For what is left in the buffer. Once all is taken, Node's time for idle connections replaces it.
  outgoing.setTimeout(patience);
}

async function sendBody(body: ReadableStream<Uint8Array>, outgoing: ServerResponse, patience: number, signal: AbortSignal): Promise<void> {
  const reader = body.getReader();
  // Releases the upstream connection behind the body at once; a pending read then ends.
  const release = (): void => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', release, { once: true });
  if (signal.aborted) {
    release();
  }
  for (let chunk = await reader.read(); !chunk.done && !outgoing.destroyed; chunk = await reader.read()) {
    if (!outgoing.write(chunk.value)) {
      await drained(outgoing, patience);
    }
  }
}

/** Waits until the caller has taken what was written, or is gone; who takes nothing for too long is made to go. */
function drained(outgoing: ServerResponse, patience: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      outgoing.off('drain', done).off('close', done);
      outgoing.setTimeout(0);
      resolve();
    };
    // Of the socket: bytes that the system hands on count as activity, and without any Node destroys it.
    outgoing.setTimeout(patience);
    outgoing.on('drain', done).on('close', done);
    if (outgoing.destroyed) {
      done();
    }
  });
}
