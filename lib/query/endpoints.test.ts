/** What is not served, and what is too much to ask: refused before a backend hears of it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Scope } from '../access/scope';
import { answerJson, startBackend, type Backend } from './testing/backend';
import { callersOf, type Callers } from './testing/caller';

const anna: Scope = { kind: 'namespaces', namespaces: ['team-a'] };
const admin: Scope = { kind: 'all' };

let backend: Backend;
let callers: Callers;

beforeAll(async () => {
  backend = await startBackend((response) => answerJson(response));
  callers = callersOf({ url: backend.url });
});

afterAll(async () => {
  expect(backend.received).toEqual([]);
  backend.stop();
  await callers.upstream.close();
});

async function codeOf(scope: Scope, path: string, form?: Record<string, string> | string): Promise<unknown> {
  const response = await callers.send(scope, path, form);
  return ((await response.json()) as { code: string }).code;
}

describe('endpoints that are not served', () => {
  test.each([
    'api/v1/admin/tsdb/delete_series?match[]=loss',
    'api/v1/admin/tsdb/snapshot',
    'federate?match[]=loss',
    'api/v1/read',
    'api/v1/write',
    'api/v1/targets',
    'api/v1/targets/metadata',
    'api/v1/alertmanagers',
    'api/v1/status/config',
    'api/v1/status/flags',
    'api/v1/status/runtimeinfo',
    'api/v1/status/tsdb',
    'api/v1/status/walreplay',
    'api/v1/parse_query?query=loss',
    'metrics',
    '-/reload',
    '-/quit',
    'graph',
    '',
    'api/v1/query/?query=loss',
    'api/v1//query?query=loss',
    'api/v1/QUERY?query=loss',
    'api/v1/query%20?query=loss',
    'api/v1/query;x?query=loss',
    'api/v1/query%00?query=loss',
    'api/v2/query?query=loss',
    'x/api/v1/query?query=loss',
    'api/v1/label/a%2Fb/values',
    'api/v1/label/../values',
    'api/v1/label/%2e%2e/values',
    'api/v1/label//values',
    'api/v1/label/job%3Fx/values',
    'api/v1/label/job/values/',
    'api/v1/label/job%0a/values',
  ])('%s', async (path) => {
    expect(await codeOf(admin, path)).toBe('ERR_DATA_002');
  });

  test.each(['api/v1/rules', 'api/v1/alerts', 'api/v1/metadata', 'api/v1/status/buildinfo', 'api/v1/label/job/values'])('%s is not taken as a form', async (path) => {
    expect(await codeOf(admin, path, {})).toBe('ERR_DATA_002');
  });
});

describe('limits', () => {
  test.each<[string, string, Record<string, string>]>([
    ['range', 'query_range', { query: 'loss', start: '0', end: String(93 * 86_400), step: '1d' }],
    ['points', 'query_range', { query: 'loss', start: '0', end: '86400', step: '1s' }],
    ['query length', 'query', { query: `loss{a="${'x'.repeat(20_000)}"}` }],
    ['depth', 'query', { query: `${'('.repeat(70)}loss${')'.repeat(70)}` }],
    ['matchers', 'query', { query: `loss{${'a="",'.repeat(200)}}` }],
    ['a range in the query', 'query', { query: 'max_over_time(loss[93d])' }],
    ['an offset in the query', 'query', { query: 'loss offset -93d' }],
    ['points of a subquery', 'query', { query: 'max_over_time(loss[92d:1s])' }],
    ['points of a subquery over those of the query', 'query_range', { query: 'max_over_time(loss[1h:1s])', start: '0', end: '86400', step: '60' }],
    ['points of a subquery between those of the query', 'query_range', { query: 'max_over_time(loss[1s:1s])', start: '0', end: String(90 * 86_400), step: '45d' }],
    ['points of a subquery in exemplars', 'query_exemplars', { query: 'max_over_time(loss[92d:1s])' }],
    ['time to look back', 'query', { query: 'loss', lookback_delta: '93d' }],
    ['body', 'query', { query: 'loss', ignored: 'x'.repeat(1024 * 1024) }],
    ['range of a look-up', 'labels', { start: '0', end: '1e9' }],
    ['selectors', 'series', { 'match[]': `{a="${'x'.repeat(20_000)}"}` }],
  ])('%s', async (_, endpoint, form) => {
    const response = await callers.send(anna, `api/v1/${endpoint}`, form);
    expect(await response.json()).toMatchObject({ code: 'ERR_QUERY_003', detail: expect.stringMatching(/allowed/) as string });
    expect(response.status).toBe(422);
  });

  test('they hold for administrators, too', async () => {
    expect(await codeOf(admin, 'api/v1/query', { query: 'max_over_time(loss[92d:1s])' })).toBe('ERR_QUERY_003');
    expect(await codeOf(admin, 'api/v1/query_range', { query: 'max_over_time(loss[1h:1s])', start: '0', end: '86400', step: '60' })).toBe('ERR_QUERY_003');
  });

  test('a refusal states the limit and the value', async () => {
    const response = await callers.send(anna, 'api/v1/query_range', { query: 'max_over_time(loss[1h:1s])', start: '0', end: '86400', step: '60' });
    expect(await response.json()).toMatchObject({ detail: 'The subqueries ask for 5187600 points; 500000 are allowed.' });
  });

  test('many selectors are refused even when each is small', async () => {
    expect(await codeOf(anna, 'api/v1/series', 'match[]=a&'.repeat(201))).toBe('ERR_QUERY_003');
  });

  test.each<[string, Record<string, string>]>([
    ['a step of zero', { step: '0' }],
    ['a negative step', { step: '-1' }],
    ['a start that is no time', { start: 'yesterday' }],
    ['an end before the start', { end: '1' }],
    ['an infinite end', { end: 'Inf' }],
    ['a limit that is no number', { limit: '1e3' }],
  ])('%s is refused', async (_, change) => {
    expect(await codeOf(anna, 'api/v1/query_range', { query: 'loss', start: '1000', end: '2000', step: '60', ...change })).toBe('ERR_QUERY_001');
  });
});
