import { describe, expect, it } from 'vitest';
import type { Scope } from '../access/scope';
import type { AuditEvent } from '../audit/events';
import { createViewTokens } from '../audit/view-token';
import { AppError } from '../errors/app-error';
import type { Identity } from '../identity/identity';
import { createLogger } from '../telemetry/logger';
import { dashboard } from './testing/resources';
import { createViewsApi } from './views-api';

const publicUrl = 'https://observability.example.com';
const anna: Scope = { kind: 'namespaces', namespaces: ['team-a', 'team-b'] };
const admin: Scope = { kind: 'all' };

const withProjects = { ...dashboard('opendatahub', 'training'), spec: { ...dashboard('opendatahub', 'training').spec, variables: [{ kind: 'ListVariable' as const, spec: { name: 'namespace' } }] } };
const dashboards = [withProjects, dashboard('opendatahub', 'plain'), dashboard('opendatahub', 'platform-admin'), dashboard('team-c', 'theirs')];

interface Sent {
  readonly body: unknown;
  readonly scope?: Scope;
  readonly subject?: string;
  readonly headers?: Record<string, string>;
}

function setUp(secret = 's'.repeat(32)) {
  const events: AuditEvent[] = [];
  const clock = { now: Date.parse('2026-03-01T10:00:00Z') };
  const handler = createViewsApi({
    audit: { record: (event) => void events.push(event) },
    tokens: createViewTokens(secret),
    store: { list: () => Promise.resolve(dashboards), get: (project, name) => Promise.resolve(dashboards.find(({ metadata }) => metadata.project === project && metadata.name === name)) },
    // Each identity carries its scope.
    resolveScope: (identity) => Promise.resolve(identity.claims['scope'] as Scope),
    listNamespaces: () => Promise.resolve(['team-c', 'team-a', 'team-b']),
    platformProject: 'opendatahub',
    publicUrl,
    now: () => clock.now,
  });
  const send = async ({ body, scope = anna, subject = 'anna', headers = { origin: publicUrl } }: Sent): Promise<{ status: number; view: string; code?: string }> => {
    const identity: Identity = { subject, name: subject, claims: { scope }, token: 'secret-token', expiresAt: Number.MAX_SAFE_INTEGER };
    const context = { params: {}, requestId: 'request-1', log: createLogger('error', { write: () => undefined }), responseHeaders: new Headers() };
    try {
      const response = await handler(new Request(`${publicUrl}/api/audit/views`, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) }), context, identity);
      const text = await response.text();
      return { status: response.status, view: text === '' ? '' : (JSON.parse(text) as { view: string }).view };
    } catch (error) {
      if (error instanceof AppError) {
        return { status: 0, view: '', code: error.code };
      }
      throw error;
    }
  };
  return { events, send, clock };
}

const opened = (name: string, namespaces?: readonly string[], project = 'opendatahub') => ({ phase: 'opened', project, dashboard: name, ...(namespaces === undefined ? {} : { namespaces }) });

describe('opening a dashboard', () => {
  it('is recorded with the person, the dashboard and every project of theirs', async () => {
    const { events, send } = setUp();
    expect((await send({ body: opened('training') })).status).toBe(201);
    expect(events).toEqual([
      {
        event: 'view_dashboard',
        outcome: 'success',
        phase: 'opened',
        subject: 'anna',
        name: 'anna',
        request_id: 'request-1',
        view: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        dashboard: 'training',
        project: 'opendatahub',
        namespaces: ['team-a', 'team-b'],
        unlimited: false,
        start: '2026-03-01T10:00:00.000Z',
      },
    ]);
  });

  it.each<[string, Scope, ReturnType<typeof opened>, string[], boolean]>([
    ['the picked projects', anna, opened('training', ['team-b']), ['team-b'], false],
    ['the picked projects that are theirs', anna, opened('training', ['team-b', 'team-c', 'team-b']), ['team-b'], false],
    ['nothing, where they picked only what is not theirs', anna, opened('training', ['team-c']), [], false],
    ['all of theirs, where the dashboard has no projects to pick', anna, opened('plain', ['team-b']), ['team-a', 'team-b'], false],
    ['every project by name, for an administrator', admin, opened('training'), ['team-a', 'team-b', 'team-c'], true],
    ['every project by name, for an administrator who claims one where none can be picked', admin, opened('plain', ['team-a']), ['team-a', 'team-b', 'team-c'], true],
    ['what an administrator picked, with metrics or without', admin, opened('training', ['team-z', 'team-a']), ['team-a', 'team-z'], false],
    ['no name that Kubernetes would not allow', admin, opened('training', ['team-a', '"},{"x":"']), ['team-a'], false],
  ])('names %s', async (_, scope, body, namespaces, unlimited) => {
    const { events, send } = setUp();
    await send({ body, scope });
    expect(events).toMatchObject([{ namespaces, unlimited }]);
  });

  it.each([
    ['does not exist', opened('nothing')],
    ['is for administrators', opened('platform-admin')],
    ['belongs to a project of others', opened('theirs', undefined, 'team-c')],
  ])('is refused and not recorded as a view when the dashboard %s', async (_, body) => {
    const { events, send } = setUp();
    expect(await send({ body })).toMatchObject({ code: 'ERR_DASH_001' });
    expect(events).toEqual([]);
  });
});

