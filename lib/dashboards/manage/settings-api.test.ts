import { readFileSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Dashboard } from '../../contracts/dashboard';
import { managementSchema, type DashboardSettings, type Management } from '../../contracts/manage';
import { dashboard } from '../testing/resources';
import { publicUrl, setUp, type Managed } from './testing/managed';

let app: Managed;
beforeEach(() => {
  app = setUp();
});
afterEach(() => app.remove());

const list = async (): Promise<Management> => managementSchema.parse((await app.ask(app.manage.list, 'admin')).json);
const row = async (key: string) => (await list()).dashboards.find(({ project, name, state }) => `${project}/${name}` === key && state !== 'shadowed');
const seenBy = async (subject: string): Promise<string[]> => ((await app.ask(app.dashboards.list, subject)).json as Dashboard[]).map(({ metadata }) => `${metadata.project}/${metadata.name}`);
const opens = async (subject: string, project: string, name: string) => (await app.ask(app.dashboards.get, subject, { params: { project, name } })).status;
const versionOf = async (): Promise<number> => {
  const { settings } = await list();
  return settings?.kept === true ? settings.version : -1;
};
const change = async (body: object, subject = 'admin', headers?: Record<string, string>) =>
  app.ask(app.settings, subject, { body: { version: await versionOf(), ...body }, ...(headers === undefined ? {} : { headers }) });
const set = (key: string, settings: Partial<Record<keyof DashboardSettings, unknown>>) => change({ dashboards: { [key]: settings } });

describe('an administrator', () => {
  it('disables a built-in dashboard: it is in nobody’s list and at no address, and comes back', async () => {
    expect(await set('opendatahub/serving', { enabled: false })).toMatchObject({ status: 200, json: { version: 1 } });
    for (const subject of ['member', 'admin']) {
      expect(await seenBy(subject)).not.toContain('opendatahub/serving');
      expect(await app.ask(app.dashboards.get, subject, { params: { project: 'opendatahub', name: 'serving' } })).toMatchObject({ status: 404, code: 'ERR_DASH_001' });
    }
    expect(await row('opendatahub/serving')).toMatchObject({ state: 'disabled', disabledBy: 'settings', settings: { enabled: false, changedBy: 'The admin', changedAt: expect.any(String) as string } });
    await set('opendatahub/serving', { enabled: null });
    expect(await opens('member', 'opendatahub', 'serving')).toBe(200);
    expect(await row('opendatahub/serving')).toMatchObject({ state: 'enabled' });
    expect(JSON.parse(readFileSync(app.file, 'utf8'))).toEqual({ version: 2, dashboards: {}, homes: { groups: {} } });
  });

  it('sets audience and order of a dashboard of any source, one by one; the dashboard itself stays as it is', async () => {
    await set('vision/vision', { audience: ['mlops'], priority: 5 });
    await set('vision/vision', { priority: 7 });
    const served = (await app.ask(app.dashboards.get, 'lead', { params: { project: 'vision', name: 'vision' } })).json as Dashboard;
    expect(served.metadata.annotations).toEqual({ audience: 'mlops', priority: '7' });
    expect((await app.ask(app.manage.get, 'admin', { params: { project: 'vision', name: 'vision' } })).json).toMatchObject({ managed: { audience: ['mlops'], priority: 7 }, dashboard: { metadata: { annotations: {} } } });
    await set('vision/vision', { audience: null, priority: null });
    expect(await row('vision/vision')).not.toHaveProperty('settings');
  });

  it('makes a dashboard everybody’s first, or that of a group; what the configuration says stays', async () => {
    expect((await change({ homes: { everyone: 'opendatahub/training', groups: { 'serving-team': 'opendatahub/serving' } } })).status).toBe(200);
    expect((await list()).settings).toMatchObject({ homes: { everyone: 'opendatahub/training', groups: { 'serving-team': 'opendatahub/serving' } }, fixedHomes: { 'fraud-team': 'opendatahub/training' }, groups: ['fraud-team', 'serving-team'] });
    expect(await change({ homes: { groups: { 'fraud-team': 'opendatahub/serving' } } })).toMatchObject({ status: 403, code: 'ERR_DASH_005' });
    await change({ homes: { everyone: null, groups: { 'serving-team': null } } });
    expect((await list()).settings).toMatchObject({ homes: { groups: {} } });
  });

  it('learns that someone else was faster, and nothing is overwritten', async () => {
    const body = (priority: number) => ({ body: { version: 0, dashboards: { 'opendatahub/serving': { priority } } } });
    const answers = await Promise.all([1, 2, 3].map((priority) => app.ask(app.settings, 'admin', body(priority))));
    expect(answers.map(({ status, code }) => [status, code]).sort()).toEqual([[200, undefined], [409, 'ERR_DASH_003'], [409, 'ERR_DASH_003']]);
    expect(await row('opendatahub/serving')).toMatchObject({ priority: 1 + answers.findIndex(({ status }) => status === 200) });
  });

  it('leaves a record of each change with its difference; a refused one leaves none', async () => {
    await set('opendatahub/serving', { priority: 5 });
    await set('opendatahub/serving', { enabled: false, priority: null });
    await set('opendatahub/nothing', { enabled: false });
    const who = { event: 'update_dashboard_settings', outcome: 'success', subject: 'admin', name: 'The admin', request_id: 'test' };
    const place = '/dashboards/opendatahub~1serving';
    expect(app.events).toMatchObject([
      { ...who, version: 1, changes: [{ path: place, after: '{"priority":5}' }], changes_total: 1 },
      { ...who, version: 2, changes: [{ path: `${place}/priority`, before: '5' }, { path: `${place}/enabled`, after: 'false' }], changes_total: 2 },
    ]);
  });
});

