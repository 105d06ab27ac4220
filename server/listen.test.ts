import { Agent, request, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { listen, type ListeningServer } from './listen';

const servers: ListeningServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close(0)));
});

async function start(api: RequestListener, pages: RequestListener = api, files: RequestListener = pages): Promise<ListeningServer> {
  const server = await listen({ host: '127.0.0.1', port: 0, api, files, pages });
  servers.push(server);
  return server;
}

const saying =
  (text: string): RequestListener =>
  (_incoming, outgoing) =>
    void outgoing.end(text);

function get(port: number, path: string, agent?: Agent): Promise<IncomingMessage & { body: string }> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, agent }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve(Object.assign(response, { body })));
      response.on('error', reject);
    })
      .on('error', reject)
      .end();
  });
}

/** A listener whose answers wait until they are let go. */
function held() {
  let release = (): void => undefined;
  let arrive = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const listener: RequestListener = (_incoming, outgoing) => {
    arrive();
    void released.then(() => outgoing.end('late'));
  };
  return { listener, arrived, release: () => release() };
}

describe('who answers', () => {
  it.each([
    ['/api/proxy/globaldatasources/prometheus/api/v1/query?query=up', 'api'],
    ['/proxy/globaldatasources/prometheus/api/v1/query', 'api'],
    ['/api/health/ready', 'api'],
    ['/metrics', 'api'],
    ['/metrics?x=1', 'api'],
    ['/federation/_next/static/chunks/remoteEntry.js', 'files'],
    ['/federation', 'pages'],
    ['/', 'pages'],
    ['/observability/dashboards/opendatahub/model-training?next=/api/proxy/', 'pages'],
    ['/api/auth/signin', 'pages'],
    ['/api/v1/dashboards', 'api'],
    ['/api/as/nlp/proxy/globaldatasources/prometheus/api/v1/query?query=up', 'api'],
    ['/api/me', 'api'],
    ['/api/summary?namespace=llm-research', 'api'],
    ['/api/metrics', 'pages'],
    ['/metrics-of-something', 'pages'],
    ['/_next/static/chunks/main.js', 'pages'],
  ])('%s: %s', async (path, expected) => {
    const { port } = await start(saying('api'), saying('pages'), saying('files'));
    expect((await get(port, path)).body).toBe(expected);
  });
});

/** Sends bytes as they are and resolves with everything that comes back until the connection is closed. */
function sendRaw(port: number, head: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(`${head}\r\nHost: x\r\n\r\n`));
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

/** Listens for an event of the server behind a request, as Next does, and leaves the sockets it gets alone. */
function meddling(event: 'upgrade' | 'connect', taken: () => void = () => undefined): RequestListener {
  return (incoming, outgoing) => {
    // Node's own reference from a socket to its server, which the types leave out.
    const { server } = incoming.socket as unknown as { server: Server };
    server.on(event, taken);
    outgoing.end();
  };
}

describe('what nobody answers', () => {
  it.each([
    'GET /observability/dashboards/%E0%A4/x',
    'GET /api/v1/%E0%A4',
    'GET /api/./proxy/globaldatasources/prometheus/api/v1/query',
    'GET /api/x/%2e%2E/proxy/globaldatasources/prometheus/api/v1/query',
    'GET http://elsewhere.example/observability',
    'GET //elsewhere.example/observability',
    'GET /\\elsewhere.example',
    'OPTIONS *',
  ])('%s: refused, and the connection is not used again', async (target) => {
    const { port } = await start(saying('api'), saying('pages'));
    expect(await sendRaw(port, `${target} HTTP/1.1`)).toMatch(/^HTTP\/1\.1 400[^]*x-content-type-options: nosniff[^]*connection: close[^]*"errorType":"bad_data"/i);
  });

  it.each(['/api/proxy/globaldatasources/prometheus/api/v1/query', '/api/me'])('two callers in one request to %s', async (path) => {
    const { port } = await start(saying('api'), saying('pages'));
    expect(await sendRaw(port, `GET ${path} HTTP/1.1\r\nAuthorization: Bearer one\r\nauthorization: Bearer two`)).toMatch(/^HTTP\/1\.1 400[^]*connection: close/i);
    expect((await get(port, path)).statusCode).toBe(200);
  });

  it.each(['/', '/none', '/api/health/live'])('a change of protocol at %s: the connection is closed, also when Next listens for it', async (path) => {
    const { port } = await start(saying('api'), meddling('upgrade'));
    const upgrade = `GET ${path} HTTP/1.1\r\nConnection: Upgrade, Upgrade: websocket\r\nUpgrade: websocket`;
    expect(await sendRaw(port, upgrade)).toBe('');
    await get(port, '/');
    expect(await sendRaw(port, upgrade)).toBe('');
  });
});

it('a page on whose connection nothing moves is given up some time', async () => {
  const { port } = await start(saying('api'), (incoming, outgoing) => void outgoing.end(String(incoming.socket.timeout)));
  expect((await get(port, '/')).body).toBe('120000');
});

describe('stopping', () => {
  it('lets requests in flight finish, and accepts no new connection', async () => {
    const { listener, arrived, release } = held();
    const server = await start(listener);
    const answer = get(server.port, '/');
    await arrived;
    const closed = server.close(10_000);
    await expect(get(server.port, '/')).rejects.toThrow('ECONNREFUSED');
    release();
    expect([(await answer).body, await closed]).toEqual(['late', true]);
  });

  it('is not kept waiting by idle connections, also those that become idle meanwhile', async () => {
    const { listener, arrived, release } = held();
    const server = await start(listener);
    const agent = new Agent({ keepAlive: true });
    const answer = get(server.port, '/', agent);
    await arrived;
    const closed = server.close(10_000);
    release();
    await answer;
    expect(await closed).toBe(true);
    agent.destroy();
  });

  it('cuts off what is not done in time, and says so', async () => {
    const { listener, arrived } = held();
    const server = await start(listener);
    const answer = expect(get(server.port, '/')).rejects.toThrow('socket hang up');
    await arrived;
    expect(await server.close(50)).toBe(false);
    await answer;
  });
});

it('stopping does not wait for ever for a connection that the server has handed out', async () => {
  let take = (): void => undefined;
  const taken = new Promise<void>((resolve) => (take = resolve));
  const server = await start(meddling('connect', () => take()));
  await get(server.port, '/');
  const closed = sendRaw(server.port, 'CONNECT elsewhere.example:443 HTTP/1.1');
  await taken;
  expect([await server.close(50), await closed]).toEqual([false, '']);
});

it('a port that is taken is an error with a code', async () => {
  const { port } = await start(saying('first'));
  await expect(listen({ host: '127.0.0.1', port, api: saying('second'), files: saying('second'), pages: saying('second') })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
