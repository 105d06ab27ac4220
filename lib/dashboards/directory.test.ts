import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { createLogger } from '../telemetry/logger';
import { createDirectoryStore } from './directory';
import { resource } from './testing/resources';

let directory: string;
let lines: Record<string, unknown>[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'dashboards-'));
  lines = [];
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

function store(folder = directory) {
  const log = createLogger('info', { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) });
  return createDirectoryStore({ directory: folder, platformProject: 'opendatahub', log });
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
      { file: join(directory, 'bad-reference.yaml'), line: 20, reason: '"#/spec/panels/loss" is no panel of this dashboard' },
      { file: join(directory, 'bad-syntax.yaml'), line: expect.any(Number) as number },
    ]);
  });

  it('of one name twice: the file that sorts first wins, the other is logged', async () => {
    write('1.yaml', stringify(resource({ name: 'same' }, { duration: '1h' })));
    write('2.yaml', stringify(resource({ name: 'same' }, { duration: '2h' })));
    expect(await store().list()).toMatchObject([{ spec: { duration: '1h' } }]);
    expect(lines[0]).toMatchObject({ level: 'error', file: join(directory, '2.yaml'), reason: 'another file already has a dashboard opendatahub/same' });
  });

  it('from a folder that is not there yet are read as soon as it is', async () => {
    const later = store(join(directory, 'later'));
    await expect(later.list()).rejects.toThrow('ENOENT');
    const { mkdir } = await import('node:fs/promises');
    await mkdir(join(directory, 'later'));
    expect(await later.list()).toEqual([]);
  });
});
