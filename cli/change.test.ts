import { createServer } from 'node:http';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import type { Dashboard } from '../lib/contracts/dashboard';
import { AppError, errorResponse } from '../lib/errors/app-error';
import { parseDashboard } from '../lib/dashboards/parse';
import { listen } from '../lib/identity/testing/listen';
import { soundDashboard } from './testing/dashboard';
import { folderWith, runCommand } from './testing/terminal';

function read(text: string): Dashboard {
  const parsed = parseDashboard(parse(text), 'opendatahub');
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.dashboard;
}

/** The app's API over these dashboards, for who has the token. */
async function startApi(dashboards: readonly Dashboard[]): Promise<string> {
  const server = createServer((request, response) => {
    const [, , , , project, , name] = (request.url ?? '').split('/');
    const send = async (answer: Response): Promise<void> => void response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
    if (request.headers.authorization !== 'Bearer good') return void send(errorResponse(new AppError('ERR_AUTH_002')));
    const mine = dashboards.filter(({ metadata }) => project === undefined || metadata.project === project);
    if (name === undefined) return void send(Response.json(mine));
    const found = mine.find(({ metadata }) => metadata.name === name);
    return void send(found === undefined ? errorResponse(new AppError('ERR_DASH_001')) : Response.json(found));
  });
  const { url, close } = await listen(server);
  onTestFinished(() => close());
  return url;
}

const good = { OBSERVABILITY_TOKEN: 'good' };
const stored: Dashboard = { ...read(soundDashboard), metadata: { ...read(soundDashboard).metadata, version: 7, updatedAt: '2026-01-02T03:04:05Z', annotations: { category: 'serving' } } };

describe('export', () => {
  it.each(['cr', 'perses', 'configmap'])('writes what a running app has as %s, which says the same when it is read again', async (form) => {
    const url = await startApi([stored, { ...stored, metadata: { ...stored.metadata, project: 'elsewhere' } }]);
    const folder = await folderWith({});
    expect(await runCommand(['export', '--from', url, '--output', folder, '--format', form, '--project', 'fraud-detection'], good)).toMatchObject({ code: 0, err: expect.stringContaining('1 dashboard written') as string });
    expect(readdirSync(folder)).toEqual(['fraud-detection.serving.yaml']);
    expect(readFileSync(join(folder, 'fraud-detection.serving.yaml'), 'utf8')).not.toMatch(/version: 7|updatedAt/);
    expect((await runCommand(['validate', folder])).code).toBe(0);
    expect(await runCommand(['diff', folder, '--from', url], good)).toEqual({ code: 0, out: 'fraud-detection/serving: no differences\n', err: '' });
  });

  it('turns files of one form into another', async () => {
    const source = await folderWith({ 'a.yaml': soundDashboard });
    const target = await folderWith({});
    await runCommand(['export', '--directory', source, '--output', target, '--format', 'configmap']);
    expect(parse(readFileSync(join(target, 'fraud-detection.serving.yaml'), 'utf8'))).toMatchObject({
      kind: 'ConfigMap',
      metadata: { name: 'dashboard-serving', namespace: 'fraud-detection', labels: { 'observability.opendatahub.io/dashboard': 'true' } },
    });
    expect((await runCommand(['diff', source, target])).code).toBe(0);
  });

  it.each([
    ['no token', {}, /OBSERVABILITY_TOKEN is not set/],
    ['a token that is not accepted', { OBSERVABILITY_TOKEN: 'bad' }, /ERR_AUTH_002: The access token/],
  ])('%s is said', async (_, environment, reason) => {
    const { code, err } = await runCommand(['export', '--from', await startApi([]), '--output', 'nowhere'], environment);
    expect(code).toBe(2);
    expect(err).toMatch(reason);
  });

  it('does not leave out quietly what is no dashboard', async () => {
    const source = await folderWith({ 'a.yaml': soundDashboard, 'b.yaml': 'kind: Deployment' });
    const { code, err } = await runCommand(['export', '--directory', source, '--output', source]);
    expect(code).toBe(2);
    expect(err).toContain('b.yaml:1:1: apiVersion:');
  });
});

