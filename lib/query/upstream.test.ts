/** What reaches a metrics backend, and what becomes of its failures. */
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import type { Scope } from '../access/scope';
import type { Limits } from '../config/schema';
import { EnforcementDefect } from '../promql/refusal';
import type { Credential } from '../tokens/credential';
import { probe } from './lookups';
import { answerJson, startBackend, type Backend, type ReceivedRequest } from './testing/backend';
import { callersOf, type Callers } from './testing/caller';
import { until } from './testing/prometheus';

const anna: Scope = { kind: 'namespaces', namespaces: ['team-a'] };
const admin: Scope = { kind: 'all' };

const running: { backend: Backend; callers: Callers }[] = [];

afterEach(async () => {
  for (const { backend, callers } of running.splice(0)) {
    backend.stop();
    await callers.upstream.close();
  }
});

async function setup(
  answer: (response: ServerResponse, request: ReceivedRequest) => void,
  { prefix = '', limits, credential }: { prefix?: string; limits?: Partial<Limits>; credential?: Credential } = {},
): Promise<{ backend: Backend; callers: Callers }> {
  const backend = await startBackend(answer);
  const callers = callersOf({ url: backend.url + prefix, ...(limits ? { limits } : {}), ...(credential ? { credential } : {}) });
  running.push({ backend, callers });
  return { backend, callers };
}

async function codeOf(response: Response): Promise<unknown> {
  return ((await response.json()) as { code?: string }).code;
}

describe('what reaches the backend', () => {
  test('the checked parameters as a form, and nothing that the caller added', async () => {
    const { backend, callers } = await setup((response) => answerJson(response));
    await callers.send(anna, 'api/v1/query_range?dedup=false&match[]=x', { query: 'up', start: '2024-01-01T00:00:00.5Z', end: '1704067260', step: '1m30s', timeout: '5m', 'match[]': 'y', nocache: '1' });
    expect(backend.received[0]).toMatchObject({ method: 'POST', url: '/api/v1/query_range' });
    expect(Object.fromEntries(new URLSearchParams(backend.received[0]?.body))).toEqual({
      query: 'up{namespace="team-a"}',
      start: '1704067200.5',
      end: '1704067260',
      step: '90',
      timeout: '30',
    });
  });

  test('no header of the caller, no token, no cookie', async () => {
    const { backend, callers } = await setup((response) => answerJson(response));
    await callers.send(anna, 'api/v1/query?query=up', undefined, {
      headers: { authorization: 'Bearer x', cookie: 'session=y', 'x-forwarded-user': 'root', 'x-scope-orgid': 'b', 'accept-language': 'de' },
    });
    expect(Object.keys(backend.received[0]?.headers ?? {}).sort()).toEqual(['accept', 'accept-encoding', 'connection', 'content-length', 'content-type', 'host']);
    expect(JSON.stringify(backend.received)).not.toContain('secret-token');
  });

  test('the credential of the datasource, when there is one', async () => {
    const { backend, callers } = await setup((response) => answerJson(response), { credential: (identity, { name }) => Promise.resolve(`Bearer ${String(identity?.subject)}@${name}`) });
    await callers.send(anna, 'api/v1/query?query=up');
    expect(backend.received[0]?.headers.authorization).toBe('Bearer u1@prometheus');
  });

  test('paths below the datasource’s own', async () => {
    const { backend, callers } = await setup((response) => answerJson(response), { prefix: '/select/prometheus' });
    await callers.send(anna, 'api/v1/label/job/values?start=1&end=2');
    expect(backend.received[0]?.url).toBe(`/select/prometheus/api/v1/label/job/values?${new URLSearchParams({ 'match[]': '{namespace="team-a"}', start: '1', end: '2' }).toString()}`);
  });

  test('nothing at all when the query is refused', async () => {
    const { backend, callers } = await setup((response) => answerJson(response));
    await callers.send(anna, 'api/v1/query?query=info(up)');
    expect(backend.received).toEqual([]);
  });

  test('nothing when limiting the query went wrong, which is reported as our own mistake', async () => {
    const { backend, callers } = await setup((response) => answerJson(response));
    const broken: Scope = { kind: 'namespaces', namespaces: [''] };
    await expect(callers.send(broken, 'api/v1/query?query=up')).rejects.toThrow(EnforcementDefect);
    expect(backend.received).toEqual([]);
  });

  test('the shorter of the caller’s timeout and the limit', async () => {
    const { backend, callers } = await setup((response) => answerJson(response));
    await callers.send(anna, 'api/v1/query', { query: 'up', timeout: '2s' });
    expect(new URLSearchParams(backend.received[0]?.body).get('timeout')).toBe('2');
  });
});

