import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { stringify } from 'yaml';
import { loadConfig } from '../config/load';
import type { Config } from '../config/schema';
import { resource } from '../dashboards/testing/resources';
import { createSessionCookie } from '../identity/session-cookie';
import { createLogger } from '../telemetry/logger';
import { createRuntime, type Runtime } from './create';

let folder: string;
let config: Config;
let runtime: Runtime;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'runtime-'));
  writeFileSync(join(folder, 'training.yaml'), stringify(resource()));
  writeFileSync(join(folder, 'admin.yaml'), stringify(resource({ name: 'platform-admin' })));
  const file = {
    publicUrl: 'http://127.0.0.1:3000',
    // Nothing listens on these: no test here may need them.
    identity: { issuer: 'http://127.0.0.1:1', clientId: 'app' },
    datasources: [{ name: 'prometheus', default: true, url: 'http://127.0.0.1:1' }],
    access: { claims: { administrators: ['admins'] } },
    dashboards: { directory: folder },
    audit: { sink: 'none' },
    logLevel: 'error',
  };
  writeFileSync(join(folder, 'config.txt'), stringify(file));
  vi.stubEnv('OBSERVABILITY_CONFIG', join(folder, 'config.txt'));
  vi.stubEnv('OBSERVABILITY_SESSION_SECRET', 's'.repeat(32));
  vi.stubEnv('OBSERVABILITY_CLIENT_SECRET', 'c');
  config = loadConfig();
  runtime = createRuntime(config, createLogger('error', { write: () => undefined }), { write: () => undefined, on: () => undefined }, { lines: () => [] });
});

afterAll(async () => {
  await runtime.close();
  rmSync(folder, { recursive: true, force: true });
  vi.unstubAllEnvs();
});

async function cookieOf(claims: Record<string, unknown>): Promise<string> {
  const cookie = createSessionCookie(config, Date.now);
  const inOneHour = Date.now() + 3_600_000;
  const sealed = await cookie.seal({ sub: 'u1', name: 'Ada', accessToken: 'a', idToken: 'i', expiresAt: inOneHour, refreshAt: inOneHour, signedInAt: Date.now(), claims });
  return cookie
    .write(sealed, null)
    .map((value) => value.split(';')[0])
    .join('; ');
}

async function ask(path: string, init?: RequestInit): Promise<{ status: number; body: unknown }> {
  const response = await runtime.router(new Request(`http://127.0.0.1:3000${path}`, init));
  const text = await response.text();
  return { status: response.status, body: response.headers.get('content-type') === 'application/json' ? JSON.parse(text) : text };
}

describe('without a session', () => {
  it.each([
    '/api/me',
    '/api/preferences',
    '/api/v1/dashboards',
    '/api/v1/projects',
    '/api/v1/projects/opendatahub',
    '/api/v1/projects/opendatahub/dashboards',
    '/api/v1/projects/opendatahub/dashboards/model-training',
    '/api/v1/projects/opendatahub/datasources',
    '/api/manage/projects',
    '/api/manage/dashboards',
    '/api/manage/dashboards/opendatahub/model-training',
    '/api/manage/dashboards/opendatahub/model-training/yaml',
    '/api/v1/globaldatasources',
    '/api/v1/globaldatasources/prometheus',
    '/api/proxy/globaldatasources/prometheus/api/v1/query?query=up',
    '/proxy/globaldatasources/prometheus/api/v1/query?query=up',
    '/api/proxy/globaldatasources/nothing/api/v1/query',
    '/api/proxy/globaldatasources/prometheus/api/v1/admin/tsdb/snapshot',
    '/api/as/llm-research/proxy/globaldatasources/prometheus/api/v1/query?query=up',
    '/api/as/llm-research/me',
    '/api/manage/dashboards/opendatahub/model-training/history',
  ])('%s is refused', async (path) => {
    expect(await ask(path)).toMatchObject({ status: 401, body: { status: 'error', code: 'ERR_AUTH_001' } });
  });

  it('claims made in headers are not believed', async () => {
    const headers = { 'x-forwarded-user': 'admin', 'x-forwarded-access-token': 'a', 'x-remote-user': 'admin' };
    expect(await ask('/api/me', { headers })).toMatchObject({ status: 401, body: { code: 'ERR_AUTH_001' } });
  });

  it('a bearer token that nobody vouches for is refused, also beside a session', async () => {
    const headers = { authorization: 'Bearer a', cookie: await cookieOf({ projects: ['llm-research'] }) };
    expect(await ask('/api/me', { headers })).toMatchObject({ status: 401, body: { code: 'ERR_AUTH_002' } });
  });

  it('liveness and the app’s own metrics are answered', async () => {
    expect(await ask('/api/health/live')).toMatchObject({ status: 200 });
    expect(await ask('/metrics')).toMatchObject({ status: 200, body: expect.stringContaining('odh_observability_build_info{version=') as string });
  });
});

it('the app’s own metrics are answered on their own port only, where they have one', async () => {
  const apart = createRuntime({ ...config, listen: { ...config.listen, metricsPort: 8444 } }, createLogger('error', { write: () => undefined }), { write: () => undefined, on: () => undefined }, { lines: () => [] });
  const statuses = async (router: Runtime['router']) => Promise.all(['/metrics', '/api/health/live'].map(async (path) => (await router(new Request(`http://127.0.0.1:3000${path}`))).status));
  expect([await statuses(apart.router), await statuses(apart.metricsRouter)]).toEqual([[404, 200], [200, 404]]);
  await apart.close();
});

