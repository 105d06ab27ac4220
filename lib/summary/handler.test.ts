/** A project's summary on a real Prometheus that holds two projects' data, and on backends that misbehave. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Scope } from '../access/scope';
import { summarySchema, type Summary } from '../contracts/summary';
import { AppError } from '../errors/app-error';
import type { IdentityHandler } from '../http/with-identity';
import { answerJson, startBackend, type Backend } from '../query/testing/backend';
import { callersOf, someone, type Callers, type Setup } from '../query/testing/caller';
import { startPrometheus, type RunningPrometheus } from '../query/testing/prometheus';
import { createLogger } from '../telemetry/logger';
import { createSummaryHandler } from './handler';

const anna: Scope = { kind: 'namespaces', namespaces: ['team-a', 'team-empty', 'team-gone'] };
const admin: Scope = { kind: 'all' };
const guest: Scope = { kind: 'none' };

const end = Math.floor(Date.now() / 1000);
const hour = 3600;
const minute = 60;

/** Lines of a series from `from` on, one each minute. */
function series(text: string, value: (seconds: number) => number, from = end - 6 * hour - 10 * minute, to = end): string[] {
  const lines: string[] = [];
  for (let time = from; time <= to; time += minute) lines.push(`${text} ${value(time - from)} ${time}`);
  return lines;
}

/** Team b measures the same with figures that would show in any sum, average or maximum. */
function history(): string {
  const requests = (namespace: string, model: string, code: string, perSecond: number) =>
    series(`istio_requests_total{namespace="${namespace}",reporter="destination",destination_canonical_service="${model}",response_code="${code}"}`, (t) => perSecond * t);
  const latency = (namespace: string, model: string, fast: number, slow: number) =>
    [['100', fast], ['500', fast + slow], ['+Inf', fast + slow]].flatMap(([le, rate]) =>
      series(`istio_request_duration_milliseconds_bucket{namespace="${namespace}",reporter="destination",destination_canonical_service="${model}",le="${le ?? ''}"}`, (t) => Number(rate) * t),
    );
  return [
    ...['a', 'b'].flatMap((job) => series(`odh_training_loss{namespace="team-a",job_name="${job}"}`, () => 1)),
    ...Array.from({ length: 30 }, (_, job) => series(`odh_training_loss{namespace="team-b",job_name="${job}"}`, () => 1)).flat(),
    ...series('odh_training_loss{namespace="team-gone",job_name="a"}', () => 1, end - 6 * hour, end - hour),
    ...series('DCGM_FI_DEV_GPU_UTIL{namespace="team-a",gpu="0"}', () => 81),
    ...series('DCGM_FI_DEV_GPU_UTIL{namespace="team-a",gpu="1"}', () => 91),
    ...series('DCGM_FI_DEV_GPU_UTIL{namespace="team-b",gpu="0"}', () => 1),
    ...series('odh_notebook_last_activity_timestamp_seconds{namespace="team-a",notebook="busy"}', (t) => end - 6 * hour - 10 * minute + t),
    ...series('odh_notebook_last_activity_timestamp_seconds{namespace="team-a",notebook="idle"}', () => end - 20 * hour),
    ...series('odh_notebook_last_activity_timestamp_seconds{namespace="team-empty",notebook="idle"}', () => end - 20 * hour),
    ...series('odh_pipeline_runs_total{namespace="team-a",status="Failed"}', (t) => (t > 3 * hour ? 3 : 0)),
    ...series('odh_pipeline_runs_total{namespace="team-a",status="Succeeded"}', (t) => Math.floor(t / hour)),
    ...series('odh_pipeline_runs_total{namespace="team-empty",status="Succeeded"}', () => 4),
    ...requests('team-a', 'bert', '200', 49),
    ...requests('team-a', 'bert', '503', 1),
    ...requests('team-a', 'calm', '200', 2),
    ...requests('team-a', 'unused', '200', 0),
    ...requests('team-b', 'bert', '503', 9000),
    ...latency('team-a', 'bert', 10, 40),
    ...latency('team-a', 'calm', 2, 0),
    ...latency('team-b', 'bert', 0, 9000),
    '# EOF',
    '',
  ].join('\n');
}