describe('what becomes of failures', () => {
  const failure = (errorType: string, error = 'the upstream’s own text'): unknown => ({ status: 'error', errorType, error });

  test.each<[string, number, unknown, string]>([
    ['a query that it cannot read', 400, failure('bad_data'), 'ERR_QUERY_001'],
    ['a query that it cannot compute', 422, failure('execution'), 'ERR_QUERY_001'],
    ['too many samples', 422, failure('execution', 'query processing would load too many samples into memory in query execution'), 'ERR_QUERY_003'],
    ['a query that took too long', 503, failure('timeout'), 'ERR_QUERY_002'],
    ['a gateway that waited too long', 504, 'Gateway Timeout', 'ERR_QUERY_002'],
    ['a query that it canceled', 503, failure('canceled'), 'ERR_DATA_001'],
    ['an internal error', 500, failure('internal'), 'ERR_DATA_001'],
    ['a gateway without backend', 502, '<html>Bad Gateway</html>', 'ERR_DATA_001'],
    ['a credential that is not accepted', 401, 'Unauthorized', 'ERR_DATA_001'],
    ['a credential without permission', 403, failure('forbidden'), 'ERR_DATA_001'],
    ['a redirect to a sign-in page', 302, '', 'ERR_DATA_001'],
    ['too many requests', 429, 'slow down', 'ERR_QUERY_004'],
    ['an endpoint that it does not have', 404, '404 page not found', 'ERR_DATA_002'],
  ])('%s', async (_, status, body, code) => {
    const { callers } = await setup((response) => answerJson(response, body, status));
    const response = await callers.send(admin, 'api/v1/query?query=up');
    const text = await response.text();
    expect(text).toContain(code);
    expect(text).not.toContain('own text');
    expect(response.headers.has('retry-after')).toBe(code === 'ERR_QUERY_004');
  });

  test('the upstream’s text reaches the log, also when it came compressed', async () => {
    const { callers } = await setup((response) => {
      response.writeHead(400, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(gzipSync(JSON.stringify(failure('bad_data'))));
    });
    const request = { datasource: callers.datasource, endpoint: 'query', method: 'GET', path: '/', parameters: new URLSearchParams(), gzip: true } as const;
    await expect(callers.upstream.forward(request, { identity: undefined, signal: new AbortController().signal })).rejects.toMatchObject({
      code: 'ERR_QUERY_001',
      cause: { message: 'upstream answered 400 bad_data: the upstream’s own text' },
    });
  });

  test('a page instead of JSON', async () => {
    const { callers } = await setup((response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<script>alert(1)</script>');
    });
    expect(await codeOf(await callers.send(admin, 'api/v1/query?query=up'))).toBe('ERR_DATA_001');
  });

  test('a compression that nobody asked for', async () => {
    const { callers } = await setup((response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'br' }).end('x');
    });
    expect(await codeOf(await callers.send(admin, 'api/v1/query?query=up'))).toBe('ERR_DATA_001');
  });

  test('a connection that breaks before the answer', async () => {
    const { callers } = await setup((response) => response.destroy());
    expect(await codeOf(await callers.send(admin, 'api/v1/query?query=up'))).toBe('ERR_DATA_001');
  });

  test('a connection that breaks in the middle of the answer gives an error, not half an answer', async () => {
    const { callers } = await setup((response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 }).write('{"status":"success"', () => response.destroy());
    });
    expect(await codeOf(await callers.send(admin, 'api/v1/query?query=up'))).toBe('ERR_DATA_001');
  });

  test('nobody listening', async () => {
    const { backend, callers } = await setup((response) => answerJson(response));
    backend.stop();
    expect(await codeOf(await callers.send(admin, 'api/v1/query?query=up'))).toBe('ERR_DATA_001');
  });

  test.each([
    ['announced', true],
    ['not announced', false],
  ])('an answer that is too large, its size %s', async (_, announced) => {
    const { callers } = await setup(
      (response) => {
        response.writeHead(200, { 'content-type': 'application/json', ...(announced ? { 'content-length': 5_000_000 } : {}) }).end(Buffer.alloc(5_000_000, 120));
      },
      { limits: { responseBytes: 100_000 } },
    );
    const answer: unknown = await (await callers.send(admin, 'api/v1/query?query=up')).json();
    expect(answer).toMatchObject({ code: 'ERR_QUERY_003', detail: 'The answer is larger than the 100000 bytes allowed.' });
  });

  test.each(['rules', 'alerts', 'query_exemplars?query=up', 'label/job/values'])('an answer to %s that cannot be filtered is not shown', async (path) => {
    const { callers } = await setup((response) => answerJson(response, { status: 'success', data: { surprise: 'team-b' } }));
    expect(await codeOf(await callers.send(anna, `api/v1/${path}`))).toBe('ERR_DATA_001');
  });

  test('exemplars of other projects are dropped even when the backend sends them', async () => {
    const data = ['team-a', 'team-b'].map((namespace) => ({ seriesLabels: { namespace }, exemplars: [] }));
    const { callers } = await setup((response) => answerJson(response, { status: 'success', data: [...data, { seriesLabels: {}, exemplars: [] }] }));
    expect(await (await callers.send(anna, 'api/v1/query_exemplars?query=up')).json()).toEqual({ status: 'success', data: [data[0]] });
  });

  test('namespaces of others are dropped even when the backend ignores match[]', async () => {
    const { callers } = await setup((response) => answerJson(response, { status: 'success', data: ['', 'team-a', 'team-b'] }));
    expect(await (await callers.send(anna, 'api/v1/label/namespace/values')).json()).toEqual({ status: 'success', data: ['team-a'] });
  });
});