describe('settings show nobody what they may not see', () => {
  it('a dashboard that its source keeps for administrators stays theirs, by annotation or by name', async () => {
    app.write('own/opendatahub.spend-admin.json', JSON.stringify(dashboard('opendatahub', 'spend-admin')));
    for (const name of ['nodes', 'spend-admin']) {
      for (const audience of [[], ['mlops'], ['data-scientist', 'admin']]) expect(await set(`opendatahub/${name}`, { audience })).toMatchObject({ status: 403, code: 'ERR_DASH_005' });
      expect(await opens('member', 'opendatahub', name)).toBe(404);
    }
  });

  it('also when the setting was made before its source did so, or was written into the file', async () => {
    await set('opendatahub/serving', { audience: ['mlops'] });
    app.write('built-in/serving.yaml', readFileSync(`${app.folder}/built-in/nodes.yaml`, 'utf8').replace('name: nodes', 'name: serving'));
    app.clock.now += 5_000;
    expect(await row('opendatahub/serving')).toMatchObject({ reserved: true, audience: ['admin'] });
    expect(await opens('member', 'opendatahub', 'serving')).toBe(404);
    expect(await seenBy('member')).not.toContain('opendatahub/serving');
  });

  it('a dashboard that its source disables stays disabled', async () => {
    expect(await set('fraud/own', { enabled: true })).toMatchObject({ status: 400, code: 'ERR_QUERY_001' });
    await set('fraud/own', { enabled: null, audience: [], priority: 1 });
    expect(await opens('member', 'fraud', 'own')).toBe(404);
    app.write('settings/settings.json', JSON.stringify({ version: 9, dashboards: { 'fraud/own': { enabled: true, changedAt: '', changedBy: '' } }, homes: { groups: {} } }));
    app.clock.now += 5_000;
    expect(await opens('member', 'fraud', 'own')).toBe(404);
  });

  it('what the configuration disables stays so', async () => {
    await set('opendatahub/cost', { priority: 1 });
    expect(await opens('admin', 'opendatahub', 'cost')).toBe(404);
    expect(await row('opendatahub/cost')).toMatchObject({ state: 'disabled', disabledBy: 'configuration' });
  });

  it('a dashboard of a project is for those who see the project, whatever audience it has and whose home it is', async () => {
    await change({ dashboards: { 'vision/vision': { audience: [] } }, homes: { everyone: 'vision/vision' } });
    expect(await opens('member', 'vision', 'vision')).toBe(404);
    expect(await seenBy('member')).not.toContain('vision/vision');
  });

  it('and hide from whom they are told to: one made for administrators alone is theirs', async () => {
    await set('opendatahub/serving', { audience: ['admin'] });
    expect([await opens('member', 'opendatahub', 'serving'), await opens('admin', 'opendatahub', 'serving')]).toEqual([404, 200]);
  });
});