let prometheus: RunningPrometheus;
const open: { stop: () => unknown }[] = [];

beforeAll(async () => {
  prometheus = await startPrometheus({ history: history() });
}, 60_000);
afterEach(async () => {
  for (const each of open.splice(0)) await each.stop();
});
afterAll(() => prometheus.stop());

interface Site {
  readonly ask: (scope: Scope, search: string, subject?: string) => Promise<Summary>;
  readonly codeOf: (scope: Scope, search: string) => Promise<unknown>;
  readonly clock: { time: number };
}

function siteOf(setup: Setup, wrap: (query: IdentityHandler) => IdentityHandler = (query) => query): Site {
  const callers: Callers = callersOf(setup);
  open.push({ stop: () => callers.upstream.close() });
  const clock = { time: end * 1000 };
  const handler = createSummaryHandler({
    resolveScope: (identity) => Promise.resolve(identity.claims['scope'] as Scope),
    query: wrap(callers.handler),
    datasources: [callers.datasource],
    date: () => clock.time,
  });
  const log = createLogger('error');
  const ask = async (scope: Scope, search: string, subject = someone.subject): Promise<Summary> => {
    const context = { params: {}, requestId: 'test', log, responseHeaders: new Headers() };
    const response = await handler(new Request(`http://app.test/api/summary${search}`), context, { ...someone, subject, claims: { scope } });
    return summarySchema.parse(await response.json());
  };
  return { ask, clock, codeOf: (scope, search) => ask(scope, search).catch((error: unknown) => (error instanceof AppError ? error.code : error)) };
}

async function backendOf(answer: Parameters<typeof startBackend>[0]): Promise<Backend> {
  const backend = await startBackend(answer);
  open.push(backend);
  return backend;
}

const emptyMatrix = { status: 'success', data: { resultType: 'matrix', result: [] } };

describe('the figures of a project', () => {
  test('are its own, whatever its neighbours measure', async () => {
    const summary = await siteOf(prometheus).ask(anna, '?namespace=team-a');
    expect(summary).toMatchObject({
      namespace: 'team-a',
      time: end * 1000,
      trainingJobs: { state: 'measured', value: 2, health: 'good', word: 'Running' },
      gpuUtilization: { state: 'measured', value: 86, health: 'good' },
      activeNotebooks: { state: 'measured', value: 1, health: 'good' },
      failedRuns: { state: 'measured', value: 3, health: 'warning', word: 'Some failed' },
    });
    if (summary.models.state !== 'measured') throw new Error('no models');
    expect(summary.models.shown.map(({ name }) => name)).toEqual(['bert', 'calm', 'unused']);
    const [bert, calm, unused] = summary.models.shown;
    expect(bert?.requestRate).toMatchObject({ state: 'measured', health: 'good' });
    expect(bert?.requestRate.state === 'measured' && bert.requestRate.value).toBeCloseTo(50);
    expect(bert?.errorRate.state === 'measured' && bert.errorRate.value).toBeCloseTo(2);
    expect(bert?.errorRate).toMatchObject({ health: 'warning', word: 'Elevated' });
    expect(bert?.latencyP95).toMatchObject({ health: 'warning', word: 'Slow' });
    expect(calm?.errorRate).toMatchObject({ state: 'measured', value: 0, health: 'good' });
    expect(calm?.latencyP95).toMatchObject({ health: 'good' });
    expect(unused).toMatchObject({ requestRate: { value: 0, word: 'No requests' }, errorRate: { state: 'absent' }, latencyP95: { state: 'absent' } });
  });

  test('are what Prometheus answers to the same question', async () => {
    const { models } = await siteOf(prometheus).ask(anna, '?namespace=team-a');
    const query =
      'histogram_quantile(0.95, sum by (le) (rate(istio_request_duration_milliseconds_bucket{namespace="team-a", destination_canonical_service="bert"}[5m])))';
    const direct = await fetch(`${prometheus.url}/api/v1/query?${new URLSearchParams({ query, time: String(end) }).toString()}`);
    const { data } = (await direct.json()) as { data: { result: { value: [number, string] }[] } };
    const expected = Number(data.result[0]?.value[1]);
    expect(expected).toBeGreaterThan(100);
    expect(models.state === 'measured' && models.shown[0]?.latencyP95).toMatchObject({ value: expected });
  });

  test('are the same for an administrator, whose queries nothing else limits', async () => {
    const site = siteOf(prometheus);
    expect(await site.ask(admin, '?namespace=team-a')).toEqual(await site.ask(anna, '?namespace=team-a'));
  });

  test('have a trend over six hours that ends now', async () => {
    const { failedRuns, range } = await siteOf(prometheus).ask(anna, '?namespace=team-a');
    expect(range).toBe(6 * hour * 1000);
    if (failedRuns.state !== 'measured') throw new Error('not measured');
    expect(failedRuns.trend).toHaveLength(37);
    expect(failedRuns.trend.slice(0, 15)).toEqual(Array.from({ length: 15 }, () => 0));
    expect(failedRuns.trend.at(-1)).toBe(3);
  });

  test('say why nothing is there, rather than zero', async () => {
    const summary = await siteOf(prometheus).ask(anna, '?namespace=team-empty');
    expect(summary.gpuUtilization).toEqual({ state: 'absent', reason: 'No pod of this project holds a GPU.' });
    expect(summary.trainingJobs.state).toBe('absent');
    expect(summary.models.state).toBe('absent');
  });

  test('are zero where something could have been counted', async () => {
    const site = siteOf(prometheus);
    const empty = await site.ask(anna, '?namespace=team-empty');
    expect(empty.activeNotebooks).toMatchObject({ state: 'measured', value: 0, word: 'All idle' });
    expect(empty.failedRuns).toMatchObject({ state: 'measured', value: 0, health: 'good' });
    expect((await site.ask(anna, '?namespace=team-gone')).trainingJobs).toMatchObject({ state: 'measured', value: 0, word: 'None running' });
  });
});

