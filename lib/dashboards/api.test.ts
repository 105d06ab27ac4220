import { describe, expect, it, vi } from 'vitest';
import { scopeOf, type Scope } from '../access/scope';
import type { Dashboard } from '../contracts/dashboard';
import { AppError } from '../errors/app-error';
import type { IdentityHandler } from '../http/with-identity';
import type { Identity } from '../identity/identity';
import { createLogger } from '../telemetry/logger';
import { createDashboardsApi } from './dashboards-api';
import { createDatasourcesApi } from './datasources-api';
import { createProjectsApi } from './projects-api';
import { dashboard } from './testing/resources';

const identity: Identity = { subject: 'u1', name: 'Ada', claims: {}, token: 't', expiresAt: 0 };
const administrator: Scope = { kind: 'all' };
const guest: Scope = { kind: 'none' };
const scientist = scopeOf(['vision-lab', 'llm-research']);

async function ask(handler: IdentityHandler, path = '/', params: Record<string, string> = {}): Promise<unknown> {
  const response = await handler(new Request(`http://app${path}`), { params, requestId: 'r', log: createLogger('error'), responseHeaders: new Headers() }, identity);
  expect(response.headers.get('cache-control')).toBe('no-store');
  return response.json();
}

const dashboards = [
  dashboard('llm-research', 'own'),
  dashboard('opendatahub', 'hidden', { enabled: 'false' }),
  dashboard('opendatahub', 'model-training', { category: 'training', audience: 'data-scientist,admin' }),
  dashboard('opendatahub', 'platform', { audience: 'admin' }),
  dashboard('secret-project', 'own'),
  dashboard('llm-research', 'dashboard-1-gpus-admin'),
];

function dashboardsFor(scope: Scope, stored: readonly Dashboard[] = dashboards) {
  const store = {
    list: () => Promise.resolve(stored),
    snapshot: () => Promise.reject(new Error('not asked for')),
    get: (project: string, name: string) => Promise.resolve(stored.find(({ metadata }) => metadata.project === project && metadata.name === name)),
  };
  return createDashboardsApi({ store, resolveScope: () => Promise.resolve(scope), platformProject: 'opendatahub' });
}

const namesOf = (list: unknown): string[] => (list as Dashboard[]).map(({ metadata }) => `${metadata.project}/${metadata.name}`);

describe('dashboards', () => {
  it.each<[string, Scope, string[]]>([
    ['a guest sees the built-in ones', guest, ['opendatahub/model-training']],
    ['a data scientist also those of their own projects', scientist, ['llm-research/own', 'opendatahub/model-training']],
    [
      'an administrator all but the disabled ones',
      administrator,
      ['llm-research/dashboard-1-gpus-admin', 'llm-research/own', 'opendatahub/model-training', 'opendatahub/platform', 'secret-project/own'],
    ],
  ])('%s', async (_, scope, expected) => {
    expect(namesOf(await ask(dashboardsFor(scope).list)).sort()).toEqual(expected);
  });

  it.each([
    ['/?project=llm-research', ['llm-research/own']],
    ['/?project=secret-project', []],
    ['/?name=model', ['opendatahub/model-training']],
  ])('are filtered by %s', async (path, expected) => {
    expect(namesOf(await ask(dashboardsFor(scientist).list, path))).toEqual(expected);
  });

  it('are not sent again to who has them as they are, but to everyone else', async () => {
    const context = { params: { project: 'opendatahub', name: 'model-training' }, requestId: 'r', log: createLogger('error'), responseHeaders: new Headers() };
    const get = (tag: string | undefined, stored = dashboards) => dashboardsFor(scientist, stored).get(new Request('http://app/', { headers: tag === undefined ? {} : { 'if-none-match': tag } }), context, identity);
    const tag = (await get(undefined)).headers.get('etag') ?? '';
    const same = await get(`"other", W/${tag}`);
    expect([same.status, await same.text(), same.headers.get('cache-control')]).toEqual([304, '', 'no-store']);
    expect((await get('"other"')).status).toBe(200);
    expect((await get(tag, [dashboard('opendatahub', 'model-training')])).status).toBe(200);
    await expect(get(tag, [dashboard('opendatahub', 'model-training', { enabled: 'false' })])).rejects.toMatchObject({ code: 'ERR_DASH_001' });
  });

  it('of a project that is not the caller’s are an empty list', async () => {
    const { listOfProject } = dashboardsFor(scientist);
    expect(namesOf(await ask(listOfProject, '/?project=llm-research', { project: 'secret-project' }))).toEqual([]);
    expect(namesOf(await ask(listOfProject, '/', { project: 'llm-research' }))).toEqual(['llm-research/own']);
  });

  it('are listed without their panels when only metadata is asked for', async () => {
    expect(await ask(dashboardsFor(guest).list, '/?metadata_only=true')).toEqual([
      {
        kind: 'Dashboard',
        metadata: { name: 'model-training', project: 'opendatahub', version: 0, annotations: { category: 'training', audience: 'data-scientist,admin' } },
        spec: { display: { name: 'model-training' } },
      },
    ]);
  });

  it('are got by project and name', async () => {
    expect(await ask(dashboardsFor(guest).get, '/', { project: 'opendatahub', name: 'model-training' })).toMatchObject({ kind: 'Dashboard', spec: { duration: '1h' } });
  });

  it('are looked for only when it is known what the caller may see, so that neither time nor an outage tells which there are', async () => {
    const resolveScope = vi.fn(() => Promise.reject(new AppError('ERR_ACCESS_001')));
    const api = createDashboardsApi({ store: { list: () => Promise.resolve([]), get: () => Promise.resolve(undefined) }, resolveScope, platformProject: 'opendatahub' });
    await expect(ask(api.get, '/', { project: 'secret-project', name: 'nothing' })).rejects.toMatchObject({ code: 'ERR_ACCESS_001' });
    expect(resolveScope).toHaveBeenCalledOnce();
  });

  it.each([
    ['is of someone else’s project', { project: 'secret-project', name: 'own' }],
    ['is for administrators', { project: 'opendatahub', name: 'platform' }],
    ['is for administrators by its name', { project: 'llm-research', name: 'dashboard-1-gpus-admin' }],
    ['is disabled', { project: 'opendatahub', name: 'hidden' }],
    ['does not exist', { project: 'opendatahub', name: 'nothing' }],
  ])('one that %s is not found, the same as a missing one', async (_, params) => {
    await expect(ask(dashboardsFor(scientist).get, '/', params)).rejects.toMatchObject({ code: 'ERR_DASH_001', detail: undefined });
  });
});