describe('diff', () => {
  it('names what differs by its place, and nothing else', async () => {
    const folder = await folderWith({ 'a.yaml': soundDashboard, 'b.yaml': soundDashboard.replace('unit: percent', 'unit: decimal').replace('duration: 1h', 'duration: 2h') });
    const { code, out } = await runCommand(['diff', join(folder, 'a.yaml'), join(folder, 'b.yaml')]);
    expect(code).toBe(1);
    expect(out).toBe('fraud-detection/serving: 2 differences\n  /spec/duration: "1h" → "2h"\n  /spec/panels/errors/spec/plugin/spec/format/unit: "percent" → "decimal"\n');
  });

  it('takes JSON and YAML, and each form, for the same', async () => {
    const { spec } = read(soundDashboard);
    const folder = await folderWith({ 'a.yaml': soundDashboard, 'b.json': JSON.stringify({ kind: 'Dashboard', spec, metadata: { project: 'fraud-detection', version: 3, name: 'serving' } }) });
    expect((await runCommand(['diff', join(folder, 'a.yaml'), join(folder, 'b.json')])).code).toBe(0);
  });

  it('says what the app does not have', async () => {
    const folder = await folderWith({ 'a.yaml': soundDashboard });
    const { code, out } = await runCommand(['diff', folder, '--from', await startApi([]), '--format', 'json'], good);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject([{ dashboard: 'fraud-detection/serving', total: 1, changes: [{ path: '' }] }]);
  });

  it('wants two sides', async () => {
    expect((await runCommand(['diff', 'package.json'])).err).toContain('Name two files');
  });
});

describe('render', () => {
  const template = soundDashboard.replace('name: serving', 'name: serving-{{ model }}').replace('name: Serving', 'name: Serving of {{model}} in {{ stage }}').replace('query: errors_ratio', `seriesNameFormat: '{{ "{{pod}}" }}'\n                    query: errors_ratio`);

  it('writes one dashboard for each item, with shared values', async () => {
    const folder = await folderWith({ 'template.yaml': template, 'values.yaml': 'stage: production\nitems:\n  - { model: bert }\n  - { model: 4711, stage: test }\n' });
    const output = join(folder, 'out');
    expect(await runCommand(['render', join(folder, 'template.yaml'), '--values', join(folder, 'values.yaml'), '--output', output])).toMatchObject({ code: 0 });
    expect(readdirSync(output).sort()).toEqual(['serving-4711.yaml', 'serving-bert.yaml']);
    const { spec } = read(readFileSync(join(output, 'serving-4711.yaml'), 'utf8'));
    expect(spec.display?.name).toBe('Serving of 4711 in test');
    expect(JSON.stringify(spec)).toContain('"seriesNameFormat":"{{pod}}"');
  });

  it('writes all of them to standard output when no folder is named', async () => {
    const folder = await folderWith({ 'template.yaml': template, 'values.yaml': 'stage: test\nitems: [{ model: a }, { model: b }]' });
    const { code, out } = await runCommand(['render', join(folder, 'template.yaml'), '--values', join(folder, 'values.yaml')]);
    expect(code).toBe(0);
    expect(out.split('---\n')).toHaveLength(2);
  });

  it.each([
    ['a name without a value', 'items: [{ model: a }]', /line 9: \{\{ stage \}\}|\{\{ stage \}\} has no value/, 2],
    ['a value of several lines', 'stage: "a\\nb"\nitems: [{ model: a }]', /more than one line/, 2],
    ['a value that breaks the dashboard', 'stage: x\nitems: [{ model: "A B" }]', /item 1:4:9: metadata.name: expected lower-case/, 1],
    ['two items with one name', 'stage: x\nitems: [{ model: a }, { model: a }]', /\[duplicate\]/, 1],
    ['no items', 'stage: x', /expected "items"/, 2],
    ['a list as a value', 'stage: [x]\nitems: [{ model: a }]', /stage: expected a text/, 2],
  ])('%s is refused', async (_, values, reason, expected) => {
    const folder = await folderWith({ 'template.yaml': template, 'values.yaml': values });
    const { code, out, err } = await runCommand(['render', join(folder, 'template.yaml'), '--values', join(folder, 'values.yaml')]);
    expect([code, out]).toEqual([expected, '']);
    expect(err).toMatch(reason);
  });
});
