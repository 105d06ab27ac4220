/** Dashboards of a Perses server: read as a whole, written with the caller's own token. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLogger } from '../../telemetry/logger';
import { combineSources, type DashboardStore, type DashboardWriter } from '../store';
import { dashboard } from '../testing/resources';
import { startPersesServer, type PersesServer } from '../testing/perses-server';
import { createPersesClient, type PersesClient } from './client';
import { createPersesSource } from './source';
import { createPersesWriter } from './writer';

let server: PersesServer;
let client: PersesClient;
let store: DashboardStore;
let writer: DashboardWriter;
let time: number;
let lines: Record<string, unknown>[];
let up: boolean | undefined;

beforeEach(async () => {
  server = await startPersesServer();
  client = createPersesClient({ url: server.url });
  time = 0;
  lines = [];
  const log = createLogger('warn', { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) });
  const source = createPersesSource({ client, token: () => Promise.resolve('reader'), onStatus: (isRead) => (up = isRead), log, now: () => time });
  store = combineSources([source, { name: 'other', snapshot: () => Promise.resolve({ dashboards: new Map(), problems: [] }) }]);
  writer = createPersesWriter({ client, onChange: source.lookAgain });
});
afterEach(async () => {
  await client.close();
  await server.stop();
});

const titled = (name: string, title: string, version = 0) => {
  const { annotations: _, ...metadata } = dashboard('a', name).metadata;
  return { ...dashboard('a', name), metadata: { ...metadata, version }, spec: { ...dashboard('a', name).spec, display: { name: title } } };
};
const title = async (name: string) => (await store.get('a', name))?.spec.display?.name;
const seen = (expected: string) => vi.waitFor(async () => expect(await title('x')).toBe(expected));

describe('dashboards of a Perses server', () => {
  it('are read with one credential, in the projects of the server, with its times and versions from 1', async () => {
    server.put(titled('x', 'One'));
    expect(await store.list()).toMatchObject([{ metadata: { project: 'a', name: 'x', version: 1, createdAt: '2026-01-01T00:00:00Z' }, spec: { display: { name: 'One' } } }]);
    expect(server.requests).toEqual(['GET /perses/api/v1/dashboards reader']);
    expect([...(await store.snapshot()).dashboards.values()].map(({ source, place }) => [source, place])).toEqual([['perses', 'Dashboard a/x']]);
  });

  it('are looked at every five seconds, and nobody waits for that', async () => {
    server.put(titled('x', 'One'));
    await store.list();
    server.put(titled('x', 'Two'));
    time = 4_999;
    expect(await title('x')).toBe('One');
    expect(server.requests).toHaveLength(1);
    time = 5_000;
    // What is known is answered while the look is on its way.
    expect(await title('x')).toBe('One');
    await seen('Two');
    expect(server.requests).toHaveLength(2);
  });

  it('that are not valid are left out, and said once', async () => {
    server.put(titled('x', 'Good'));
    server.put({ ...titled('broken', 'Broken'), spec: { ...dashboard('a', 'broken').spec, datasources: { mine: { default: true, plugin: { kind: 'PrometheusDatasource', spec: {} } } } } });
    for (time = 0; time < 20_000; time += 5_000) {
      const { dashboards, problems } = await store.snapshot();
      expect([...dashboards.keys()]).toEqual(['a/x']);
      expect(problems).toMatchObject([{ source: 'perses', project: 'a', place: 'Dashboard a/broken', path: 'spec.datasources', reason: expect.stringContaining('cannot define datasources') as string }]);
    }
    expect(lines.filter(({ msg }) => msg === 'dashboard not valid, left out')).toHaveLength(1);
  });

  it('stay while the server is away, with a problem that says so', async () => {
    server.put(titled('x', 'One'));
    await store.list();
    server.answerOtherwise((_request, response) => (response.writeHead(500).end(), true));
    time = 5_000;
    await vi.waitFor(async () => expect((await store.snapshot()).problems).toEqual([{ source: 'perses', place: '', path: '', ofSource: true, reason: 'Changes are not seen: the Perses server answered 500' }]));
    expect([await title('x'), up]).toEqual(['One', false]);
    server.answerOtherwise(undefined);
    server.put(titled('x', 'Two'));
    time = 10_000;
    await seen('Two');
    expect([(await store.snapshot()).problems, up]).toEqual([[], true]);
    expect(lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
  });

  it('that were never read are an error of their source', async () => {
    server.answerOtherwise((_request, response) => (response.writeHead(200).end('<html>'), true));
    expect((await store.snapshot()).problems).toMatchObject([{ source: 'perses', reason: expect.stringContaining('The source cannot be read') as string }]);
  });

  it('are not looked for elsewhere when the server sends the app there with its token', async () => {
    server.answerOtherwise((_request, response) => (response.writeHead(302, { location: `${server.url}/api/v1/other` }).end(), true));
    expect((await store.snapshot()).problems).toMatchObject([{ reason: 'The source cannot be read: the Perses server answered 302' }]);
    expect(server.requests).toHaveLength(1);
  });
});

describe('a change', () => {
  const lee = { subject: 'lee', name: 'Lee', claims: {}, token: 'lee-token', expiresAt: 0 };
  const sam = { ...lee, token: 'sam-token' };
  beforeEach(() => {
    server.editors.set('lee-token', ['a']);
    server.editors.set('sam-token', []);
  });

  it('goes out with the caller’s token, and is served at once', async () => {
    await store.list();
    expect((await writer.create(titled('x', 'Made'), lee)).metadata.version).toBe(1);
    expect(await title('x')).toBe('Made');
    const { before, after } = await writer.update(titled('x', 'Changed'), lee);
    expect([before.spec.display?.name, after.metadata.version, await title('x')]).toEqual(['Made', 2, 'Changed']);
    expect((await writer.remove('a', 'x', lee)).spec.display?.name).toBe('Changed');
    expect(await title('x')).toBeUndefined();
    expect(server.requests.filter((request) => !request.startsWith('GET /perses/api/v1/dashboards')).every((request) => request.endsWith(' lee-token'))).toBe(true);
    // The access layer is asked before: a server without authorization would take this from everyone.
    expect(writer.checksAccess).toBe(false);
  });

  it('to another version than the stored one is refused', async () => {
    server.put(titled('x', 'One'));
    server.put(titled('x', 'Two'));
    // The server counts the first version as 0, which in a change replaces whatever is stored.
    await expect(writer.update(titled('x', 'Mine', 1), lee)).rejects.toMatchObject({ code: 'ERR_DASH_003', detail: 'Yours is version 1, stored is version 2.' });
    await expect(writer.create(titled('x', 'Mine'), lee)).rejects.toMatchObject({ code: 'ERR_DASH_006' });
    expect(await title('x')).toBe('Two');
  });

  it.each<[string, () => Promise<unknown>, string, RegExp]>([
    ['that the server does not let the caller make', () => writer.update(titled('x', 'Mine'), sam), 'ERR_ACCESS_002', /does not let you update dashboards in a/],
    ['of someone whom the server does not know', () => writer.remove('a', 'x', { ...lee, token: 'session' }), 'ERR_ACCESS_002', /does not accept the one of your sign-in/],
    ['to what is not there', () => writer.update(titled('y', 'Mine'), lee), 'ERR_DASH_001', /no such dashboard/],
    ['in a project that the server does not have', () => writer.create({ ...titled('x', 'Mine'), metadata: { ...titled('x', 'Mine').metadata, project: 'b' } }, lee), 'ERR_DASH_002', /metadata.project "b" doesn't exist/],
    ['whose annotations would be lost', () => writer.update({ ...dashboard('a', 'x', { audience: 'admin' }) }, lee), 'ERR_DASH_002', /leave out "audience"/],
  ])('%s is refused with the reason, and changes nothing', async (_, attempt, code, detail) => {
    server.put(titled('x', 'Untouched'));
    await expect(attempt()).rejects.toMatchObject({ code, detail: expect.stringMatching(detail) as string });
    expect(await title('x')).toBe('Untouched');
  });

  it.each([
    [400, 'ERR_DASH_002', 'The Perses server does not accept the dashboard: invalid panel'],
    [502, 'ERR_DASH_004', 'The Perses server answered 502.'],
  ])('that is answered with %i is an error of the catalogue', async (status, code, detail) => {
    server.answerOtherwise((request, response) => (request.method === 'POST' ? (response.writeHead(status).end('{"message":"invalid panel"}'), true) : false));
    await expect(writer.create(titled('x', 'Made'), lee)).rejects.toMatchObject({ code, detail });
  });
});

it('certificates that cannot be read stop the start', () => {
  expect(() => createPersesClient({ url: 'https://127.0.0.1:1', caFile: '/nowhere' })).toThrow('dashboards.perses.caFile cannot be read');
});
