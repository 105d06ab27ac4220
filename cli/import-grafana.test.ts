import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { folderWith, runCommand } from './testing/terminal';

const dashboards = join(import.meta.dirname, '..', 'lib', 'grafana', 'testing', 'dashboards');

describe('import-grafana', () => {
  it('writes resources that validate accepts, all of them together', async () => {
    const folder = await folderWith({});
    for (const file of readdirSync(dashboards)) {
      const target = join(folder, file.replace('.json', '.yaml'));
      expect(await runCommand(['import-grafana', join(dashboards, file), '--output', target, '--namespace', 'fraud-detection'])).toMatchObject({ code: 0, out: '' });
    }
    expect(await runCommand(['validate', folder])).toEqual({ code: 0, out: '12 dashboards in 12 files: no problems\n', err: '' });
  });

  it('reports to standard error, the resource goes to standard output', async () => {
    const { code, out, err } = await runCommand(['import-grafana', join(dashboards, 'gpus.json'), '--name', 'gpu-exporter']);
    expect(code).toBe(0);
    expect(out).toMatch(/^apiVersion: perses.dev\/v1alpha2\nkind: PersesDashboard\nmetadata:\n {2}name: gpu-exporter\nspec:/);
    // As kubectl reads it, to which a bare y is true.
    expect(parse(out, { version: '1.1' })).toEqual(parse(out));
    expect(err).toContain('approximated: panel "Power": the unit "watt" is written as a plain number\n');
    expect(err).toMatch(/\d+ converted as they were, \d+ notes on what was approximated, \d+ on what was left out\.\n$/);
  });

  it('writes the report as JSON when it is asked to', async () => {
    const folder = await folderWith({});
    await runCommand(['import-grafana', join(dashboards, 'monitoring.json'), '--output', join(folder, 'a.yaml'), '--report', join(folder, 'report.json')]);
    const report: unknown = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
    expect(report).toContainEqual({ outcome: 'left out', part: 'annotation "Restarts"', detail: 'annotations are not drawn' });
    expect(report).toContainEqual({ outcome: 'converted', part: 'variable "job"' });
  });

  it.each([
    ['no file', {}, [], /Name one file/],
    ['JSON that is none', { 'x.json': '{"title": ' }, ['x.json'], /x\.json:1:\d+: /],
    ['an old dashboard', { 'x.json': '{"title": "x", "schemaVersion": 12}' }, ['x.json'], /x\.json: The dashboard has schemaVersion 12/],
  ])('%s is refused with the reason', async (_, files, names, reason) => {
    const folder = await folderWith(files);
    const { code, err } = await runCommand(['import-grafana', ...names.map((name) => join(folder, name))]);
    expect(code).toBe(2);
    expect(err).toMatch(reason);
  });
});