describe('who may ask', () => {
  test.each([
    ['a project of others', anna, '?namespace=team-b'],
    ['a project that does not exist', anna, '?namespace=nothing'],
    ['a name that would widen a matcher', anna, `?namespace=${encodeURIComponent('team-a|team-b')}`],
    ['a name that would leave the string', admin, `?namespace=${encodeURIComponent('a"} or up{a="')}`],
    ['everything', admin, `?namespace=${encodeURIComponent('.+')}`],
    ['nothing', admin, '?namespace='],
    ['no project at all', admin, ''],
    ['two projects at once', anna, '?namespace=team-a&namespace=team-b'],
  ])('%s is refused before a backend hears of it', async (_, scope, search) => {
    const backend = await backendOf((response) => answerJson(response, emptyMatrix));
    expect(await siteOf(backend).codeOf(scope, search)).toBe('ERR_ACCESS_002');
    expect(backend.received).toEqual([]);
  });

  test('a caller without projects is told so', async () => {
    expect(await siteOf(prometheus).codeOf(guest, '?namespace=team-a')).toBe('ERR_ACCESS_001');
  });

  test('what is sent carries the caller’s scope, as every query does', async () => {
    const backend = await backendOf((response) => answerJson(response, emptyMatrix));
    await siteOf(backend).ask(anna, '?namespace=team-a');
    expect(backend.received).toHaveLength(7);
    for (const { body } of backend.received) {
      const query = new URLSearchParams(body).get('query') ?? '';
      expect(query.split('namespace=~"team-a|team-empty|team-gone"').length).toBe(query.split('namespace="team-a"').length);
    }
  });
});

