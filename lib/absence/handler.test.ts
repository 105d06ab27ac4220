/** Why nothing came, asked of a real Prometheus that holds two projects' data. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Scope } from '../access/scope';
import { absenceSchema, type Absence } from '../contracts/absence';
import { AppError } from '../errors/app-error';
import { callersOf, someone, type Callers } from '../query/testing/caller';
import { startPrometheus, type RunningPrometheus } from '../query/testing/prometheus';
import { createLogger } from '../telemetry/logger';
import { createAbsenceHandler } from './handler';

const anna: Scope = { kind: 'namespaces', namespaces: ['team-a', 'team-c'] };
const admin: Scope = { kind: 'all' };

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const end = Math.floor(Date.now() / 1000);

function series(text: string, from: number, to: number): string[] {
  const lines: string[] = [];
  for (let time = from; time <= to; time += minute) lines.push(`${text} 1 ${time}`);
  return lines;
}

const history = [
  ...series('odh_training_loss{namespace="team-a",job_name="old"}', end - 8 * hour, end - 3 * hour),
  ...series('odh_training_loss{namespace="team-a",job_name="running"}', end - 8 * hour, end),
  ...series('odh_training_loss{namespace="team-b",job_name="theirs"}', end - 8 * hour, end),
  ...series('odh_training_throughput{namespace="team-a",job_name="weeks"}', end - 12 * day, end - 12 * day + hour),
  ...series('DCGM_FI_DEV_GPU_UTIL{namespace="team-b",gpu="0"}', end - 8 * hour, end),
  '# EOF',
  '',
].join('\n');

let prometheus: RunningPrometheus;
const open: Callers[] = [];

beforeAll(async () => {
  prometheus = await startPrometheus({ history });
}, 60_000);
afterEach(async () => {
  for (const { upstream } of open.splice(0)) await upstream.close();
});
afterAll(() => prometheus.stop());

const lastHour = { start: String(end - hour), end: String(end) };

/** Datasources that the last question went to. */
const asked = new Set<string>();

async function ask(scope: Scope, parameters: Record<string, string>): Promise<Absence> {
  const callers = callersOf({ url: prometheus.url });
  asked.clear();
  open.push(callers);
  const handler = createAbsenceHandler({
    resolveScope: () => Promise.resolve(scope),
    query: (request, context, identity) => {
      asked.add(context.params['datasource'] ?? '');
      return callers.handler(request, { ...context, params: { ...context.params, datasource: callers.datasource.name } }, identity);
    },
    datasources: [callers.datasource, { ...callers.datasource, name: 'another', default: false }],
    date: () => end * 1000,
  });
  const context = { params: {}, requestId: 'test', log: createLogger('error'), responseHeaders: new Headers() };
  const response = await handler(new Request(`http://app.test/api/absence?${new URLSearchParams(parameters).toString()}`), context, { ...someone, claims: { scope } });
  return absenceSchema.parse(await response.json());
}

const why = (query: string, scope: Scope = anna, times = lastHour) => ask(scope, { query, ...times });

test.each([
  ['the default datasource', {}, ['prometheus']],
  ['the one that is named', { datasource: 'another' }, ['another']],
])('%s is asked', async (_name, named, expected) => {
  expect((await ask(anna, { query: 'odh_nothing', ...lastHour, ...named })).reason).toBe('not-emitted');
  expect([...asked]).toEqual(expected);
});

test('a datasource that there is not is said to be none', async () => {
  await expect(ask(anna, { query: 'odh_nothing', ...lastHour, datasource: 'none' })).rejects.toMatchObject({ code: 'ERR_DATA_002' });
});

describe('nothing came because', () => {
  test('nothing ran in the time range: it says when something did', async () => {
    const absence = await why('avg(odh_training_loss{namespace=~"team-a", job_name="old"})');
    expect(absence).toMatchObject({ reason: 'another-time', within: '24h' });
    const last = absence.reason === 'another-time' ? (absence.last ?? 0) : 0;
    expect(Math.abs(last / 1000 - (end - 3 * hour))).toBeLessThanOrEqual(15 * minute);
  });

  test('it was weeks ago', async () => {
    expect(await why('odh_training_throughput{job_name="weeks"}')).toEqual({ reason: 'another-time', within: '30d' });
  });

  test('nothing of what was chosen has ever run', async () => {
    expect(await why('odh_training_loss{job_name="unknown"}')).toEqual({ reason: 'nothing-chosen', metrics: ['odh_training_loss'] });
  });

  test('no project of the caller’s has these metrics, whatever others have', async () => {
    expect(await why('DCGM_FI_DEV_GPU_UTIL > 3')).toEqual({ reason: 'not-emitted', metrics: ['DCGM_FI_DEV_GPU_UTIL'], exporters: ['NVIDIA DCGM exporter'] });
    expect(await why('my_metric')).toEqual({ reason: 'not-emitted', metrics: ['my_metric'], exporters: [] });
  });

  test('one part of the query has nothing', async () => {
    expect(await why('odh_training_loss{job_name="running"} / DCGM_FI_DEV_GPU_UTIL')).toMatchObject({ reason: 'not-emitted', metrics: ['DCGM_FI_DEV_GPU_UTIL'] });
  });

  test('the project is not the caller’s', async () => {
    expect(await why('odh_training_loss{namespace=~"(team-b|nowhere)"}')).toEqual({ reason: 'no-access', projects: ['nowhere', 'team-b'] });
    expect(await why('odh_training_loss{namespace="team-b"}', admin)).toEqual({ reason: 'no-match' });
  });

  test('the condition is not met by what there is', async () => {
    expect(await why('odh_training_loss{job_name="running"} > 5')).toEqual({ reason: 'no-match' });
    const week = { start: String(end - 7 * day), end: String(end) };
    expect(await why('odh_training_loss{job_name="running"} > 5', anna, week)).toEqual({ reason: 'no-match' });
  });
});

describe('another project stays unseen', () => {
  test.each([
    'odh_training_loss{job_name="theirs"}',
    'odh_training_loss{namespace=~"team-.*", job_name="theirs"}',
    'odh_training_loss{namespace=~"team-a|team-b", job_name="theirs"}',
    '{namespace!="team-a", job_name="theirs"}',
  ])('%s', async (query) => {
    expect(await why(query)).toMatchObject({ reason: 'nothing-chosen' });
  });
});

test.each<[string, Record<string, string>]>([
  ['no query', lastHour],
  ['no PromQL', { query: 'sum(', ...lastHour }],
  ['a query without a metric', { query: '1', ...lastHour }],
  ['a time that is none', { query: 'up', start: 'now', end: '5' }],
  ['a range that ends before it starts', { query: 'up', start: '9', end: '5' }],
])('%s is refused', async (_what, parameters) => {
  await expect(ask(anna, parameters)).rejects.toMatchObject({ code: 'ERR_QUERY_001' });
});

test('a caller without projects is told so, and nothing is asked', async () => {
  await expect(ask({ kind: 'none' }, { query: 'up', ...lastHour })).rejects.toThrow(AppError);
});
