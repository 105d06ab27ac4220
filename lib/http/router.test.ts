import { describe, expect, it } from 'vitest';
import { AppError } from '../errors/app-error';
import { createLogger } from '../telemetry/logger';
import { createMetrics } from '../telemetry/metrics';
import type { Handler, Route } from './handler';
import { jsonResponse } from './json';
import { createRouter } from './router';

const echo: Handler = (_request, { params }) => Promise.resolve(jsonResponse(params));

function setUp(routes: Route[], now = () => 0) {
  const lines: Record<string, unknown>[] = [];
  const log = createLogger('debug', { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) });
  const metrics = createMetrics('test');
  const router = createRouter(routes, { log, metrics, now });
  const ask = (path: string, init?: RequestInit) => router(new Request(`http://app${path}`, init));
  return { ask, lines, metrics };
}

const routes: Route[] = [
  { method: 'GET', path: '/api/v1/projects/:project/dashboards/:name', handler: echo },
  { method: 'GET', path: '/api/v1/projects', handler: echo },
  { method: 'GET', path: '/api/proxy/globaldatasources/:datasource/*', handler: echo },
  { method: 'POST', path: '/api/proxy/globaldatasources/:datasource/*', handler: echo },
];

describe('finding the handler', () => {
  it.each([
    ['/api/v1/projects/opendatahub/dashboards/model-training', { project: 'opendatahub', name: 'model-training' }],
    ['/api/v1/projects', {}],
    ['/api/v1/projects?x=/../', {}],
    ['/api/proxy/globaldatasources/prometheus/api/v1/query_range', { datasource: 'prometheus', '*': 'api/v1/query_range' }],
    ['/api/proxy/globaldatasources/my%20prometheus/x', { datasource: 'my prometheus', '*': 'x' }],
  ])('%s gives its parameters', async (path, params) => {
    const response = await setUp(routes).ask(path);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(params);
  });

  it.each([
    ['an unknown address', '/api/v1/roles'],
    ['a trailing slash', '/api/v1/projects/'],
    ['a rest without anything', '/api/proxy/globaldatasources/prometheus'],
    ['an encoded slash in a name', '/api/v1/projects/a%2Fb/dashboards/c'],
    ['a doubly encoded dot segment', '/api/proxy/globaldatasources/prometheus/%252e%252e/admin'],
    ['an encoded backslash', '/api/proxy/globaldatasources/prometheus/..%5cadmin'],
    ['a NUL', '/api/v1/projects/a%00/dashboards/b'],
    ['a double slash', '/api/v1//projects'],
    ['a broken escape', '/api/v1/projects/%E0%A4%A/dashboards/b'],
  ])('%s is not found', async (_, path) => {
    const response = await setUp(routes).ask(path);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ status: 'error', errorType: 'not_found' });
  });

  it('a method that the address does not have is refused with those it has', async () => {
    const { ask } = setUp(routes);
    const response = await ask('/api/v1/projects', { method: 'DELETE' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect((await ask('/api/proxy/globaldatasources/p/x', { method: 'PUT' })).headers.get('allow')).toBe('GET, HEAD, POST');
  });

  it('HEAD is answered like GET, without the body', async () => {
    const methods: string[] = [];
    const { ask } = setUp([{ method: 'GET', path: '/a', handler: (request) => (methods.push(request.method), Promise.resolve(jsonResponse({ a: 1 }))) }]);
    const response = await ask('/a', { method: 'HEAD' });
    expect([response.status, response.headers.get('content-type'), await response.text(), methods]).toEqual([200, 'application/json', '', ['GET']]);
  });
});

