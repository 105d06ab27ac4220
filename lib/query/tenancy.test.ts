/** The whole way of a query on a real Prometheus that holds two projects' data and the platform's. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Scope } from '../access/scope';
import { namespacesWithMetrics, probe } from './lookups';
import { callersOf, someone, type Callers } from './testing/caller';
import { startPrometheus, until, type RunningPrometheus } from './testing/prometheus';

const anna: Scope = { kind: 'namespaces', namespaces: ['team-a'] };
const bob: Scope = { kind: 'namespaces', namespaces: ['team-b', 'team-c'] };
const admin: Scope = { kind: 'all' };
const guest: Scope = { kind: 'none' };

const end = Math.floor(Date.now() / 1000);
const start = end - 3600;

function history(): string {
  const lines = ['# HELP loss Training loss.', '# TYPE loss gauge'];
  for (const [index, labels] of ['namespace="team-a",job="x"', 'namespace="team-b",job="x"', 'namespace="team-c",job="y"', 'node="n1"'].entries()) {
    for (let time = start; time <= end; time += 15) lines.push(`loss{${labels}} ${index} ${time}`);
  }
  return [...lines, '# EOF', ''].join('\n');
}

const rules = `
groups:
  - name: mixed
    rules:
      - { record: 'a:loss', expr: 'loss{namespace="team-a"}', labels: { namespace: team-a } }
      - { record: 'b:loss', expr: 'loss{namespace="team-b"} + secret_of_b', labels: { namespace: team-b } }
      - { record: 'all:loss', expr: 'sum by (namespace) (loss)' }
      - { alert: MineHigh, expr: 'vector(1)', labels: { namespace: team-a }, annotations: { summary: 'about a' } }
      - { alert: TheirsHigh, expr: 'vector(2)', labels: { namespace: team-b }, annotations: { summary: 'about b' } }
      - { alert: PlatformHigh, expr: 'vector(3)' }
  - name: foreign
    rules:
      - { alert: OnlyTheirs, expr: 'vector(4)', labels: { namespace: team-b } }
`;

/** Two projects' request counters, each with an exemplar. */
const exposition = `# TYPE requests counter
requests_total{namespace="team-a"} 1 # {trace_id="trace-a"} 1
requests_total{namespace="team-b"} 1 # {trace_id="trace-b"} 1
# TYPE case_score gauge
# HELP case_score What only b measures.
case_score{namespace="team-b"} 1
# EOF
`;

// The first scrape and the first evaluation of rules take seconds.
vi.setConfig({ testTimeout: 30_000 });

let prometheus: RunningPrometheus;
let exporter: Server;
let callers: Callers;

beforeAll(async () => {
  exporter = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/openmetrics-text; version=1.0.0; charset=utf-8' }).end(exposition);
  });
  await new Promise<void>((resolve) => exporter.listen(0, '127.0.0.1', resolve));
  // A listening TCP server's address is an object.
  const { port } = exporter.address() as AddressInfo;
  prometheus = await startPrometheus({ history: history(), rules, scrapePort: port });
  callers = callersOf({ url: prometheus.url });
}, 60_000);

afterAll(async () => {
  await callers.upstream.close();
  await prometheus.stop();
  exporter.closeAllConnections();
  exporter.close();
});

/** `data` of a successful answer. */
async function ask(scope: Scope, path: string, form?: Record<string, string>): Promise<unknown> {
  const response = await callers.send(scope, path, form);
  const text = await response.text();
  expect(response.status, text).toBe(200);
  const answer = JSON.parse(text) as { status: string; data: unknown };
  expect(answer.status).toBe('success');
  return answer.data;
}

async function codeOf(scope: Scope, path: string, form?: Record<string, string> | string, init?: RequestInit): Promise<unknown> {
  const response = await callers.send(scope, path, form, init);
  return ((await response.json()) as { code: string }).code;
}

interface Vector {
  readonly result: readonly { readonly metric: Record<string, string> }[];
}

