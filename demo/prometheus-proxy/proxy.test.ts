import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { listen } from '../../lib/identity/testing/listen';
import { appAudience, backendAudience, startExchangeProvider, unsigned, type ExchangeProvider } from '../../lib/tokens/testing/provider';
import { createTokenExchange } from '../../lib/tokens/token-exchange';
import { createProxy, healthPath } from './proxy';

// A provider starts and makes keys.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

let provider: ExchangeProvider;
let proxyUrl: string;
let exchanged: string;
const received: { request: IncomingMessage; body: string }[] = [];
const closes: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  provider = await startExchangeProvider();
  const prometheus = await listen(
    createServer((request, response) => {
      void text(request).then((body) => {
        received.push({ request, body });
        response.writeHead(request.url?.includes('broken') === true ? 422 : 200, { 'content-type': 'application/json', 'x-internal': 'yes' }).end('{"status":"success"}');
      });
    }),
  );
  const proxy = await listen(createProxy({ issuer: provider.issuer, audience: backendAudience, prometheusUrl: `${prometheus.url}/base` }));
  proxyUrl = proxy.url;
  closes.push(proxy.close, prometheus.close, provider.close);
  const exchange = createTokenExchange({ client: provider.client(), now: Date.now, timeout: 20_000 });
  ({ token: exchanged } = await exchange(await provider.tokenFor('scientist'), { audience: backendAudience }));
}, 60_000);

afterAll(async () => {
  for (const close of closes) await close();
});

function ask(authorization: string | undefined, path = '/api/v1/query?query=up', init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  if (authorization !== undefined) headers.set('authorization', authorization);
  return fetch(proxyUrl + path, { ...init, headers });
}

describe('the proxy in front of Prometheus', () => {
  test('lets in who holds a token for Prometheus, with everything but the token', async () => {
    const body = new URLSearchParams({ query: 'up' });
    const answer = await ask(`Bearer ${exchanged}`, '/api/v1/query?x=%2e%2e', { method: 'POST', body, headers: { cookie: 'session=x', 'x-scope-orgid': 'b' } });
    expect([answer.status, await answer.text(), answer.headers.get('x-internal')]).toEqual([200, '{"status":"success"}', null]);
    const last = received.at(-1);
    expect([last?.request.method, last?.request.url, last?.body]).toEqual(['POST', '/base/api/v1/query?x=%2e%2e', 'query=up']);
    expect(last?.request.headers).not.toHaveProperty('authorization');
    expect(last?.request.headers).not.toHaveProperty('cookie');
    expect(last?.request.headers).not.toHaveProperty('x-scope-orgid');
  });

  test('hands on Prometheus’s own errors', async () => {
    expect((await ask(`Bearer ${exchanged}`, '/api/v1/query?query=broken')).status).toBe(422);
  });

  test.each<[string, () => Promise<string | undefined>]>([
    ['nobody', () => Promise.resolve(undefined)],
    ['a person’s own access token', async () => `Bearer ${await provider.tokenFor('scientist')}`],
    ['an ID token', async () => `Bearer ${await provider.tokenFor('scientist', { aud: 'odh-observability' }, 'JWT')}`],
    ['an ID token that names this audience too', async () => `Bearer ${await provider.tokenFor('scientist', { aud: [appAudience, backendAudience] }, 'JWT')}`],
    ['an expired token', async () => `Bearer ${await provider.tokenFor('scientist', { aud: backendAudience, exp: 1 })}`],
    ['a token of another issuer', async () => `Bearer ${await provider.tokenFor('scientist', { aud: backendAudience, iss: 'http://elsewhere.example' })}`],
    ['an unsigned token', () => Promise.resolve(`Bearer ${unsigned({ sub: 'x', aud: backendAudience, iss: provider.issuer, exp: 2e9 })}`)],
    ['the right token in another scheme', () => Promise.resolve(`Basic ${exchanged}`)],
  ])('refuses %s', async (_, authorization) => {
    const before = received.length;
    const answer = await ask(await authorization());
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain('Bearer');
    expect(await answer.json()).toMatchObject({ status: 'error', errorType: 'unauthorized' });
    expect(received).toHaveLength(before);
  });

  test('says that it is there without a token, and nothing else', async () => {
    const before = received.length;
    expect((await ask(undefined, healthPath)).status).toBe(200);
    expect((await ask(undefined, `${healthPath}/../api/v1/query?query=up`)).status).toBe(401);
    expect(received).toHaveLength(before);
  });
});