describe('what every response carries', () => {
  it('a request id: the one that came, if it is harmless', async () => {
    const { ask } = setUp(routes);
    expect((await ask('/api/v1/projects', { headers: { 'x-request-id': 'trace-0123456789' } })).headers.get('x-request-id')).toBe('trace-0123456789');
    for (const bad of ['short', 'x'.repeat(65), 'with space in it', '{"a":"injected"}']) {
      expect((await ask('/api/v1/projects', { headers: { 'x-request-id': bad } })).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('security headers, on errors too', async () => {
    const { ask } = setUp(routes);
    for (const path of ['/api/v1/projects', '/nowhere']) {
      const { headers } = await ask(path);
      expect([headers.get('x-content-type-options'), headers.get('content-security-policy')]).toEqual(['nosniff', expect.stringContaining("default-src 'none'")]);
    }
  });

  it('the headers that the handler set for any outcome, each cookie of its own', async () => {
    const { ask } = setUp([
      {
        method: 'GET',
        path: '/a',
        handler: (_request, { responseHeaders }) => {
          responseHeaders.append('set-cookie', 'one=1');
          responseHeaders.append('set-cookie', 'two=2');
          return Promise.reject(new AppError('ERR_ACCESS_001'));
        },
      },
    ]);
    const response = await ask('/a');
    expect([response.status, response.headers.getSetCookie()]).toEqual([403, ['one=1', 'two=2']]);
  });
});

describe('errors', () => {
  const failing = (error: Error): Route[] => [{ method: 'GET', path: '/a', handler: () => Promise.reject(error) }];

  it('of the catalogue become their response; the cause stays in the log', async () => {
    const { ask, lines, metrics } = setUp(failing(new AppError('ERR_DATA_001', { cause: new Error('connect ECONNREFUSED 10.0.0.7:9090'), headers: { 'retry-after': '5' } })));
    const response = await ask('/a');
    const text = await response.text();
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    expect(JSON.parse(text)).toMatchObject({ status: 'error', code: 'ERR_DATA_001', requestId: response.headers.get('x-request-id') });
    expect(text).not.toContain('10.0.0.7');
    expect(lines).toMatchObject([{ level: 'warn', code: 'ERR_DATA_001', err: { message: 'connect ECONNREFUSED 10.0.0.7:9090' } }]);
    expect(await metrics.registry.metrics()).toContain('odh_observability_refusals_total{code="ERR_DATA_001"} 1');
  });

  it('that nobody foresaw become a general answer; their text stays in the log', async () => {
    const { ask, lines } = setUp(failing(new TypeError('cannot read secret of undefined')));
    const response = await ask('/a');
    const text = await response.text();
    expect([response.status, JSON.parse(text)]).toEqual([500, { status: 'error', errorType: 'internal', message: expect.any(String) as string, error: expect.any(String) as string, requestId: response.headers.get('x-request-id') }]);
    expect(text).not.toContain('secret');
    expect(lines).toMatchObject([{ level: 'error', err: { type: 'TypeError', message: 'cannot read secret of undefined' } }]);
  });

  it('keep what client libraries hang onto them out of the log', async () => {
    const error = Object.assign(new Error('refused'), { request: { headers: { authorization: 'Bearer s3cret' } }, refresh_token: 's3cret' });
    const { ask, lines } = setUp(failing(error));
    await ask('/a');
    expect(JSON.stringify(lines)).not.toContain('s3cret');
  });

  it('after the caller went away are neither an error nor a refusal', async () => {
    const gone = new AbortController();
    const { ask, lines } = setUp([
      {
        method: 'GET',
        path: '/a',
        handler: () => {
          gone.abort();
          return Promise.reject(new AppError('ERR_DATA_001'));
        },
      },
    ]);
    expect((await ask('/a', { signal: gone.signal })).status).toBe(499);
    expect(lines).toMatchObject([{ level: 'info', status: 499 }]);
  });
});

describe('log and metrics', () => {
  it('one line with pattern, status and duration; never the path or the query', async () => {
    let clock = 0;
    const { ask, lines } = setUp(routes, () => (clock += 12.34));
    await ask('/api/v1/projects/fraud-detection/dashboards/hidden?token=s3cret', { headers: { cookie: 'session=s3cret', authorization: 'Bearer s3cret' } });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ level: 'info', method: 'GET', route: '/api/v1/projects/:project/dashboards/:name', status: 200, durationMs: 12.3 });
    expect(JSON.stringify(lines)).not.toMatch(/s3cret|fraud-detection/);
  });

  it('health checks and scrapes are logged at debug', async () => {
    const { ask, lines } = setUp([
      { method: 'GET', path: '/metrics', handler: echo },
      { method: 'GET', path: '/api/health/live', handler: echo },
    ]);
    await ask('/metrics');
    await ask('/api/health/live');
    expect(lines.map(({ level }) => level)).toEqual(['debug', 'debug']);
  });

  it('made-up paths and methods make no new series', async () => {
    const { ask, metrics } = setUp(routes);
    await ask('/a');
    await ask('/b');
    await ask('/api/v1/projects', { method: 'PURGE' });
    const text = await metrics.registry.metrics();
    expect(text).toContain('odh_observability_http_requests_total{route="unmatched",method="other",code="404"} 2');
    expect(text).toContain('odh_observability_http_requests_total{route="/api/v1/projects",method="other",code="405"} 1');
  });
});