describe('with a session', () => {
  it('the caller sees their own projects and dashboards', async () => {
    const headers = { cookie: await cookieOf({ projects: ['llm-research'] }) };
    expect((await ask('/api/me', { headers })).body).toEqual({ subject: 'u1', name: 'Ada', administrator: false, projects: ['llm-research'], platformProject: 'opendatahub' });
    expect((await ask('/api/v1/dashboards', { headers })).body).toMatchObject([{ metadata: { name: 'model-training' } }]);
  });

  it('an administrator is told who they are while the metrics backend is down', async () => {
    const headers = { cookie: await cookieOf({ groups: ['admins'] }) };
    expect((await ask('/api/me', { headers })).body).toMatchObject({ administrator: true, projects: [] });
    expect((await ask('/api/v1/dashboards', { headers })).body).toHaveLength(2);
  });

  it('an administrator looks as a member of a project, and has no right that a member has not', async () => {
    const headers = { cookie: await cookieOf({ groups: ['admins'] }) };
    expect((await ask('/api/as/llm-research/me', { headers })).body).toMatchObject({ administrator: false, projects: ['llm-research'] });
    // The backend is down; the query came as far as that.
    expect(await ask('/api/as/llm-research/proxy/globaldatasources/prometheus/api/v1/query?query=up', { headers })).toMatchObject({ status: 503 });
    expect(await ask('/api/as/.*/me', { headers })).toMatchObject({ status: 403, body: { code: 'ERR_ACCESS_002' } });
    expect(await ask('/api/as/%2C/me', { headers })).toMatchObject({ status: 403, body: { code: 'ERR_ACCESS_002' } });
  });

  it('nobody gets at another project by looking as its member', async () => {
    const headers = { cookie: await cookieOf({ projects: ['llm-research'] }) };
    expect((await ask('/api/as/vision-lab/me', { headers })).body).toMatchObject({ administrator: false, projects: [] });
    expect(await ask('/api/as/vision-lab/proxy/globaldatasources/prometheus/api/v1/query?query=up', { headers })).toMatchObject({ status: 403, body: { code: 'ERR_ACCESS_001' } });
    expect((await ask('/api/as/llm-research,vision-lab/me', { headers })).body).toMatchObject({ projects: ['llm-research'] });
  });

  it('a guest without projects gets no query through', async () => {
    const headers = { cookie: await cookieOf({ projects: [] }) };
    expect(await ask('/api/proxy/globaldatasources/prometheus/api/v1/query?query=up', { headers })).toMatchObject({ status: 403, body: { code: 'ERR_ACCESS_001' } });
  });

  it('a metrics backend that is down is an error of the catalogue', async () => {
    const headers = { cookie: await cookieOf({ projects: ['llm-research'] }) };
    expect(await ask('/api/proxy/globaldatasources/prometheus/api/v1/query?query=up', { headers })).toMatchObject({ status: 503, body: { code: 'ERR_DATA_001' } });
  });
});

describe('while audit records cannot be written', () => {
  const startWith = (onFailure: 'warn' | 'refuse'): Runtime => {
    // A folder that is a file: nothing can be written there.
    writeFileSync(join(folder, 'blocked'), '');
    const audit = { ...config.audit, sink: 'file' as const, file: { ...config.audit.file, path: join(folder, 'blocked', 'audit.jsonl') }, onFailure };
    return createRuntime({ ...config, audit }, createLogger('error', { write: () => undefined }), { write: () => undefined, on: () => undefined }, { lines: () => [] });
  };
  const askOf = async ({ router }: Runtime, path: string) => {
    const response = await router(new Request(`http://127.0.0.1:3000${path}`, { headers: { cookie: await cookieOf({ projects: ['llm-research'] }) } }));
    return { status: response.status, body: (await response.json()) as unknown };
  };
  const down = async (broken: Runtime) => {
    await vi.waitFor(async () => expect(await broken.metrics.registry.metrics()).toMatch(/odh_observability_audit_write_failures_total [1-9]/), { timeout: 20_000 });
  };
  const query = '/api/proxy/globaldatasources/prometheus/api/v1/query?query=up';

  it('readiness says so, and queries go on', async () => {
    const broken = startWith('warn');
    await down(broken);
    expect((await askOf(broken, '/api/health/ready')).body).toMatchObject({ status: 'degraded', checks: expect.arrayContaining([{ name: 'audit', status: 'down' }]) as unknown });
    // The backend is down too; the query came as far as that.
    expect((await askOf(broken, query)).body).not.toHaveProperty('detail');
    await broken.close();
  });

  it('queries are refused with a reason, where that is configured', async () => {
    const broken = startWith('refuse');
    await down(broken);
    expect(await askOf(broken, query)).toMatchObject({ status: 503, body: { code: 'ERR_DATA_001', detail: 'Access cannot be recorded at the moment, so nothing is shown.' } });
    expect(await askOf(broken, '/api/me')).toMatchObject({ status: 200 });
    rmSync(join(folder, 'blocked'));
    await vi.waitFor(async () => expect((await askOf(broken, query)).body).not.toHaveProperty('detail'), { timeout: 20_000 });
    await broken.close();
  });
});

describe('the runtime of the process', () => {
  afterEach(() => {
    vi.resetModules();
  });

  it('is one, also for two copies of its module', async () => {
    const first = (await import('./index')).getRuntime();
    vi.resetModules();
    const second = await import('./index');
    expect(second.getRuntime()).toBe(first);
    // Answers when the dashboards are read: the folder is removed after this test.
    await first.router(new Request('http://127.0.0.1:3000/api/health/ready'));
    await first.close();
  });
});
