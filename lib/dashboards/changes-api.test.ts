import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { scopeOf } from '../access/scope';
import type { AuditEvent } from '../audit/events';
import { configSchema } from '../config/schema';
import { errorResponse, isAppError } from '../errors/app-error';
import type { IdentityHandler } from '../http/with-identity';
import { createLogger } from '../telemetry/logger';
import { createChangesApi } from './changes-api';
import { rulesBrokenBy } from './check/rules';
import { createDirectorySource } from './directory';
import { combineSources, type DashboardStore } from './store';
import { dashboard, resource } from './testing/resources';
import { createDirectoryWriter } from './writer';

const publicUrl = 'http://app.test';
const log = createLogger('error', { write: () => undefined });
const lead = { subject: 'lead', name: 'Lee Lead', claims: {}, token: 'token', expiresAt: 0 };

let directory: string;
let events: AuditEvent[];
let store: DashboardStore;
let api: ReturnType<typeof createChangesApi>;
beforeEach(() => {
  events = [];
  directory = mkdtempSync(join(tmpdir(), 'changes-'));
  writeFileSync(join(directory, 'training.yaml'), stringify(resource({ name: 'training', namespace: 'fraud-detection' })));
  const own = join(directory, 'own');
  const source = (name: string, folder: string) => createDirectorySource({ name, directory: folder, mayBeMissing: true, platformProject: 'opendatahub', log, now: () => 0 });
  const written = source('own', own);
  store = combineSources([written, source('built-in', directory)]);
  api = createChangesApi({
    audit: { record: (event) => void events.push(event) },
    store,
    writers: new Map([['own', createDirectoryWriter({ directory: own, onChange: written.lookAgain, date: Date.now })]]),
    resolveScope: () => Promise.resolve(scopeOf(['fraud-detection', 'vision-lab'])),
    mayEdit: (_identity, project) => Promise.resolve(project === 'fraud-detection'),
    brokenRules: (checked) => rulesBrokenBy(checked, { limits: configSchema.shape.limits.parse({}), scopeLabel: 'namespace', datasources: ['prometheus'], metricExists: undefined }),
    platformProject: 'opendatahub',
    publicUrl,
  });
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

async function send(handler: IdentityHandler, params: Record<string, string>, body?: unknown, headers: Record<string, string> = { origin: publicUrl }) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const request = new Request(`${publicUrl}/api`, { method: 'POST', headers, ...(body === undefined ? {} : { body: text }) });
  const response = await handler(request, { params, requestId: 'test', log, responseHeaders: new Headers() }, lead).catch((error: unknown) => {
    if (isAppError(error)) return errorResponse(error);
    throw error;
  });
  const answer = await response.text();
  // Success is a dashboard, failure the error of the API; the tests read a few fields of either.
  return { status: response.status, body: (answer === '' ? {} : JSON.parse(answer)) as { code?: string; detail?: string; metadata?: { version: number } } };
}

const own = dashboard('fraud-detection', 'own');
const of = (project: string, name?: string) => ({ project, ...(name === undefined ? {} : { name }) });

describe('a project administrator', () => {
  it('makes, changes and removes a dashboard; each is there at once', async () => {
    expect(await send(api.create, of('fraud-detection'), own)).toMatchObject({ status: 200, body: { metadata: { version: 1 } } });
    const changed = { ...own, metadata: { ...own.metadata, version: 1 }, spec: { ...own.spec, display: { name: 'Changed' } } };
    expect(await send(api.update, of('fraud-detection', 'own'), changed)).toMatchObject({ status: 200, body: { metadata: { version: 2 } } });
    expect((await store.get('fraud-detection', 'own'))?.spec.display?.name).toBe('Changed');
    expect((await send(api.remove, of('fraud-detection', 'own'))).status).toBe(204);
    expect(await store.get('fraud-detection', 'own')).toBeUndefined();
  });

  it('learns that someone else was faster, and nothing is overwritten', async () => {
    await send(api.create, of('fraud-detection'), own);
    const from = (version: number, name: string) => ({ ...own, metadata: { ...own.metadata, version }, spec: { ...own.spec, display: { name } } });
    await send(api.update, of('fraud-detection', 'own'), from(1, 'First'));
    expect(await send(api.update, of('fraud-detection', 'own'), from(1, 'Second'))).toMatchObject({ status: 409, body: { code: 'ERR_DASH_003' } });
    expect((await store.get('fraud-detection', 'own'))?.spec.display?.name).toBe('First');
  });

  it('who knows no annotations, as clients of Perses, does not open a dashboard to others by changing it', async () => {
    await send(api.create, of('fraud-detection'), { ...own, metadata: { ...own.metadata, annotations: { audience: 'mlops' } } });
    const change = (version: number, annotations?: Record<string, string>) => send(api.update, of('fraud-detection', 'own'), { ...own, metadata: { name: 'own', project: 'fraud-detection', version, ...(annotations === undefined ? {} : { annotations }) } });
    const annotations = async () => (await store.get('fraud-detection', 'own'))?.metadata.annotations;
    expect((await change(1)).status).toBe(200);
    expect(await annotations()).toEqual({ audience: 'mlops' });
    expect((await change(2, { category: 'serving' })).status).toBe(200);
    expect(await annotations()).toEqual({ category: 'serving' });
  });

  it('takes the place of a built-in dashboard by one of the same name, and gives it back by removing that', async () => {
    const copy = dashboard('fraud-detection', 'training');
    expect(await send(api.update, of('fraud-detection', 'training'), copy)).toMatchObject({ status: 403, body: { code: 'ERR_DASH_005', detail: expect.stringContaining('built-in') as string } });
    expect((await send(api.remove, of('fraud-detection', 'training'))).body.code).toBe('ERR_DASH_005');
    await send(api.create, of('fraud-detection'), copy);
    expect((await store.get('fraud-detection', 'training'))?.spec.display?.name).toBe('training');
    await send(api.remove, of('fraud-detection', 'training'));
    expect((await store.get('fraud-detection', 'training'))?.spec.display?.name).toBe('Model Training Metrics');
  });
});

it('every change is recorded with its difference and who made it; a refused one is not', async () => {
  await send(api.create, of('fraud-detection'), own);
  await send(api.update, of('fraud-detection', 'own'), { ...own, metadata: { ...own.metadata, version: 7 } });
  await send(api.update, of('fraud-detection', 'own'), { ...own, spec: { ...own.spec, duration: '6h' } });
  await send(api.remove, of('fraud-detection', 'own'));
  const who = { subject: 'lead', name: 'Lee Lead', request_id: 'test', outcome: 'success', project: 'fraud-detection', dashboard: 'own' };
  expect(events).toMatchObject([
    { ...who, event: 'create_dashboard', version: 1, changes: [{ path: '' }] },
    { ...who, event: 'update_dashboard', version: 2, changes: expect.arrayContaining([{ path: '/spec/duration', before: '"1h"', after: '"6h"' }]) as unknown },
    { ...who, event: 'delete_dashboard', version: 2, changes: [{ path: '' }] },
  ]);
});

describe('a change is refused', () => {
  it.each([
    ['in a project that the caller only sees', 'vision-lab'],
    ['in the platform project', 'opendatahub'],
    ['in a project that is not theirs', 'secret-project'],
  ])('%s', async (_, project) => {
    expect(await send(api.create, of(project), dashboard(project, 'own'))).toMatchObject({ status: 403, body: { code: 'ERR_ACCESS_002' } });
    expect((await send(api.remove, of(project, 'own'))).body.code).toBe('ERR_ACCESS_002');
    expect((await store.list()).map(({ metadata }) => metadata.name)).toEqual(['training']);
  });

  it('when the body names another project than the address: no way around the question who may', async () => {
    expect(await send(api.create, of('fraud-detection'), dashboard('opendatahub', 'own'))).toMatchObject({ status: 400, body: { code: 'ERR_DASH_002' } });
    await send(api.create, of('fraud-detection'), own);
    expect(await send(api.update, of('fraud-detection', 'own'), dashboard('fraud-detection', 'other'))).toMatchObject({ body: { code: 'ERR_DASH_002' } });
  });

  it('when another site makes it in the name of someone who is signed in', async () => {
    for (const headers of [{ origin: 'https://evil.test' }, {}]) {
      expect((await send(api.create, of('fraud-detection'), own, headers)).body.code).toBe('ERR_ACCESS_002');
    }
    expect(await store.get('fraud-detection', 'own')).toBeUndefined();
  });

  it('for a dashboard that is not there', async () => {
    expect(await send(api.update, of('fraud-detection', 'own'), own)).toMatchObject({ status: 404, body: { code: 'ERR_DASH_001' } });
    expect(await send(api.remove, of('fraud-detection', 'own'))).toMatchObject({ status: 404, body: { code: 'ERR_DASH_001' } });
  });

  it.each<[string, unknown, RegExp]>([
    ['nothing', '', /no dashboard/],
    ['two documents', 'a: 1\n---\nb: 2\n', /more than one/],
    ['no YAML', 'a: [', /^Line 1/],
    ['something else', { kind: 'ConfigMap' }, /^Line 1, apiVersion/],
    ['a path for a name', dashboard('fraud-detection', '../../etc/passwd'), /metadata\.name: expected lower-case/],
    ['a path for a project', dashboard('../fraud-detection', 'own'), /metadata\.project: expected a Kubernetes name/],
    ['a layout without its panel', { ...own, spec: resource({}, { panels: {} }).spec }, /^Line/],
    ['more than a mebibyte', `# ${'x'.repeat(1024 * 1024)}`, /larger than/],
  ])('that is %s, with the place and the reason', async (_, body, detail) => {
    const answer = await send(api.validate, {}, body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'ERR_DASH_002' } });
    expect(answer.body.detail).toMatch(detail);
    expect((await send(api.create, of('fraud-detection'), body)).body.code).toBe('ERR_DASH_002');
  });
});