describe('when something fails', () => {
  test('a figure that cannot be had says so, and the others are shown', async () => {
    const backend = await backendOf((response, { body }) =>
      body.includes('DCGM') || body.includes('histogram_quantile')
        ? answerJson(response, { status: 'error', errorType: 'unavailable', error: 'text of the backend' }, 503)
        : answerJson(response, { status: 'success', data: { resultType: 'matrix', result: [{ metric: { destination_canonical_service: 'bert' }, values: [[end, '2']] }] } }),
    );
    const summary = await siteOf(backend).ask(anna, '?namespace=team-a');
    expect(summary.gpuUtilization).toEqual({ state: 'failed', code: 'ERR_DATA_001' });
    expect(summary.trainingJobs).toMatchObject({ state: 'measured', value: 2 });
    expect(summary.models).toMatchObject({ state: 'measured', shown: [{ name: 'bert', requestRate: { value: 2 }, latencyP95: { state: 'failed' } }] });
    expect(JSON.stringify(summary)).not.toContain('text of the backend');
  });

  test('an answer that is not Prometheus’s is a failure, not an empty project', async () => {
    const backend = await backendOf((response) => answerJson(response, { status: 'success', data: [] }));
    const summary = await siteOf(backend).ask(anna, '?namespace=team-a');
    expect([summary.trainingJobs, summary.models]).toEqual([
      { state: 'failed', code: 'ERR_DATA_001' },
      { state: 'failed', code: 'ERR_DATA_001' },
    ]);
  });

  test('a backend that does not answer in time is named as that', async () => {
    const backend = await backendOf(() => undefined);
    const summary = await siteOf({ ...backend, limits: { timeout: 200 } }).ask(anna, '?namespace=team-a');
    expect(summary.trainingJobs).toEqual({ state: 'failed', code: 'ERR_QUERY_002' });
  });

  test('its queries take the caller’s places and rate like any others', async () => {
    const summary = await siteOf({ url: prometheus.url, limits: { perMinute: 3 } }).ask(anna, '?namespace=team-a');
    const states = [summary.trainingJobs, summary.gpuUtilization, summary.activeNotebooks, summary.failedRuns, summary.models].map((figure) =>
      figure.state === 'failed' ? figure.code : figure.state,
    );
    expect(states).toEqual(['measured', 'measured', 'measured', 'ERR_QUERY_004', 'ERR_QUERY_004']);
  });
});

describe('many who look at once', () => {
  test('twenty viewers cost the backend as much as one, until the answer is old', async () => {
    const backend = await backendOf((response) => answerJson(response, emptyMatrix));
    const { ask, clock } = siteOf(backend);
    await Promise.all(Array.from({ length: 20 }, (_, viewer) => ask(anna, '?namespace=team-a', `viewer-${viewer}`)));
    await ask(anna, '?namespace=team-a');
    expect(backend.received).toHaveLength(7);
    clock.time += 30_000;
    await ask(anna, '?namespace=team-a');
    expect(backend.received).toHaveLength(14);
  });

  test('another project and another scope are asked for themselves', async () => {
    const backend = await backendOf((response) => answerJson(response, emptyMatrix));
    const { ask } = siteOf(backend);
    await ask(anna, '?namespace=team-a');
    await ask(anna, '?namespace=team-empty');
    await ask(admin, '?namespace=team-a');
    expect(backend.received).toHaveLength(21);
  });

  test('an answer with a failure in it is not kept', async () => {
    let down = true;
    const backend = await backendOf((response) => (down ? answerJson(response, {}, 503) : answerJson(response, emptyMatrix)));
    const { ask } = siteOf(backend);
    expect((await ask(anna, '?namespace=team-a')).trainingJobs.state).toBe('failed');
    down = false;
    expect((await ask(anna, '?namespace=team-a')).trainingJobs.state).toBe('absent');
  });

  test('who has asked too often does not fail for others who wait for the same', async () => {
    const { ask } = siteOf(prometheus, (query) => (request, context, identity) => {
      if (identity.subject === 'greedy') throw new AppError('ERR_QUERY_004');
      return query(request, context, identity);
    });
    const [greedy, modest] = await Promise.all([ask(anna, '?namespace=team-a', 'greedy'), ask(anna, '?namespace=team-a', 'modest')]);
    expect(greedy.trainingJobs).toEqual({ state: 'failed', code: 'ERR_QUERY_004' });
    expect(modest.trainingJobs).toMatchObject({ state: 'measured', value: 2 });
  });
});