async function namespacesIn(scope: Scope, query: string): Promise<(string | undefined)[]> {
  // The shape of an instant query's answer to a vector expression.
  const { result } = (await ask(scope, 'api/v1/query', { query, time: String(end) })) as Vector;
  return result.map(({ metric }) => metric['namespace']).sort();
}

/** The same question without the defence. */
async function namespacesDirectly(query: string): Promise<(string | undefined)[]> {
  const response = await fetch(`${prometheus.url}/api/v1/query`, { method: 'POST', body: new URLSearchParams({ query, time: String(end) }) });
  const answer = (await response.json()) as { data: Vector };
  return answer.data.result.map(({ metric }) => metric['namespace']).sort();
}

describe('queries', () => {
  test('each caller sees its own projects and nothing else; an administrator sees all, and what belongs to none', async () => {
    expect(await namespacesIn(anna, 'loss')).toEqual(['team-a']);
    expect(await namespacesIn(bob, 'loss')).toEqual(['team-b', 'team-c']);
    expect(await namespacesIn(admin, 'loss')).toEqual(['team-a', 'team-b', 'team-c', undefined]);
  });

  test('a caller without projects is told so, whatever it asks', async () => {
    for (const path of ['api/v1/query?query=loss', 'api/v1/metadata', 'api/v1/status/buildinfo', 'api/v1/nothing']) {
      expect(await codeOf(guest, path)).toBe('ERR_ACCESS_001');
    }
  });

  test('GET and POST give the same', async () => {
    const query = `api/v1/query?query=loss&time=${end}`;
    expect(await ask(anna, query)).toEqual(await ask(anna, 'api/v1/query', { query: 'loss', time: String(end) }));
  });

  test('a range query is scoped', async () => {
    const data = await ask(bob, 'api/v1/query_range', { query: 'loss', start: String(start), end: String(end), step: '1m' });
    const { result } = data as { result: { metric: Record<string, string>; values: unknown[] }[] };
    expect(result.map(({ metric }) => metric['namespace'])).toEqual(['team-b', 'team-c']);
    expect(result[0]?.values).toHaveLength(61);
  });

  test.each([
    ['another project in a matcher', 'loss{namespace="team-b"}'],
    ['every project in a matcher', 'loss{namespace=~".*"} and loss{namespace!="team-a"}'],
    ['a second operand', 'absent(nothing) or loss{namespace="team-b"}'],
    ['a subquery', 'last_over_time(loss{namespace="team-b"}[5m:1m])'],
    ['a comment', 'loss # {namespace="team-a"}\n{namespace="team-b"}'],
    ['all series', '{__name__=~".+", namespace="team-b"}'],
  ])('%s shows nothing of another project', async (_, query) => {
    expect(await namespacesDirectly(query)).toContain('team-b');
    expect(await namespacesIn(anna, query)).not.toContain('team-b');
  });

  test('a carriage return in a comment, which ends it for Prometheus only, is refused', async () => {
    const attack = 'loss{namespace="team-a"} # \r or loss{namespace="team-b"}';
    expect(await namespacesDirectly(attack)).toEqual(['team-a', 'team-b']);
    expect(await codeOf(anna, 'api/v1/query', { query: attack })).toBe('ERR_QUERY_001');
  });

  test('a missing or broken query is refused by name', async () => {
    expect(await codeOf(anna, 'api/v1/query')).toBe('ERR_QUERY_001');
    expect(await codeOf(admin, 'api/v1/query', { query: '((' })).toBe('ERR_QUERY_001');
    expect(await codeOf(anna, 'api/v1/query', { query: 'info(loss)' })).toBe('ERR_QUERY_001');
  });

  test('what Prometheus cannot compute is the query’s fault, and its text stays in the log', async () => {
    const response = await callers.send(admin, 'api/v1/query', { query: 'loss * on () loss', time: String(end) });
    const text = await response.text();
    expect(text).toContain('ERR_QUERY_001');
    expect(text).not.toContain('many-to-many');
  });
});

