/** What the records get to know of a query. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { AuditEvent } from '../audit/events';
import { createQueryRecorder } from '../audit/recorded-query';
import { createLogger } from '../telemetry/logger';
import { answerJson, startBackend, type Backend } from './testing/backend';
import { callersOf, type Callers } from './testing/caller';
import { until } from './testing/prometheus';

const answer = { status: 'success', data: { resultType: 'vector', result: [{ metric: { job: 'a' }, value: [0, '1'] }, { metric: { job: 'b' }, value: [0, '2'] }] } };

let events: AuditEvent[];
let backend: Backend;
let callers: Callers;
let broken = false;

beforeAll(async () => {
  backend = await startBackend((response) => (broken ? answerJson(response, { status: 'error', errorType: 'internal', error: 'x' }, 500) : answerJson(response, answer)));
  const log = createLogger('error', { write: () => undefined });
  callers = callersOf({ url: backend.url, answered: (query) => createQueryRecorder({ record: (event) => void events.push(event) }, log)(query) });
});
beforeEach(() => {
  events = [];
  broken = false;
});
afterAll(async () => {
  await callers.upstream.close();
  backend.stop();
});

const recorded = () => until(() => Promise.resolve(events), ({ length }) => length > 0);

it('a scoped query is recorded as it was sent, with the number of its series and the size of its answer', async () => {
  const response = await callers.send({ kind: 'namespaces', namespaces: ['team-a'] }, 'api/v1/query', { query: 'sum by (job) (up)', time: '5' });
  const { length } = await response.text();
  expect(await recorded()).toEqual([
    {
      event: 'query',
      outcome: 'success',
      subject: 'u1',
      name: 'Test',
      request_id: 'test',
      datasource: 'prometheus',
      endpoint: 'query',
      parameters: { query: 'sum by (job) (up{namespace="team-a"})', time: '5', timeout: '30' },
      unlimited: false,
      result_series: 2,
      result_bytes: length,
    },
  ]);
  expect(new URLSearchParams(backend.received[0]?.body).get('query')).toBe('sum by (job) (up{namespace="team-a"})');
});

it('an administrator’s query is recorded as one that nothing limited', async () => {
  await callers.send({ kind: 'all' }, 'api/v1/query?query=up');
  expect(await recorded()).toMatchObject([{ parameters: { query: 'up' }, unlimited: true }]);
});

it('the selectors of a look-up are recorded, without a number of series', async () => {
  await callers.send({ kind: 'namespaces', namespaces: ['team-a'] }, 'api/v1/series?match[]=up&start=0&end=60');
  const [event] = await recorded();
  expect(event).toMatchObject({ endpoint: 'series', parameters: { 'match[]': ['up{namespace="team-a"}'], start: '0', end: '60' } });
  expect(event).not.toHaveProperty('result_series');
});

it('a query that is refused, or that the backend does not answer, brought nothing back and is not recorded', async () => {
  await callers.send({ kind: 'namespaces', namespaces: ['team-a'] }, 'api/v1/query?query=sum(');
  broken = true;
  expect((await callers.send({ kind: 'all' }, 'api/v1/query?query=up')).status).toBe(503);
  expect(events).toEqual([]);
});
