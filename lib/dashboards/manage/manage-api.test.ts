import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { removedSchema } from '../../contracts/editor';
import { managementSchema, managedResourceSchema, type Management } from '../../contracts/manage';
import { dashboard } from '../testing/resources';
import { setUp, type Managed } from './testing/managed';

let app: Managed;
beforeEach(() => {
  app = setUp();
});
afterEach(() => app.remove());

const listOf = async (subject: string): Promise<Management> => managementSchema.parse((await app.ask(app.manage.list, subject)).json);
const brief = ({ dashboards }: Management) => dashboards.map(({ project, name, source, state, fixedBy, disabledBy }) => [`${project}/${name}`, source, state, fixedBy, disabledBy]);
const of = (project: string, name: string) => ({ params: { project, name } });

describe('the list of an administrator', () => {
  it('has every dashboard, with its source, what is not served and why, and whether it can be changed here', async () => {
    const list = await listOf('admin');
    expect(brief(list)).toEqual([
      ['fraud/own', 'own', 'disabled', undefined, 'source'],
      ['opendatahub/cost', 'built-in', 'disabled', 'product', 'configuration'],
      ['opendatahub/nodes', 'built-in', 'enabled', 'product', undefined],
      ['opendatahub/serving', 'built-in', 'enabled', 'product', undefined],
      ['opendatahub/training', 'own', 'enabled', undefined, undefined],
      ['vision/vision', join(app.folder, 'mounted'), 'enabled', 'source', undefined],
      ['opendatahub/training', 'built-in', 'shadowed', 'product', undefined],
    ]);
    expect(list).toMatchObject({ administrator: true, creates: true });
    expect(list.dashboards[0]).toMatchObject({ changedAt: '2026-01-02T03:04:05.000Z', changedBy: 'Lee Lead', version: 3 });
    expect(list.dashboards.at(-1)).toMatchObject({ audience: ['data-scientist'], priority: 20, shadowedBy: { source: 'own' } });
  });

  it('tells what is broken in a source, and what is wrong with a source, beside everything else', async () => {
    const { problems } = await listOf('admin');
    expect(problems).toMatchObject([
      { name: 'broken', project: 'fraud', line: expect.any(Number) as number, path: expect.stringContaining('$ref') as string },
      { place: join(app.folder, 'mounted', 'torn.yaml'), line: expect.any(Number) as number },
      { source: join(app.folder, 'gone'), ofSource: true },
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
    app.write('own/fraud.secret.json', JSON.stringify(dashboard('fraud', 'secret', { audience: 'admin' })));
    expect((await listOf('lead')).dashboards.map(({ name }) => name)).toEqual(['own']);
    expect((await app.ask(app.manage.get, 'lead', of('fraud', 'secret'))).code).toBe('ERR_DASH_001');
  });
});

it.each(['member', 'guest', 'nobody'])('%s, who manages nothing, is refused clearly, and told so before asking', async (subject) => {
  for (const handler of [app.manage.list, app.manage.get, app.manage.yaml]) {
    expect(await app.ask(handler, subject, of('fraud', 'own'))).toMatchObject({ status: 403, code: 'ERR_ACCESS_002' });
  }
  expect((await app.ask(app.manage.projects, subject)).json).toEqual({ administrator: false, projects: [], creates: false });
});

it('tells where somebody may make dashboards', async () => {
  expect((await app.ask(app.manage.projects, 'lead')).json).toEqual({ administrator: false, projects: ['fraud'], creates: true });
  expect((await app.ask(app.manage.projects, 'admin')).json).toEqual({ administrator: true, projects: ['fraud', 'opendatahub', 'vision'], creates: true });
});

describe('one dashboard', () => {
  it('is answered as its source has it, though it is disabled', async () => {
    const { managed, dashboard: stored } = managedResourceSchema.parse((await app.ask(app.manage.get, 'lead', of('fraud', 'own'))).json);
    expect(managed).toMatchObject({ state: 'disabled', version: 3 });
    expect(stored.metadata.annotations).toEqual({ enabled: 'false' });
    // Who changed it is of the list, not of the resource that Perses’s clients know.
    expect(stored.metadata).not.toHaveProperty('updatedBy');
  });

  it('is a file in YAML that can be kept in Git', async () => {
    const { type, text } = await app.ask(app.manage.yaml, 'admin', of('opendatahub', 'cost'));
    expect(type).toBe('application/yaml; charset=utf-8');
    // Without a word of how it is arranged here.
    expect(parse(text)).toMatchObject({ kind: 'PersesDashboard', metadata: { name: 'cost', namespace: 'opendatahub' } });
    expect(text).not.toContain('enabled');
  });

  it('of another project is refused, there or not', async () => {
    for (const name of ['vision', 'nothing']) expect((await app.ask(app.manage.get, 'lead', of('vision', name))).code).toBe('ERR_ACCESS_002');
    expect((await app.ask(app.manage.get, 'lead', of('fraud', 'nothing'))).code).toBe('ERR_DASH_001');
  });
});

describe('what was deleted', () => {
  const removedFor = async (subject: string) => removedSchema.parse((await app.ask(app.manage.removed, subject)).json).dashboards.map(({ dashboard: { metadata, spec }, changedBy }) => [metadata.project, metadata.name, metadata.version, spec.display?.name, changedBy]);

  it('is told to who may make it anew, as it was stored last, until it is there again', async () => {
    expect(await removedFor('admin')).toEqual([]);
    const before = (await app.ask(app.manage.get, 'lead', of('fraud', 'own'))).json as { readonly dashboard: { readonly spec: { readonly display: { readonly name: string } } } };
    expect((await app.ask(app.changes.remove, 'lead', of('fraud', 'own'))).status).toBe(204);
    const gone = ['fraud', 'own', 3, before.dashboard.spec.display.name, 'Lee Lead'];
    expect([await removedFor('lead'), await removedFor('admin')]).toEqual([[gone], [gone]]);

    const { dashboards } = removedSchema.parse((await app.ask(app.manage.removed, 'lead')).json);
    const anew = await app.ask(app.changes.create, 'lead', { params: { project: 'fraud' }, body: dashboards[0]?.dashboard });
    expect(anew).toMatchObject({ status: 200, json: { metadata: { version: 4 } } });
    expect(await removedFor('lead')).toEqual([]);
  });

  it('is nothing for who may not change dashboards, and of another project for nobody but its administrators', async () => {
    await app.ask(app.changes.remove, 'admin', of('opendatahub', 'training'));
    expect((await removedFor('admin')).map(([, name]) => name)).toEqual(['training']);
    expect(await removedFor('lead')).toEqual([]);
    expect((await app.ask(app.manage.removed, 'member')).code).toBe('ERR_ACCESS_002');
  });

  it('a name that is taken is said to be taken', async () => {
    expect(await app.ask(app.changes.create, 'lead', { params: { project: 'fraud' }, body: dashboard('fraud', 'own') })).toMatchObject({ status: 409, code: 'ERR_DASH_006' });
  });
});