describe('leaving it', () => {
  it('is recorded with the same view and the time by this server’s clock, also on another replica', async () => {
    const { events, send, clock } = setUp();
    const { view } = await send({ body: opened('training', ['team-b']) });
    clock.now += 754_321;
    const replica = setUp();
    replica.clock.now = clock.now;
    for (const { send: to } of [{ send }, replica]) {
      expect((await to({ body: { phase: 'left', view } })).status).toBe(204);
    }
    expect(events[1]).toEqual({ ...events[0], phase: 'left', duration_seconds: 754.321 });
    expect(replica.events).toEqual([events[1]]);
  });

  it('can be reported for every project of a large platform in what a closing page may send', () => {
    const tokens = createViewTokens('s'.repeat(32));
    const namespaces = Array.from({ length: 5_000 }, (_, index) => `team-${(index * 7919) % 100_003}-${index % 2 === 0 ? 'serving' : 'training'}`);
    const token = tokens.issue({ view: 'v', subject: 'admin', project: 'p', dashboard: 'd', namespaces, unlimited: true, start: 0 });
    expect(JSON.stringify({ phase: 'left', view: token }).length).toBeLessThan(64 * 1024);
    expect(tokens.read(token)?.namespaces).toEqual(namespaces);
  });

  it.each<[string, (view: string) => Partial<Sent> & { body: unknown }]>([
    ['for another person', (view) => ({ body: { phase: 'left', view }, subject: 'eve' })],
    ['with another start', (view) => ({ body: { phase: 'left', view: view.replace(/^.{8}/, 'AAAAAAAA') } })],
    ['without a signature', (view) => ({ body: { phase: 'left', view: view.split('.')[0] } })],
    ['with a made-up token', () => ({ body: { phase: 'left', view: 'e30.AAAA' } })],
    ['with a token of another deployment', () => ({ body: { phase: 'left', view: createViewTokens('t'.repeat(32)).issue({ view: 'v', subject: 'anna', project: 'p', dashboard: 'd', namespaces: [], unlimited: false, start: 0 }) } })],
  ])('is refused %s', async (_, forge) => {
    const { events, send } = setUp();
    const { view } = await send({ body: opened('training') });
    expect(await send(forge(view))).toMatchObject({ code: 'ERR_ACCESS_002' });
    expect(events).toHaveLength(1);
  });
});

describe('a report', () => {
  it.each([
    ['of another site', { headers: { origin: 'https://elsewhere.example' }, body: opened('training') }, 'ERR_ACCESS_002'],
    ['without an origin', { headers: {}, body: opened('training') }, 'ERR_ACCESS_002'],
    ['that is no JSON', { body: '{' }, 'ERR_QUERY_001'],
    ['of another shape', { body: { phase: 'opened', dashboard: 'training' } }, 'ERR_QUERY_001'],
    ['with thousands of projects', { body: opened('training', Array.from({ length: 1_001 }, () => 'a')) }, 'ERR_QUERY_001'],
    ['that is huge', { body: opened('x'.repeat(100_000)) }, 'ERR_QUERY_003'],
  ])('%s is refused', async (_, sent, code) => {
    const { events, send } = setUp();
    expect(await send(sent)).toMatchObject({ code });
    expect(events).toEqual([]);
  });

  it('through a host needs no origin: its token is nothing that a browser adds by itself', async () => {
    const { send } = setUp();
    expect((await send({ headers: { authorization: 'Bearer a', origin: 'https://rhoai.example.com' }, body: opened('training') })).status).toBe(201);
  });

  it('sent over and over does not fill the records', async () => {
    const { events, send } = setUp();
    const { view } = await send({ body: opened('training') });
    for (let index = 0; index < 300; index += 1) {
      await send({ body: { phase: 'left', view } });
    }
    expect(await send({ body: opened('training') })).toMatchObject({ code: 'ERR_QUERY_004' });
    expect(events).toHaveLength(240);
  });
});