describe('parameter pollution', () => {
  const time = String(end);

  test('a query in the URL and another in the body are refused', async () => {
    expect(await codeOf(anna, 'api/v1/query?query=loss', { query: 'loss{namespace="team-b"}', time })).toBe('ERR_QUERY_001');
  });

  test('a query given twice is refused', async () => {
    expect(await codeOf(anna, `api/v1/query?query=loss&query=${encodeURIComponent('loss{namespace="team-b"}')}`)).toBe('ERR_QUERY_001');
    expect(await codeOf(anna, 'api/v1/query', 'query=loss&query=up')).toBe('ERR_QUERY_001');
  });

  test('match[] in body and URL are both scoped', async () => {
    expect(await ask(anna, `api/v1/series?match[]=loss`, { 'match[]': 'loss{namespace="team-b"}' })).toHaveLength(1);
  });

  test('a body that is not a form is refused', async () => {
    const init = { method: 'POST', body: '{"query":"loss"}', headers: { 'content-type': 'application/json' } };
    expect(await codeOf(anna, 'api/v1/query', undefined, init)).toBe('ERR_QUERY_001');
  });
});

describe('labels and series', () => {
  test('label names are those of the caller’s series', async () => {
    expect(await ask(anna, 'api/v1/labels?match[]=loss')).toEqual(['__name__', 'job', 'namespace']);
    expect(await ask(admin, 'api/v1/labels?match[]=loss')).toContain('node');
    expect(await ask(anna, 'api/v1/labels', {})).not.toContain('node');
  });

  test('label values are those of the caller’s series', async () => {
    expect(await ask(anna, `api/v1/label/job/values?start=${start}&end=${end}`)).not.toContain('y');
    expect(await ask(bob, `api/v1/label/job/values?match[]=loss`)).toEqual(['x', 'y']);
  });

  test('of the project label the caller gets its own values only', async () => {
    expect(await ask(anna, 'api/v1/label/namespace/values')).toEqual(['team-a']);
    expect(await ask(bob, 'api/v1/label/namespace/values?match[]={__name__=~".%2B"}')).toEqual(['team-b', 'team-c']);
    expect(await ask(anna, 'api/v1/label/namespace/values?match[]=loss{namespace="team-b"}')).toEqual([]);
    expect(await ask(admin, 'api/v1/label/namespace/values')).toEqual(['team-a', 'team-b', 'team-c']);
  });

  test('series are the caller’s, with a selector and without', async () => {
    expect(await ask(anna, `api/v1/series?match[]=loss&match[]=${encodeURIComponent('{__name__=~"lo.*"}')}`)).toEqual([{ __name__: 'loss', job: 'x', namespace: 'team-a' }]);
    const all = (await ask(anna, 'api/v1/series')) as Record<string, string>[];
    expect(new Set(all.map((labels) => labels['namespace']))).toEqual(new Set(['team-a']));
  });

  test('a match[] that is more than a selector is refused', async () => {
    expect(await codeOf(anna, `api/v1/series?match[]=${encodeURIComponent('loss or loss{namespace="team-b"}')}`)).toBe('ERR_QUERY_001');
  });
});