describe('datasources', () => {
  const api = createDatasourcesApi(
    [
      { name: 'prometheus', default: true, url: 'http://10.0.0.7:9090', scopeLabel: 'namespace', credential: { type: 'none' } },
      { name: 'thanos', default: false, url: 'http://10.0.0.8:9090', scopeLabel: 'namespace', credential: { type: 'none' } },
    ],
    'https://app.example.com',
  );

  it('are what Perses clients expect, and never show where the metrics backend is', async () => {
    const list = await ask(api.list);
    expect(JSON.stringify(list)).not.toContain('10.0.0');
    expect(list).toMatchObject([
      {
        kind: 'GlobalDatasource',
        metadata: { name: 'prometheus' },
        spec: {
          default: true,
          plugin: { kind: 'PrometheusDatasource', spec: { proxy: { kind: 'HTTPProxy', spec: { url: 'https://app.example.com/api/proxy/globaldatasources/prometheus' } } } },
        },
      },
      { metadata: { name: 'thanos' } },
    ]);
  });

  it.each([
    ['/?default=true', ['prometheus']],
    ['/?default=false', ['thanos']],
    ['/?kind=PrometheusDatasource&name=th', ['thanos']],
    ['/?kind=LokiDatasource', []],
  ])('are filtered by %s', async (path, expected) => {
    expect(((await ask(api.list, path)) as Dashboard[]).map(({ metadata }) => metadata.name)).toEqual(expected);
  });

  it('are got by name, and projects have none of their own', async () => {
    expect(await ask(api.get, '/', { name: 'thanos' })).toMatchObject({ metadata: { name: 'thanos' } });
    await expect(ask(api.get, '/', { name: 'other' })).rejects.toMatchObject({ code: 'ERR_DATA_002' });
    expect(await ask(api.listOfProject, '/', { project: 'llm-research' })).toEqual([]);
  });
});

describe('projects', () => {
  const api = (scope: Scope) =>
    createProjectsApi({
      defaultsOf: () => Promise.resolve({}),
      resolveScope: () => Promise.resolve(scope),
      listNamespaces: () => Promise.resolve(['vision-lab', 'bert-serving']),
      platformProject: 'opendatahub',
    });

  it.each<[string, Scope, string[]]>([
    ['of a guest', guest, ['opendatahub']],
    ['of a data scientist', scientist, ['llm-research', 'opendatahub', 'vision-lab']],
    ['of an administrator', administrator, ['bert-serving', 'opendatahub', 'vision-lab']],
  ])('%s are listed with the one of the built-in dashboards', async (_, scope, expected) => {
    expect(((await ask(api(scope).list)) as Dashboard[]).map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(expected.map((name) => `Project ${name}`));
  });

  it('of others are refused, whether they exist or not', async () => {
    for (const project of ['bert-serving', 'nothing']) {
      await expect(ask(api(scientist).get, '/', { project })).rejects.toMatchObject({ code: 'ERR_ACCESS_002' });
    }
    expect(await ask(api(scientist).get, '/', { project: 'vision-lab' })).toMatchObject({ kind: 'Project', metadata: { name: 'vision-lab' } });
  });

  it.each<[string, Scope, object]>([
    ['a guest', guest, { administrator: false, projects: [] }],
    ['a data scientist', scientist, { administrator: false, projects: ['llm-research', 'vision-lab'] }],
    ['an administrator', administrator, { administrator: true, projects: ['bert-serving', 'vision-lab'] }],
  ])('%s learns who they are and whose metrics they may see', async (_, scope, expected) => {
    expect(await ask(api(scope).me)).toEqual({ subject: 'u1', name: 'Ada', platformProject: 'opendatahub', ...expected });
  });
});
