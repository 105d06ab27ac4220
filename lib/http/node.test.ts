import { createServer, request as httpRequest, type Server } from 'node:http';
import { connect, Socket, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createNodeListener } from './node';
import type { Router } from './router';

const servers: Server[] = [];
const callers: Socket[] = [];
afterEach(() => {
  callers.splice(0).forEach((caller) => caller.destroy());
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(router: Router, patience?: number): Promise<number> {
  const server = createServer(createNodeListener(router, 'https://app.example.com', patience));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A listening TCP server's address is an object.
  return (server.address() as AddressInfo).port;
}

/** Sends bytes as they are and resolves with everything that comes back. */
function sendRaw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

const pathOf: Router = (request) => Promise.resolve(new Response(request.url));

describe('requests from Node', () => {
  it('carry the configured origin, not the Host header', async () => {
    const port = await serve(pathOf);
    expect(await (await fetch(`http://127.0.0.1:${port}/a?b=1`)).text()).toBe('https://app.example.com/a?b=1');
  });

  it.each(['/api/../admin', '/api/%2e%2E/admin', '/api\\..\\admin', '//elsewhere/a', 'http://elsewhere/a', '*'])('for the target %s never reach the router', async (target) => {
    const port = await serve(pathOf);
    const answer = await sendRaw(port, `GET ${target} HTTP/1.1\r\nHost: x\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 400[^]*connection: close[^]*"errorType":"bad_data"/i);
  });

  it('with two callers never reach the router, whichever Node would keep', async () => {
    const port = await serve((request) => Promise.resolve(new Response(request.headers.get('authorization'))));
    const send = (headers: string) => sendRaw(port, `GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers}\r\n\r\n`);
    expect(await send('Authorization: Bearer one')).toMatch(/^HTTP\/1\.1 200[^]*Bearer one/);
    expect(await send('Authorization: Bearer one\r\nAUTHORIZATION: Bearer two')).toMatch(/^HTTP\/1\.1 400/);
  });

  it('with a method that the Fetch standard forbids are refused', async () => {
    const port = await serve(pathOf);
    expect(await sendRaw(port, 'TRACE / HTTP/1.1\r\nHost: x\r\n\r\n')).toMatch(/^HTTP\/1\.1 400/);
  });

  it('bring their body and headers', async () => {
    const port = await serve(async (request) => new Response(`${request.headers.get('content-type') ?? ''} ${await request.text()}`));
    const body = `query=${'x'.repeat(300_000)}`;
    expect(await (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body, headers: { 'content-type': 'text/plain' } })).text()).toBe(`text/plain ${body}`);
  });

  it('whose body is not read get their answer, and the connection is not used again', async () => {
    const port = await serve(() => Promise.resolve(new Response('no')));
    const response = await sendRaw(port, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nGET /smuggled HTTP/1.1\r\n');
    expect(response).toMatch(/^HTTP\/1\.1 200[^]*connection: close/i);
    expect(response.match(/HTTP\/1\.1/g)).toHaveLength(1);
  });

  it('whose body is given up half-way get their answer', async () => {
    const port = await serve(async (request) => {
      const reader = request.body?.getReader();
      await reader?.read();
      await reader?.cancel();
      return new Response('too large', { status: 422 });
    });
    const answer = sendRaw(port, `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n${'x'.repeat(1000)}`);
    expect(await answer).toMatch(/^HTTP\/1\.1 422[^]*too large/);
  });
});

describe('responses to Node', () => {
  it('keep several cookies apart', async () => {
    const headers = new Headers({ 'x-a': '1' });
    headers.append('set-cookie', 'a=1; Expires=Thu, 01 Jan 2026 00:00:00 GMT');
    headers.append('set-cookie', 'b=2');
    const port = await serve(() => Promise.resolve(new Response('ok', { headers })));
    const response = await fetch(`http://127.0.0.1:${port}/`);
    expect([response.headers.get('x-a'), response.headers.getSetCookie()]).toEqual(['1', ['a=1; Expires=Thu, 01 Jan 2026 00:00:00 GMT', 'b=2']]);
  });

  it('arrive as they are written, not only when complete', async () => {
    let finish = (): void => undefined;
    const port = await serve(() =>
      Promise.resolve(
        new Response(
          new ReadableStream({
            start(controller) {
              controller.enqueue(new TextEncoder().encode('first'));
              finish = () => {
                controller.enqueue(new TextEncoder().encode(' second'));
                controller.close();
              };
            },
          }),
        ),
      ),
    );
    const reader = (await fetch(`http://127.0.0.1:${port}/`)).body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('first');
    finish();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe(' second');
  });

  it('larger than the socket buffer arrive whole', async () => {
    const megabyte = new Uint8Array(1024 * 1024).fill(120);
    let sent = 0;
    const port = await serve(() =>
      Promise.resolve(
        new Response(
          new ReadableStream({
            pull(controller) {
              sent += 1;
              controller.enqueue(megabyte);
              if (sent === 20) {
                controller.close();
              }
            },
          }),
        ),
      ),
    );
    expect((await (await fetch(`http://127.0.0.1:${port}/`)).arrayBuffer()).byteLength).toBe(20 * megabyte.length);
  });

  it('that break off in the middle are seen as broken, not as complete', async () => {
    const port = await serve(() =>
      Promise.resolve(
        new Response(
          new ReadableStream({
            pull(controller) {
              controller.enqueue(new TextEncoder().encode('half'));
              controller.error(new Error('upstream cut off'));
            },
          }),
        ),
      ),
    );
    await expect(fetch(`http://127.0.0.1:${port}/`).then((response) => response.text())).rejects.toThrow();
  });
});

describe('a caller who goes away', () => {
  it('before the answer aborts the request', async () => {
    let arrived = (): void => undefined;
    const arrival = new Promise<void>((resolve) => (arrived = resolve));
    const aborted = new Promise<void>((resolve) => {
      void serve(
        (request) =>
          new Promise((answer) => {
            request.signal.addEventListener('abort', () => {
              resolve();
              answer(new Response(null, { status: 499 }));
            });
            arrived();
          }),
      ).then((port) => {
        const caller = httpRequest({ port, host: '127.0.0.1' }).on('error', () => undefined);
        caller.end();
        void arrival.then(() => caller.destroy());
      });
    });
    await aborted;
  });

  it('before the body was read leaves nobody waiting for it', async () => {
    const outcome = new Promise<unknown>((resolve) => {
      void serve(async (request) => {
        // As while a session is looked up.
        await new Promise<void>((gone) => {
          request.signal.addEventListener('abort', () => gone());
          caller.destroy();
        });
        await request.text().then(resolve, resolve);
        return new Response(null, { status: 499 });
      }).then((port) => caller.connect(port, '127.0.0.1', () => caller.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nfull')));
    });
    const caller = new Socket();
    callers.push(caller);
    expect(await outcome).toBeInstanceOf(Error);
  });

  it('during the answer releases what the body comes from', async () => {
    let released = (): void => undefined;
    const release = new Promise<void>((resolve) => (released = resolve));
    const endless = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode('first')),
      cancel: () => released(),
    });
    const port = await serve(() => Promise.resolve(new Response(endless)));
    const caller = httpRequest({ port, host: '127.0.0.1' }, (response) => response.once('data', () => caller.destroy())).on('error', () => undefined);
    caller.end();
    await release;
  });

  it('in effect, because nothing of the answer is taken, is cut off', async () => {
    let cut = (): void => undefined;
    const cutOff = new Promise<void>((resolve) => (cut = resolve));
    const port = await serve((request) => {
      request.signal.addEventListener('abort', cut);
      return Promise.resolve(new Response(new Uint8Array(32 * 1024 * 1024)));
    }, 50);
    const caller = connect(port, '127.0.0.1', () => caller.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')).pause();
    callers.push(caller);
    await cutOff;
  });

  it('in effect, because not even the end is taken, is cut off too', async () => {
    const listener = createNodeListener(() => Promise.resolve(new Response(null)), 'https://app.example.com', 50);
    const cut = new Promise<void>((resolve) => {
      const server = createServer((incoming, outgoing) => {
        incoming.socket.on('close', () => resolve());
        // More than the system takes, so that the answer stays behind it.
        incoming.socket.write(new Uint8Array(32 * 1024 * 1024));
        listener(incoming, outgoing);
      });
      servers.push(server);
      server.listen(0, '127.0.0.1', () => {
        // A listening TCP server's address is an object.
        const caller = connect((server.address() as AddressInfo).port, '127.0.0.1', () => caller.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')).pause();
        callers.push(caller);
      });
    });
    await cut;
  });

  it('not, but is slow, gets everything', async () => {
    const size = 48 * 1024 * 1024;
    const patience = 400;
    const port = await serve(() => Promise.resolve(new Response(new Uint8Array(size))), patience);
    const body = (await fetch(`http://127.0.0.1:${port}/`)).body?.getReader();
    const started = performance.now();
    let taken = 0;
    let pause = 1;
    for (let chunk = await body?.read(); chunk?.done === false; chunk = await body?.read()) {
      taken += chunk.value.length;
      if (taken > pause * 1024 * 1024) {
        pause += 1;
        await delay(30);
      }
    }
    expect(taken).toBe(size);
    expect(performance.now() - started).toBeGreaterThan(2 * patience);
  });

  it('after a complete answer aborts nothing', async () => {
    const signals: AbortSignal[] = [];
    const port = await serve((request) => (signals.push(request.signal), Promise.resolve(new Response('ok'))));
    const response = await sendRaw(port, 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect([response.includes('ok'), signals[0]?.aborted]).toEqual([true, false]);
  });
});