describe('rules, alerts and exemplars', () => {
  /** Groups that Prometheus has evaluated, so that alerts are there. */
  const evaluated = (): Promise<unknown> =>
    until(
      async () => JSON.stringify(await ask(admin, 'api/v1/alerts')),
      (text) => ['MineHigh', 'TheirsHigh', 'PlatformHigh', 'OnlyTheirs'].every((name) => text.includes(name)),
    );

  test('a rule that is not the caller’s is not shown, its text least of all', async () => {
    await evaluated();
    const answer = await ask(anna, 'api/v1/rules');
    const { groups } = answer as { groups: { name: string; rules: { name: string; alerts?: unknown[] }[] }[] };
    expect(groups.map(({ name, rules: own }) => [name, own.map((rule) => rule.name)])).toEqual([['mixed', ['a:loss', 'MineHigh']]]);
    expect(groups[0]?.rules[1]?.alerts).toHaveLength(1);
    expect(JSON.stringify(answer)).not.toMatch(/team-b|secret_of_b|Platform/);
    expect(JSON.stringify(await ask(admin, 'api/v1/rules'))).toContain('secret_of_b');
  });

  test('an alert that is not the caller’s is not shown', async () => {
    await evaluated();
    const { alerts } = (await ask(anna, 'api/v1/alerts')) as { alerts: { labels: Record<string, string> }[] };
    expect(alerts.map(({ labels }) => labels['alertname'])).toEqual(['MineHigh']);
  });

  test('rules can be narrowed by type', async () => {
    expect(JSON.stringify(await ask(anna, 'api/v1/rules?type=record'))).not.toContain('MineHigh');
    expect(await codeOf(anna, 'api/v1/rules?type=other')).toBe('ERR_QUERY_001');
  });

  test('exemplars are those of the caller’s series', async () => {
    const query = { query: 'requests_total', start: String(start), end: String(end + 3600) };
    const all = await until(
      async () => JSON.stringify(await ask(admin, 'api/v1/query_exemplars', query)),
      (text) => text.includes('trace-a') && text.includes('trace-b'),
    );
    expect(all).toContain('trace-b');
    const own = JSON.stringify(await ask(anna, 'api/v1/query_exemplars', query));
    expect(own).toContain('trace-a');
    expect(own).not.toContain('trace-b');
  });
});

describe('what carries no project’s data', () => {
  test('metadata names the metrics of the caller’s own series only', async () => {
    await until(
      () => ask(admin, 'api/v1/metadata'),
      (all) => JSON.stringify(all).includes('What only b measures'),
    );
    await until(
      () => ask(anna, 'api/v1/metadata'),
      (own) => Object.keys(own as object).length > 0,
    );
    expect(Object.keys((await ask(anna, 'api/v1/metadata')) as object)).toEqual(['requests']);
    expect(Object.keys((await ask(bob, 'api/v1/metadata')) as object).sort()).toEqual(['case_score', 'requests']);
    expect(await ask(anna, 'api/v1/metadata?metric=case_score')).toEqual({});
  });

  test('build information and formatting are passed on', async () => {
    expect(await ask(anna, 'api/v1/status/buildinfo')).toHaveProperty('version');
    expect(await ask(anna, 'api/v1/format_query', { query: 'loss{ }+1' })).toBe('loss + 1');
  });
});

describe('transfer', () => {
  test('what Prometheus compressed is handed on as it is', async () => {
    const response = await callers.send(anna, 'api/v1/query?query=loss', undefined, { headers: { 'accept-encoding': 'br, gzip' } });
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(response.headers.get('vary')).toBe('accept-encoding');
    expect(gunzipSync(await response.arrayBuffer()).toString()).toContain('"success"');
  });

  test.each(['', 'identity', 'gzip;q=0', 'br'])('a caller that accepts "%s" gets it uncompressed', async (accepted) => {
    const response = await callers.send(anna, 'api/v1/query?query=loss', undefined, { headers: { 'accept-encoding': accepted } });
    expect(response.headers.get('content-encoding')).toBeNull();
    expect(await response.json()).toMatchObject({ status: 'success' });
  });

  test('answers are JSON that nobody may keep', async () => {
    const response = await callers.send(anna, 'api/v1/query?query=loss');
    expect([response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual(['application/json', 'no-store']);
  });
});

describe('what the app asks itself', () => {
  const signal = AbortSignal.timeout(60_000);
  const caller = { identity: someone, signal };

  test('the projects that metrics exist for', async () => {
    const query = { datasource: callers.datasource, start: start * 1000, end: end * 1000 };
    expect(await namespacesWithMetrics(callers.upstream.forward, { ...query, scope: admin }, caller)).toEqual(['team-a', 'team-b', 'team-c']);
    expect(await namespacesWithMetrics(callers.upstream.forward, { ...query, scope: bob }, caller)).toEqual(['team-b', 'team-c']);
    expect(await namespacesWithMetrics(callers.upstream.forward, { ...query, scope: guest }, caller)).toEqual([]);
  });

  test('whether the backend answers', async () => {
    await expect(probe(callers.upstream.forward, callers.datasource, signal)).resolves.toBeUndefined();
  });
});
