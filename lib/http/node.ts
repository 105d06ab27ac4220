/**
 * Runs a router on Node's HTTP server: request in, response out, both streamed. Written by hand because it is the query
 * path's hot loop (see bench/); knows no routes.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Router } from './router';

/** Nobody's path: what cannot be read as a URL unambiguously is answered like any unknown address. */
const unreadablePath = '/%00';

/**
 * Listener that answers with a router.
 *
 * `request.signal` is aborted when the caller goes away before the answer is complete. The URL's origin is the
 * configured one, never the `Host` header.
 *
 * @param origin origin of the app's public address
 */
export function createNodeListener(router: Router, origin: string): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  return (incoming, outgoing) => {
    const gone = new AbortController();
    outgoing.on('close', () => {
      if (!outgoing.writableFinished) {
        gone.abort();
      }
    });
    answer(router, origin, incoming, outgoing, gone.signal).catch(() => {
      // The status line is out and the rest cannot follow (upstream cut off, caller gone): only a cut connection tells
      // the caller that the answer is incomplete.
      outgoing.destroy();
    });
  };
}

async function answer(router: Router, origin: string, incoming: IncomingMessage, outgoing: ServerResponse, signal: AbortSignal): Promise<void> {
  const request = toRequest(origin, incoming, signal);
  if (request === undefined) {
    outgoing.writeHead(400, { connection: 'close' }).end();
    return;
  }
  const response = await router(request);
  if (!incoming.complete) {
    // Part of the body was not read; it must not be taken for the next request.
    outgoing.setHeader('connection', 'close');
  }
  await send(response, outgoing, signal);
}

/** The request, or undefined when Node accepted something that the Fetch standard has no place for (TRACE, odd headers). */
function toRequest(origin: string, incoming: IncomingMessage, signal: AbortSignal): Request | undefined {
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
    const request = new Request(origin + readableTarget(incoming.url ?? '/'), { method, headers, ...(hasBody ? { body: bodyOf(incoming), duplex: 'half' } : {}) });
    // Not given to the constructor, which would make a signal that follows this one: a fifth of the whole request's time.
    return Object.defineProperty(request, 'signal', { value: signal });
  } catch {
    return undefined;
  }
}

/**
 * The request target as it came. The URL parser would resolve dot segments and rewrite backslashes before the router
 * could refuse them.
 */
function readableTarget(target: string): string {
  const query = target.indexOf('?');
  const path = query === -1 ? target : target.slice(0, query);
  return !path.startsWith('/') || /[\\#]/.test(path) || /\/(?:\.|%2e){1,2}(?:\/|$)/i.test(path) ? unreadablePath : target;
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
        incoming.resume();
      },
      cancel() {
        incoming.removeAllListeners('data').removeAllListeners('end').resume();
      },
    },
    { highWaterMark: 0 },
  );
}

async function send(response: Response, outgoing: ServerResponse, signal: AbortSignal): Promise<void> {
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
  if (response.body === null) {
    outgoing.end();
    return;
  }
  const reader = response.body.getReader();
  // Releases the upstream connection behind the body at once; a pending read then ends.
  const release = (): void => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', release, { once: true });
  if (signal.aborted) {
    release();
  }
  for (let chunk = await reader.read(); !chunk.done && !outgoing.destroyed; chunk = await reader.read()) {
    if (!outgoing.write(chunk.value)) {
      await drained(outgoing);
    }
  }
  outgoing.end();
}

function drained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      outgoing.off('drain', done).off('close', done);
      resolve();
    };
    outgoing.on('drain', done).on('close', done);
    if (outgoing.destroyed) {
      done();
    }
  });
}
