import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { scopeOf, type Scope } from '../../access/scope';
import { managementSchema, managedResourceSchema, type Management } from '../../contracts/manage';
import { configSchema } from '../../config/schema';
import { errorResponse, isAppError } from '../../errors/app-error';
import type { IdentityHandler } from '../../http/with-identity';
import { createLogger } from '../../telemetry/logger';
import { createSources, type Sources } from '../sources';
import { dashboard, resource } from '../testing/resources';
import { createManageApi } from './manage-api';
import { createManagers } from './managers';

const log = createLogger('error', { write: () => undefined });
const people: Readonly<Record<string, { readonly scope: Scope; readonly edits: readonly string[] }>> = {
  admin: { scope: { kind: 'all' }, edits: ['opendatahub', 'fraud', 'vision'] },
  lead: { scope: scopeOf(['fraud', 'vision']), edits: ['fraud'] },
  reader: { scope: { kind: 'all' }, edits: ['fraud'] },
  member: { scope: scopeOf(['fraud']), edits: [] },
  guest: { scope: { kind: 'none' }, edits: [] },
};

let folder: string;
let sources: Sources;
let api: ReturnType<typeof createManageApi>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'manage-'));
  const write = (directory: string, file: string, text: string): void => {
    mkdirSync(join(folder, directory), { recursive: true });
    writeFileSync(join(folder, directory, file), text);
  };
  write('built-in', 'training.yaml', stringify(resource({ name: 'training', annotations: { 'observability.opendatahub.io/audience': 'data-scientist', 'observability.opendatahub.io/priority': '20' } })));
  write('built-in', 'cost.yaml', stringify(resource({ name: 'cost' })));
  write('own', 'fraud.own.json', JSON.stringify({ ...dashboard('fraud', 'own', { enabled: 'false' }), metadata: { ...dashboard('fraud', 'own', { enabled: 'false' }).metadata, version: 3, updatedAt: '2026-01-02T03:04:05.000Z', updatedBy: 'Lee Lead' } }));
  write('own', 'opendatahub.training.json', JSON.stringify(dashboard('opendatahub', 'training')));
  write('mounted', 'broken.yaml', stringify(resource({ name: 'broken', namespace: 'fraud' }, { panels: {} })));
  write('mounted', 'torn.yaml', 'kind: [');
  write('mounted', 'vision.yaml', stringify(resource({ name: 'vision', namespace: 'vision' })));
  const config = configSchema.parse({
    publicUrl: 'http://app.test',
    identity: { issuer: 'http://provider.test', clientId: 'app' },
    datasources: [{ name: 'prometheus', default: true, url: 'http://prometheus.test' }],
    dashboards: { directory: join(folder, 'built-in'), own: join(folder, 'own'), directories: [join(folder, 'mounted'), join(folder, 'gone')], disabled: ['cost'] },
  });
  sources = createSources(config, { kubernetes: undefined, metrics: { dashboardSourceUp: { set: () => undefined } as never }, log, now: () => 0, date: Date.now });
  const resolveScope = ({ subject }: { readonly subject: string }) => Promise.resolve(people[subject]?.scope ?? { kind: 'none' as const });
  const managedBy = createManagers({
    resolveScope,
    mayEdit: ({ subject }, project) => Promise.resolve(people[subject]?.edits.includes(project) === true),
    listNamespaces: () => Promise.resolve(['fraud', 'vision']),
    platformProject: 'opendatahub',
    now: () => 0,
  });
  api = createManageApi({ store: sources.store, writers: sources.writers, managedBy, platformProject: 'opendatahub' });
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function ask(handler: IdentityHandler, subject: string, params: Record<string, string> = {}) {
  const identity = { subject, name: subject, claims: {}, token: 'token', expiresAt: Number.MAX_SAFE_INTEGER };
  const response = await handler(new Request('http://app.test/'), { params, requestId: 'test', log, responseHeaders: new Headers() }, identity).catch((error: unknown) => {
    if (isAppError(error)) return errorResponse(error);
    throw error;
  });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

const listOf = async (subject: string): Promise<Management> => managementSchema.parse(JSON.parse((await ask(api.list, subject)).text));
const codeOf = (text: string): unknown => (JSON.parse(text) as { code: unknown }).code;
const brief = ({ dashboards }: Management) => dashboards.map(({ project, name, source, state, fixedBy, disabledBy }) => [`${project}/${name}`, source, state, fixedBy, disabledBy]);

describe('the list of an administrator', () => {
  it('has every dashboard, with its source, what is not served and why, and whether it can be changed here', async () => {
    const list = await listOf('admin');
    expect(brief(list)).toEqual([
      ['fraud/own', 'own', 'disabled', undefined, 'source'],
      ['opendatahub/cost', 'built-in', 'disabled', 'product', 'configuration'],
      ['opendatahub/training', 'own', 'enabled', undefined, undefined],
      ['vision/vision', join(folder, 'mounted'), 'enabled', 'source', undefined],
      ['opendatahub/training', 'built-in', 'shadowed', 'product', undefined],
    ]);
    expect(list).toMatchObject({ administrator: true, creates: true });
    expect(list.dashboards[0]).toMatchObject({ changedAt: '2026-01-02T03:04:05.000Z', changedBy: 'Lee Lead', version: 3 });
    expect(list.dashboards[4]).toMatchObject({ audience: ['data-scientist'], priority: 20, shadowedBy: { source: 'own' } });
  });

  it('tells what is broken in a source, and what is wrong with a source, beside everything else', async () => {
    const { problems } = await listOf('admin');
    expect(problems).toMatchObject([
      { name: 'broken', project: 'fraud', line: expect.any(Number) as number, path: expect.stringContaining('$ref') as string },
      { place: join(folder, 'mounted', 'torn.yaml'), line: expect.any(Number) as number },
      { source: join(folder, 'gone'), ofSource: true },
    ]);
    expect(problems[1]).not.toHaveProperty('project');
  });
});

describe('the list of a project administrator', () => {
  it('has the dashboards and the problems of that project, and of no other that they only see', async () => {
    const list = await listOf('lead');
    expect(brief(list)).toEqual([['fraud/own', 'own', 'disabled', undefined, 'source']]);
    expect(list.problems.map(({ name }) => name)).toEqual(['broken']);
    expect(list.administrator).toBe(false);
    expect(list).not.toHaveProperty('settings');
  });

  it('is what somebody has, too, who sees all metrics but may not change the platform’s dashboards', async () => {
    expect(brief(await listOf('reader'))).toEqual(brief(await listOf('lead')));
  });

  it('leaves out what its source keeps for administrators', async () => {
    writeFileSync(join(folder, 'own', 'fraud.secret.json'), JSON.stringify(dashboard('fraud', 'secret', { audience: 'admin' })));
    expect((await listOf('lead')).dashboards.map(({ name }) => name)).toEqual(['own']);
    expect(codeOf((await ask(api.get, 'lead', { project: 'fraud', name: 'secret' })).text)).toBe('ERR_DASH_001');
  });
});

it.each(['member', 'guest', 'nobody'])('%s, who manages nothing, is refused clearly, and told so before asking', async (subject) => {
  for (const handler of [api.list, api.get, api.yaml]) {
    const { status, text } = await ask(handler, subject, { project: 'fraud', name: 'own' });
    expect([status, codeOf(text)]).toEqual([403, 'ERR_ACCESS_002']);
  }
  expect(JSON.parse((await ask(api.projects, subject)).text)).toEqual({ administrator: false, projects: [], creates: false });
});

it('tells where somebody may make dashboards', async () => {
  expect(JSON.parse((await ask(api.projects, 'lead')).text)).toEqual({ administrator: false, projects: ['fraud'], creates: true });
  expect(JSON.parse((await ask(api.projects, 'admin')).text)).toEqual({ administrator: true, projects: ['fraud', 'opendatahub', 'vision'], creates: true });
});

describe('one dashboard', () => {
  it('is answered as its source has it, though it is disabled', async () => {
    const { managed, dashboard: stored } = managedResourceSchema.parse(JSON.parse((await ask(api.get, 'lead', { project: 'fraud', name: 'own' })).text));
    expect(managed).toMatchObject({ state: 'disabled', version: 3 });
    expect(stored.metadata.annotations).toEqual({ enabled: 'false' });
    // Who changed it is of the list, not of the resource that Perses’s clients know.
    expect(stored.metadata).not.toHaveProperty('updatedBy');
  });

  it('is a file in YAML that can be kept in Git', async () => {
    const { type, text } = await ask(api.yaml, 'admin', { project: 'opendatahub', name: 'cost' });
    expect(type).toBe('application/yaml; charset=utf-8');
    // Without a word of how it is arranged here.
    expect(parse(text)).toMatchObject({ kind: 'PersesDashboard', metadata: { name: 'cost', namespace: 'opendatahub' } });
    expect(text).not.toContain('enabled');
  });

  it('of another project is refused, there or not', async () => {
    for (const name of ['vision', 'nothing']) expect(codeOf((await ask(api.get, 'lead', { project: 'vision', name })).text)).toBe('ERR_ACCESS_002');
    expect(codeOf((await ask(api.get, 'lead', { project: 'fraud', name: 'nothing' })).text)).toBe('ERR_DASH_001');
  });
});
