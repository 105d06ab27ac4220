/** Dashboards of every version that was ever written, read as the present one. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseYaml } from '../config/yaml';
import { createLogger } from '../telemetry/logger';
import { createDirectorySource } from './directory';
import { parseDashboard } from './parse';
import { minimalSpec } from './testing/resources';

/** From the oldest to the present. */
const versions = ['v1alpha1', 'v1alpha2', 'dashboard'] as const;
const fileOf = (version: string): string => join(import.meta.dirname, 'testdata', version, 'serving.yaml');
const read = (text: string) => parseDashboard(parseYaml(text)[0]?.value, 'opendatahub');

describe('a dashboard that was written', () => {
  const present = read(readFileSync(fileOf('dashboard'), 'utf8'));

  it.each(versions.slice(0, -1))('in %s is read as the same dashboard in the present form, with nothing of it lost', (version) => {
    expect(present).toHaveProperty('dashboard.spec.panels.latency');
    expect(read(readFileSync(fileOf(version), 'utf8'))).toEqual(present);
  });

  it('in v1alpha1, and is answered as v1alpha2 by a cluster that converts nothing, is read all the same', () => {
    const text = readFileSync(fileOf('v1alpha1'), 'utf8').replace('perses.dev/v1alpha1', 'perses.dev/v1alpha2');
    expect(read(text)).toEqual(present);
  });

  it('in an earlier version and has a mistake is refused at its place in the text that was written', () => {
    const problemsOf = (resource: unknown) => {
      const parsed = parseDashboard(resource, 'opendatahub');
      return 'problems' in parsed ? parsed.problems.map(({ path }) => path.join('.')) : [];
    };
    const older = { apiVersion: 'perses.dev/v1alpha1', kind: 'PersesDashboard', metadata: { name: 'x' } };
    expect(problemsOf({ ...older, spec: { ...minimalSpec, duration: 5 } })).toEqual(['spec.duration']);
    expect(problemsOf({ ...older, spec: { ...minimalSpec, panels: {} } })).toEqual(['spec.layouts.0.spec.items.0.content.$ref']);
    expect(problemsOf(older)).toEqual(['spec']);
    expect(problemsOf({ ...older, apiVersion: 'perses.dev/v2', spec: minimalSpec })).toEqual(['apiVersion']);
    // What has the present form is never taken for an earlier one.
    expect(problemsOf({ ...older, apiVersion: 'perses.dev/v1alpha2', spec: { config: { ...minimalSpec, duration: 5 } } })).toEqual(['spec.config.duration']);
  });
});

describe('the file of an earlier version', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'migrate-'));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it('is served, and stays as it was written', async () => {
    const text = readFileSync(fileOf('v1alpha1'), 'utf8');
    const file = join(directory, 'serving.yaml');
    writeFileSync(file, text);
    const source = createDirectorySource({ name: 'files', directory, platformProject: 'opendatahub', log: createLogger('error', { write: () => undefined }), now: () => 0 });
    expect([...(await source.snapshot()).dashboards.keys()]).toEqual(['fraud-detection/serving']);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});