describe('time', () => {
  test('a backend that hangs is given up when the time is over', async () => {
    const { callers } = await setup(() => undefined, { limits: { timeout: 100 } });
    const answer: unknown = await (await callers.send(admin, 'api/v1/query?query=up')).json();
    expect(answer).toMatchObject({ code: 'ERR_QUERY_002', detail: 'Nothing came within 0.1 s.' });
  });

  test('so is one that hangs in the middle of the answer', async () => {
    const { callers } = await setup((response) => void response.writeHead(200, { 'content-type': 'application/json' }).write('{'), { limits: { timeout: 100 } });
    expect(await codeOf(await callers.send(admin, 'api/v1/query?query=up'))).toBe('ERR_QUERY_002');
  });

  test('a body that never ends takes no longer', async () => {
    const { callers } = await setup((response) => answerJson(response), { limits: { timeout: 100 } });
    const body = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(Buffer.from('query=up')) });
    // `duplex` is required for a streamed body (Fetch standard); TypeScript's DOM types do not list it.
    const init = { method: 'POST', body, duplex: 'half', headers: { 'content-type': 'application/x-www-form-urlencoded' } } as RequestInit;
    expect(await codeOf(await callers.send(admin, 'api/v1/query', undefined, init))).toBe('ERR_QUERY_002');
  });

  test('a caller who goes away stops the upstream’s work', async () => {
    const gone = new AbortController();
    let upstreamStopped = false;
    const { backend, callers } = await setup((response) => response.on('close', () => (upstreamStopped = true)));
    const answer = callers.send(admin, 'api/v1/query?query=up', undefined, { signal: gone.signal });
    const outcome = expect(answer).rejects.toThrow('caller left');
    await until(() => Promise.resolve(backend.received.length), (received) => received === 1);
    gone.abort(new Error('caller left'));
    await outcome;
    await until(() => Promise.resolve(upstreamStopped), (stopped) => stopped);
  });

  test('a caller who is gone before it starts reaches no backend', async () => {
    const { backend, callers } = await setup((response) => answerJson(response));
    await expect(callers.send(admin, 'api/v1/query?query=up', undefined, { signal: AbortSignal.abort() })).rejects.toThrow();
    expect(backend.received).toEqual([]);
  });
});

