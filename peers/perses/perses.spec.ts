/** A real Perses server: what it makes of the built-in dashboards, and as a place where dashboards are kept. */
import { expect, test as base } from '@playwright/test';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { projectRoot } from '../../demo/setup/index.mjs';
import { importGrafana } from '../../lib/grafana/import';
import { forWorker } from '../support/for-worker';
import { withSite, type AppSite } from '../support/site';
import { pathOf, whyMissing } from '../support/tools';
import { startPerses, type RunningPerses } from './server';

interface Site extends AppSite {
  readonly perses: RunningPerses;
}

const persesDashboard = z.object({ metadata: z.object({ name: z.string() }), spec: z.object({ config: z.looseObject({}) }) });
const account = { login: 'reader', password: 'reader-password' };

/** The app whose dashboards a Perses server keeps, which asks for an account or does not. */
function siteWith(withAccounts: boolean): (use: (site: Site) => Promise<void>) => Promise<void> {
  return async (use) => {
    let perses: RunningPerses | undefined;
    const config = async ({ directory, supervisor }: Parameters<Parameters<typeof withSite>[0]['config']>[0]) => {
      perses = await startPerses({ supervisor, home: pathOf('persesHome'), directory, withAccounts });
      if (!withAccounts) return { dashboards: { perses: { url: perses.url } } };
      const tokenFile = join(directory, 'perses-token');
      await writeFile(tokenFile, await tokenFor(perses));
      return { dashboards: { perses: { url: perses.url, tokenFile } } };
    };
    await withSite({ name: 'perses', config }, async (site) => {
      if (perses === undefined) throw new Error('the app was started without its Perses server');
      await use({ ...site, perses });
    });
  };
}

async function tokenFor({ ask }: RunningPerses): Promise<string> {
  await ask('POST', '/v1/users', { kind: 'User', metadata: { name: account.login }, spec: { nativeProvider: { password: account.password } } });
  const { body } = await ask('POST', '/auth/providers/native/login', account);
  return z.object({ access_token: z.string() }).parse(body).access_token;
}

const test = base.extend<object, { open: Site; closed: Site }>({
  open: forWorker(siteWith(false), 120_000),
  closed: forWorker(siteWith(true), 120_000),
});

const missing = whyMissing('persesHome');
test.skip(missing !== undefined, missing);

const dashboard = (name: string, title: string, panel: unknown = { kind: 'StatChart', spec: { calculation: 'last', format: { unit: 'decimal' } } }) => ({
  kind: 'Dashboard',
  metadata: { name, project: 'fraud-detection' },
  spec: {
    display: { name: title },
    duration: '1h',
    variables: [],
    panels: {
      loss: {
        kind: 'Panel',
        spec: { display: { name: 'Loss' }, plugin: panel, queries: [{ kind: 'TimeSeriesQuery', spec: { plugin: { kind: 'PrometheusTimeSeriesQuery', spec: { query: 'odh_training_loss' } } } }] },
      },
    },
    layouts: [{ kind: 'Grid', spec: { items: [{ x: 0, y: 0, width: 24, height: 8, content: { $ref: '#/spec/panels/loss' } }] } }],
  },
});
const unknownField = { kind: 'StatChart', spec: { calculation: 'last', loudness: 11 } };
const project = (name: string) => ({ kind: 'Project', metadata: { name }, spec: {} });

/** Asks the server whether it would keep a dashboard. */
const validate = ({ ask }: RunningPerses, spec: unknown) => ask('POST', '/validate/dashboards', { kind: 'Dashboard', metadata: { name: 'checked', project: 'opendatahub' }, spec });

/** Asks the app as a person. */
async function asking({ url, tokenOf }: Site, person: string, claims: Readonly<Record<string, unknown>>) {
  const token = await tokenOf(person, claims);
  return async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${url}/api/v1/projects/fraud-detection/dashboards${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  };
}
const asLead = (site: Site) => asking(site, 'lee', { groups: ['leads'], projects: ['fraud-detection'] });

test('its own validation accepts every built-in dashboard, and no panel that is not one', async ({ open: { perses } }) => {
  const files = (await readdir(join(projectRoot, 'dashboards'))).filter((file) => file.endsWith('.yaml'));
  expect(files.length).toBeGreaterThan(15);
  for (const file of files) {
    const { spec } = persesDashboard.parse(parse(await readFile(join(projectRoot, 'dashboards', file), 'utf8')));
    expect(await validate(perses, spec.config), file).toEqual({ status: 200 });
  }
  expect(await validate(perses, dashboard('wrong', 'Wrong', unknownField).spec)).toMatchObject({ status: 400, body: { message: expect.stringContaining('loudness') } });
});