describe('in a source that decides by the caller’s own credential', () => {
  const calls: string[] = [];
  const cluster = (appliedBy?: string) => {
    const stored = { dashboard: dashboard('vision-lab', 'x'), source: 'kubernetes', place: 'PersesDashboard vision-lab/x', ...(appliedBy === undefined ? {} : { appliedBy }) };
    const unused = () => Promise.reject(new Error('not called'));
    return createChangesApi({
      audit: { record: () => undefined },
      store: combineSources([{ name: 'kubernetes', snapshot: () => Promise.resolve({ dashboards: new Map([['vision-lab/x', stored], ['secret/x', { ...stored, dashboard: dashboard('secret', 'x') }]]), problems: [] }) }]),
      writers: new Map([['kubernetes', { checksAccess: true, keepsHistory: false, create: unused, history: unused, removed: unused, remove: unused, update: (after, { token }) => (calls.push(token), Promise.resolve({ before: after, after })) }]]),
      resolveScope: () => Promise.resolve(scopeOf(['vision-lab'])),
      mayEdit: () => Promise.resolve(false),
      brokenRules: () => [],
      platformProject: 'opendatahub',
      publicUrl,
    });
  };

  it('the app asks nobody else who may, and never touches what the caller does not see', async () => {
    expect((await send(cluster().update, of('vision-lab', 'x'), dashboard('vision-lab', 'x'))).status).toBe(200);
    expect(calls).toEqual(['token']);
    expect((await send(cluster().update, of('secret', 'x'), dashboard('secret', 'x'))).body.code).toBe('ERR_ACCESS_002');
    expect(calls).toHaveLength(1);
  });

  it('what Git keeps is not changed here', async () => {
    expect(await send(cluster('Argo CD').update, of('vision-lab', 'x'), dashboard('vision-lab', 'x'))).toMatchObject({
      status: 403,
      body: { code: 'ERR_DASH_005', detail: 'vision-lab/x comes from kubernetes (PersesDashboard vision-lab/x), where Argo CD applies it from Git.' },
    });
  });
});

