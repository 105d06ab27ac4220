import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { createLogger } from '../telemetry/logger';
import { createDirectorySource } from './directory';
import { combineSources } from './store';
import { resource } from './testing/resources';

let directory: string;
let lines: Record<string, unknown>[];
let time: number;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'dashboards-'));
  lines = [];
  time = 0;
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

function store(folder = directory) {
  const log = createLogger('info', { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) });
  return combineSources([createDirectorySource({ name: 'files', directory: folder, platformProject: 'opendatahub', log, now: () => time })]);
}

const write = (name: string, text: string): void => writeFileSync(join(directory, name), text);

describe('dashboards from a folder', () => {
  it('are read from YAML and JSON, sorted by project and name, and found by both', async () => {
    write('b.yaml', stringify(resource({ name: 'serving' })));
    write('a.json', JSON.stringify(resource({ name: 'own', namespace: 'fraud-detection' })));
    write('c.yml', `${stringify(resource({ name: 'first' }))}---\n${stringify(resource({ name: 'second' }))}`);
    write('README.md', 'not a dashboard');
    const dashboards = store();
    expect((await dashboards.list()).map(({ metadata }) => `${metadata.project}/${metadata.name}`)).toEqual([
      'fraud-detection/own',
      'opendatahub/first',
      'opendatahub/second',
      'opendatahub/serving',
    ]);
    expect((await dashboards.get('fraud-detection', 'own'))?.spec.display?.name).toBe('Model Training Metrics');
    expect(await dashboards.get('opendatahub', 'own')).toBeUndefined();
  });

  it('that are not valid are logged with file, line and reason; the others are served', async () => {
    write('bad-reference.yaml', stringify(resource({ name: 'bad' }, { panels: {} })));
    write('bad-syntax.yaml', 'kind: PersesDashboard\nmetadata: {name: "x\n');
    write('good.yaml', stringify(resource({ name: 'good' })));
    expect(await store().list()).toHaveLength(1);
    expect(lines.filter(({ level }) => level === 'error')).toMatchObject([
      { place: join(directory, 'bad-reference.yaml'), line: 20, reason: '"#/spec/panels/loss" is no panel of this dashboard' },
      { place: join(directory, 'bad-syntax.yaml'), line: expect.any(Number) as number },
    ]);
  });

  it('of one name twice: the file that sorts first wins, the other is logged', async () => {
    write('1.yaml', stringify(resource({ name: 'same' }, { duration: '1h' })));
    write('2.yaml', stringify(resource({ name: 'same' }, { duration: '2h' })));
    expect(await store().list()).toMatchObject([{ spec: { duration: '1h' } }]);
    expect(lines[0]).toMatchObject({ level: 'error', place: join(directory, '2.yaml'), reason: 'another file already has a dashboard opendatahub/same' });
  });

  it('from a folder that is not there yet are read as soon as it is', async () => {
    const later = store(join(directory, 'later'));
    await expect(later.list()).rejects.toThrow('ENOENT');
    mkdirSync(join(directory, 'later'));
    expect(await later.list()).toEqual([]);
  });
});

describe('a change in the folder', () => {
  const title = async (dashboards: ReturnType<typeof store>) => (await dashboards.get('opendatahub', 'x'))?.spec.display?.name;
  const file = (name: string) => stringify(resource({ name: 'x' }, { display: { name } }));

  it('is seen two seconds later, with another version; until then nothing is read', async () => {
    write('x.yaml', file('one'));
    const dashboards = store();
    const before = await dashboards.get('opendatahub', 'x');
    write('x.yaml', file('two'));
    time = 1_999;
    expect(await title(dashboards)).toBe('one');
    time = 2_000;
    expect(await title(dashboards)).toBe('two');
    expect((await dashboards.get('opendatahub', 'x'))?.metadata.version).not.toBe(before?.metadata.version);
  });

  it('is seen when a mounted ConfigMap is swapped as Kubernetes does it: by one symbolic link', async () => {
    const fill = (version: string) => {
      mkdirSync(join(directory, version));
      write(`${version}/x.yaml`, file(version));
    };
    fill('..v1');
    symlinkSync('..v1', join(directory, '..data'));
    symlinkSync('..data/x.yaml', join(directory, 'x.yaml'));
    const dashboards = store();
    expect(await title(dashboards)).toBe('..v1');
    fill('..v2');
    symlinkSync('..v2', join(directory, '..data_tmp'));
    renameSync(join(directory, '..data_tmp'), join(directory, '..data'));
    time = 2_000;
    expect(await title(dashboards)).toBe('..v2');
  });

  it('that breaks a dashboard takes that one away and says why; its repair brings it back', async () => {
    write('x.yaml', file('one'));
    write('y.yaml', stringify(resource({ name: 'y' })));
    const dashboards = store();
    await dashboards.list();
    write('x.yaml', 'kind: [');
    time = 2_000;
    expect((await dashboards.list()).map(({ metadata }) => metadata.name)).toEqual(['y']);
    expect((await dashboards.snapshot()).problems).toMatchObject([{ source: 'files', place: join(directory, 'x.yaml'), line: expect.any(Number) as number }]);
    write('x.yaml', file('repaired'));
    time = 4_000;
    expect(await title(dashboards)).toBe('repaired');
    expect((await dashboards.snapshot()).problems).toEqual([]);
  });

  it('that takes the whole folder away leaves what was read, and says that changes are not seen', async () => {
    write('x.yaml', file('one'));
    const dashboards = store();
    await dashboards.list();
    rmSync(directory, { recursive: true });
    time = 2_000;
    expect(await title(dashboards)).toBe('one');
    expect((await dashboards.snapshot()).problems[0]?.reason).toMatch(/^The folder cannot be read, so changes are not seen/);
  });
});

describe('several sources', () => {
  it('serve a name that exists twice from the source that stands first, and report the other', async () => {
    const log = createLogger('error', { write: () => undefined });
    const source = (name: string) => {
      mkdirSync(join(directory, name));
      write(`${name}/x.yaml`, stringify(resource({ name: 'x' }, { display: { name } })));
      return createDirectorySource({ name, directory: join(directory, name), platformProject: 'opendatahub', log, now: () => time });
    };
    const combined = combineSources([source('own'), source('built-in')]);
    expect(await combined.list()).toMatchObject([{ spec: { display: { name: 'own' } } }]);
    expect((await combined.snapshot()).shadowed).toMatchObject([{ stored: { source: 'built-in', place: join(directory, 'built-in/x.yaml') }, by: { source: 'own', place: join(directory, 'own/x.yaml') } }]);
  });

  it('go on when one of them cannot be read', async () => {
    const log = createLogger('error', { write: () => undefined });
    write('x.yaml', stringify(resource({ name: 'x' })));
    const source = (name: string, folder: string) => createDirectorySource({ name, directory: folder, platformProject: 'opendatahub', log, now: () => time });
    const combined = combineSources([source('lost', join(directory, 'nowhere')), source('files', directory)]);
    expect(await combined.list()).toHaveLength(1);
    expect((await combined.snapshot()).problems).toMatchObject([{ source: 'lost', reason: expect.stringContaining('ENOENT') as string }]);
  });
});