test('its own validation accepts what is imported from Grafana', async ({ open: { perses } }) => {
  const folder = join(projectRoot, 'lib', 'grafana', 'testing', 'dashboards');
  const files = await readdir(folder);
  expect(files.length).toBeGreaterThan(11);
  for (const file of files) {
    const { resource: imported } = importGrafana(JSON.parse(await readFile(join(folder, file), 'utf8')));
    expect(await validate(perses, persesDashboard.parse(imported).spec.config), file).toEqual({ status: 200 });
  }
});

test('what it keeps is seen in the app, and what is changed in the app is changed there, one change after the other', async ({ open: site }) => {
  const { perses } = site;
  const lead = await asLead(site);
  const nowhere = await lead('POST', '', dashboard('early', 'Early'));
  expect(nowhere).toMatchObject({ status: 400, body: { code: 'ERR_DASH_002', detail: expect.stringContaining("doesn't exist") } });

  await perses.ask('POST', '/v1/projects', project('fraud-detection'));
  await perses.ask('POST', '/v1/projects/fraud-detection/dashboards', dashboard('loss', 'Made in Perses'));
  await expect.poll(async () => (await lead('GET', '/loss')).body).toMatchObject({ metadata: { version: 1 }, spec: { display: { name: 'Made in Perses' } } });

  const first = await lead('PUT', '/loss', { ...dashboard('loss', 'Changed in the app'), metadata: { name: 'loss', project: 'fraud-detection', version: 1 } });
  expect(first).toMatchObject({ status: 200, body: { metadata: { version: 2 } } });
  expect((await perses.ask('GET', '/v1/projects/fraud-detection/dashboards/loss')).body).toMatchObject({ spec: { display: { name: 'Changed in the app' } } });
  const second = await lead('PUT', '/loss', { ...dashboard('loss', 'Meanwhile by another'), metadata: { name: 'loss', project: 'fraud-detection', version: 1 } });
  expect(second).toMatchObject({ status: 409, body: { code: 'ERR_DASH_003' } });

  const invalid = await lead('PUT', '/loss', { ...dashboard('loss', 'Wrong', unknownField), metadata: { name: 'loss', project: 'fraud-detection', version: 2 } });
  expect(invalid).toMatchObject({ status: 400, body: { code: 'ERR_DASH_002', detail: expect.stringContaining('loudness') } });

  expect((await lead('POST', '', dashboard('loss', 'Again'))).status).toBe(409);
  expect((await lead('DELETE', '/loss')).status).toBe(204);
  expect((await perses.ask('GET', '/v1/projects/fraud-detection/dashboards/loss')).status).toBe(404);
  expect((await lead('GET', '/loss')).status).toBe(404);

  const member = await asking(site, 'sam', { projects: ['fraud-detection'] });
  expect(await member('POST', '', dashboard('mine', 'Mine'))).toMatchObject({ status: 403, body: { code: 'ERR_ACCESS_002' } });
  expect((await perses.ask('GET', '/v1/projects/fraud-detection/dashboards/mine')).status).toBe(404);
});

test('one that asks for an account is read with that of the app, and changed by nobody whom it does not know', async ({ closed: site }) => {
  const { perses } = site;
  const token = await tokenFor(perses);
  expect((await perses.ask('GET', '/v1/dashboards')).body).toEqual({ message: 'missing or malformed jwt' });
  await perses.ask('POST', '/v1/projects', project('fraud-detection'), token);
  await perses.ask('POST', '/v1/projects/fraud-detection/dashboards', dashboard('kept', 'Kept'), token);
  const lead = await asLead(site);
  await expect.poll(async () => (await lead('GET', '/kept')).body).toMatchObject({ spec: { display: { name: 'Kept' } } });

  const refused = await lead('PUT', '/kept', dashboard('kept', 'Mine'));
  expect(refused).toMatchObject({ status: 403, body: { code: 'ERR_ACCESS_002', detail: expect.stringContaining('does not accept the one of your sign-in') } });
  expect((await perses.ask('GET', '/v1/projects/fraud-detection/dashboards/kept', undefined, token)).body).toMatchObject({ spec: { display: { name: 'Kept' } } });
});