it('validation accepts what could be stored, and stores nothing', async () => {
  expect(await send(api.validate, {}, own)).toMatchObject({ status: 200 });
  expect(await store.list()).toHaveLength(1);
});

it('validation says what would not work here: a query that nobody may ask, a variable and a datasource that there is not', async () => {
  const panel = (query: string, datasource?: string) => ({
    kind: 'Panel',
    spec: {
      display: { name: 'Requests' },
      plugin: { kind: 'TimeSeriesChart', spec: {} },
      queries: [{ kind: 'TimeSeriesQuery', spec: { plugin: { kind: 'PrometheusTimeSeriesQuery', spec: { query, ...(datasource === undefined ? {} : { datasource: { kind: 'PrometheusDatasource', name: datasource } }) } } } }],
    },
  });
  const layouts = [{ kind: 'Grid', spec: { items: [{ x: 0, y: 0, width: 12, height: 8, content: { $ref: '#/spec/panels/requests' } }] } }];
  const asking = (query: string, datasource?: string) => ({ ...own, spec: { ...own.spec, panels: { requests: panel(query, datasource) }, layouts } });
  expect(await send(api.validate, {}, asking('sum(rate(requests_total[5m]))'))).toMatchObject({ status: 200 });
  for (const [body, words] of [
    [asking('sum(rate(requests_total[5m])'), /panels\.requests.*query/],
    [asking('up{job="$nobody"}'), /nobody/],
    [asking('up', 'elsewhere'), /elsewhere/],
  ] as const) {
    const answer = await send(api.validate, {}, body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'ERR_DASH_002' } });
    expect(answer.body.detail).toMatch(words);
  }
});