describe('settings are refused', () => {
  it.each(['lead', 'reader', 'member', 'guest'])('to %s, who is no administrator', async (subject) => {
    expect(await change({ dashboards: { 'fraud/own': { priority: 1 } } }, subject)).toMatchObject({ status: 403, code: 'ERR_ACCESS_002' });
    expect(await versionOf()).toBe(0);
  });

  it('when another site sends them in the name of someone who is signed in', async () => {
    for (const headers of [{ origin: 'https://evil.test' }, {}, { origin: `${publicUrl}.evil.test` }]) {
      expect((await change({ homes: { everyone: 'opendatahub/serving' } }, 'admin', headers)).code).toBe('ERR_ACCESS_002');
    }
    expect(await versionOf()).toBe(0);
  });

  it.each<[string, object]>([
    ['of another shape', { dashboards: [] }],
    ['with a word that is none', { dashboards: { 'a/b': { hidden: true } } }],
    ['of an audience that there is not', { dashboards: { 'opendatahub/serving': { audience: ['root'] } } }],
    ['of an order that is none', { dashboards: { 'opendatahub/serving': { priority: -1 } } }],
    ['of a name without its project', { dashboards: { serving: { enabled: false } } }],
    ['of a path', { homes: { everyone: '../../etc/passwd' } }],
  ])('%s', async (_, body) => {
    expect(await change(body)).toMatchObject({ status: 400, code: 'ERR_QUERY_001' });
  });

  it('for a dashboard that there is not; but those of one that is gone can be taken back', async () => {
    expect(await set('opendatahub/nothing', { enabled: false })).toMatchObject({ status: 404, code: 'ERR_DASH_001' });
    expect(await change({ homes: { groups: { 'serving-team': 'opendatahub/nothing' } } })).toMatchObject({ code: 'ERR_DASH_001' });
    await set('vision/vision', { priority: 5 });
    rmSync(`${app.folder}/mounted/vision.yaml`);
    app.clock.now += 5_000;
    expect((await set('vision/vision', { priority: null })).status).toBe(200);
  });

  it('where no store is configured, and the list says so', async () => {
    app.remove();
    app = setUp({ keepsSettings: false });
    expect((await list()).settings).toEqual({ kept: false });
    expect(await set('opendatahub/serving', { enabled: false })).toMatchObject({ status: 403, code: 'ERR_DASH_005' });
    expect(await opens('member', 'opendatahub', 'serving')).toBe(200);
  });
});

describe('a file of settings', () => {
  it('that cannot be read any more: what was read holds, the list says why, and nothing writes over it', async () => {
    await set('opendatahub/serving', { enabled: false });
    app.write('settings/settings.json', '{ torn');
    app.clock.now += 5_000;
    expect(await opens('member', 'opendatahub', 'serving')).toBe(404);
    expect((await list()).problems[0]).toMatchObject({ source: 'settings', place: app.file, ofSource: true });
    expect(await set('opendatahub/serving', { enabled: null })).toMatchObject({ status: 507, code: 'ERR_DASH_004' });
    expect(readFileSync(app.file, 'utf8')).toBe('{ torn');
  });

  it('that cannot be written: the change is refused, and what was set before holds', async () => {
    app.write('settings', 'a file in the place of the folder');
    expect(await set('opendatahub/serving', { enabled: false })).toMatchObject({ status: 507, code: 'ERR_DASH_004' });
    expect(await opens('member', 'opendatahub', 'serving')).toBe(200);
  });
});

it('a dashboard that is disabled in its source is changed and enabled again by who may change it', async () => {
  const params = { project: 'fraud', name: 'own' };
  const { dashboard: stored } = (await app.ask(app.manage.get, 'lead', { params })).json as { dashboard: Dashboard };
  const enabled = { ...stored, metadata: { ...stored.metadata, annotations: { category: 'serving' } } };
  expect((await app.ask(app.changes.update, 'lead', { params, body: enabled })).status).toBe(200);
  expect(await opens('member', 'fraud', 'own')).toBe(200);
  expect(await row('fraud/own')).toMatchObject({ changedBy: 'The lead', version: 4 });
});
