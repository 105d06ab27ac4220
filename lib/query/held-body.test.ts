/** Whose place is taken for how long, with real connections. */
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Scope } from '../access/scope';
import { createNodeListener } from '../http/node';
import { heldBody } from './held-body';
import { startBackend, type Backend } from './testing/backend';
import { callersOf, type Callers } from './testing/caller';

const admin: Scope = { kind: 'all' };
const anna: Scope = { kind: 'namespaces', namespaces: ['team-a'] };
const large = Buffer.from(JSON.stringify({ status: 'success', data: Array.from({ length: 200_000 }, () => ({ seriesLabels: { namespace: 'team-a', filler: 'x'.repeat(100) }, exemplars: [] })) }));
const path = 'api/v1/query_exemplars?query=up';

// Filtering the large answer takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

describe('the place of a caller', () => {
  let backend: Backend;
  let callers: Callers;
  let server: Server;
  let port: number;

  /** Serves anna's or the admin's query: one at a time, one more waits. */
  async function serve(scope: Scope, patience?: number): Promise<void> {
    server = createServer(createNodeListener((request) => callers.send(scope, path, undefined, { method: request.method, signal: request.signal }), 'http://app.test', patience));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // A listening TCP server's address is an object.
    port = (server.address() as AddressInfo).port;
  }

  /** Asks, and leaves the answer's body where it is. */
  function ask(): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      httpRequest({ host: '127.0.0.1', port, agent: false }, resolve).on('error', reject).end();
    });
  }

  async function sizeOf(response: IncomingMessage): Promise<number> {
    let size = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) size += chunk.length;
    return size;
  }

  beforeEach(async () => {
    backend = await startBackend((response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(large));
    callers = callersOf({ url: backend.url, limits: { concurrency: 1, queue: 1 } });
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    backend.stop();
    await callers.upstream.close();
  });

  test.each([
    ['as it came', admin],
    ['filtered', anna],
  ])('is kept while a large answer, %s, is not read, and given back when it was', async (_, scope) => {
    await serve(scope);
    const first = await ask();
    const others = [ask(), ask()];
    // One of them waits, so the other is answered first: refused.
    const refused = await Promise.race(others);
    expect([refused.statusCode, backend.received.length]).toEqual([429, 1]);
    refused.resume();
    expect(await sizeOf(first)).toBe(large.length);
    const statuses = (await Promise.all(others)).map((response) => (response.resume(), response.statusCode));
    expect(statuses.sort()).toEqual([200, 429]);
  });

  test('is given back when the caller goes away', async () => {
    await serve(admin);
    const first = await ask();
    const second = ask();
    first.destroy();
    expect(await sizeOf(await second)).toBe(large.length);
  });

  test('is given back when the caller takes nothing for too long', async () => {
    await serve(admin, 100);
    const first = connect(port, '127.0.0.1', () => first.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')).pause();
    while (backend.received.length === 0) await new Promise(setImmediate);
    expect(await sizeOf(await ask())).toBe(large.length);
    first.destroy();
  });
});

describe('a body', () => {
  const never = new AbortController().signal;
  const bytes = new Uint8Array(100_000);

  function setup(body: Uint8Array<ArrayBuffer>, signal = never): { left: () => number; response: Response } {
    let left = 0;
    const response = new Response(heldBody(body, () => (left += 1), signal));
    return { left: () => left, response };
  }

  test('that is small gives the place back at once', async () => {
    const { left, response } = setup(new Uint8Array(1000));
    expect([left(), (await response.bytes()).length]).toEqual([1, 1000]);
  });

  test('that is large gives it back once, when it was read', async () => {
    const gone = new AbortController();
    const { left, response } = setup(bytes, gone.signal);
    expect(left()).toBe(0);
    expect(await response.bytes()).toEqual(bytes);
    gone.abort();
    expect(left()).toBe(1);
  });

  test('that is cancelled gives it back, as for HEAD', async () => {
    const { left, response } = setup(bytes);
    await response.body?.cancel();
    expect(left()).toBe(1);
  });

  test('whose first part was only handed over still holds it', async () => {
    const { left, response } = setup(bytes);
    await response.body?.getReader().read();
    expect(left()).toBe(0);
  });

  test('that nobody reads gives it back when the caller goes away', () => {
    const gone = new AbortController();
    const { left } = setup(bytes, gone.signal);
    gone.abort();
    expect([left(), setup(bytes, gone.signal).left()]).toEqual([1, 1]);
  });
});