describe('many at once', () => {
  test('the queries of one caller keep to the limit; the rest wait, and what is too much is refused', async () => {
    const open: ServerResponse[] = [];
    const { backend, callers } = await setup((response) => void open.push(response), { limits: { concurrency: 2, queue: 1 } });
    const first = [1, 2, 3].map(() => callers.send(anna, 'api/v1/query?query=up'));
    await until(() => Promise.resolve(open.length), (count) => count === 2);
    const refusedResponse = await callers.send(anna, 'api/v1/query?query=up');
    expect(refusedResponse.headers.get('retry-after')).toBe('1');
    expect(await codeOf(refusedResponse)).toBe('ERR_QUERY_004');
    for (let answered = 0; answered < 3; answered++) {
      await until(() => Promise.resolve(open.length), (count) => count > answered);
      const response = open[answered];
      if (response) answerJson(response);
    }
    expect((await Promise.all(first)).map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(backend.received).toHaveLength(3);
  });

  test('the queries of all callers together keep to the limit, however many people ask', async () => {
    const open: ServerResponse[] = [];
    const { backend, callers } = await setup((response) => void open.push(response), { limits: { totalConcurrency: 2 } });
    const asked = Array.from({ length: 5 }, (_, person) => callers.sendAs(`u${person}`, anna, 'api/v1/query?query=up'));
    for (let answered = 0; answered < 5; answered++) {
      await until(() => Promise.resolve(open.length), (count) => count === Math.min(5, answered + 2));
      const response = open[answered];
      if (response) answerJson(response);
    }
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(backend.received).toHaveLength(5);
  });

  test('while others have all places, who waits can go away, and the app itself still gets its answers', async () => {
    const { backend, callers } = await setup((response, { url }) => (url.includes('buildinfo') ? answerJson(response) : undefined), { limits: { totalConcurrency: 1, timeout: 3_000 } });
    const first = callers.sendAs('u1', anna, 'api/v1/query?query=up');
    await until(() => Promise.resolve(backend.received.length), (received) => received === 1);
    const gone = new AbortController();
    const second = expect(callers.sendAs('u2', anna, 'api/v1/query?query=up', undefined, { signal: gone.signal })).rejects.toThrow('caller left');
    await probe(callers.upstream.forward, callers.datasource, new AbortController().signal);
    gone.abort(new Error('caller left'));
    await second;
    expect(await codeOf(await first)).toBe('ERR_QUERY_002');
    expect(backend.received.map(({ url }) => url.replace(/^.*\//, ''))).toEqual(['query', 'buildinfo']);
  });

  test('a refused query gives its place back', async () => {
    const { callers } = await setup((response) => answerJson(response), { limits: { concurrency: 1, queue: 1 } });
    for (let round = 0; round < 5; round++) expect(await codeOf(await callers.send(anna, 'api/v1/query?query=('))).toBe('ERR_QUERY_001');
    expect((await callers.send(anna, 'api/v1/query?query=up')).status).toBe(200);
  });

  test('time is measured in total and upstream, by endpoint', async () => {
    const { callers } = await setup((response) => answerJson(response));
    await callers.send(anna, 'api/v1/query?query=up');
    await callers.send(anna, 'api/v1/query?query=info(up)');
    const text = await callers.metrics.registry.metrics();
    expect(text).toContain('odh_observability_query_duration_seconds_count{datasource="prometheus",endpoint="query"} 2');
    expect(text).toContain('odh_observability_query_upstream_duration_seconds_count{datasource="prometheus",endpoint="query"} 1');
    expect(text).toContain('odh_observability_queries_in_flight 0');
  });
});
