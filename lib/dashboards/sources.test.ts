/** The configured sources together, in their order. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { configSchema } from '../config/schema';
import { createLogger } from '../telemetry/logger';
import { createSources } from './sources';
import { resource } from './testing/resources';

let folder: string;
let time: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sources-'));
  time = 0;
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function sourcesOf(dashboards: Record<string, unknown>) {
  const config = configSchema.parse({
    publicUrl: 'http://app.test',
    identity: { issuer: 'http://provider.test', clientId: 'app' },
    datasources: [{ name: 'prometheus', default: true, url: 'http://prometheus.test' }],
    dashboards: { directory: join(folder, 'built-in'), ...dashboards },
  });
  return createSources(config, { kubernetes: undefined, metrics: { dashboardSourceUp: { set: () => undefined } as never }, log: createLogger('error', { write: () => undefined }), now: () => time, date: Date.now });
}

function fill(directory: string, name: string, title: string): void {
  mkdirSync(join(folder, directory), { recursive: true });
  writeFileSync(join(folder, directory, `${name}.yaml`), stringify(resource({ name }, { display: { name: title } })));
}

const titles = async ({ store }: ReturnType<typeof sourcesOf>) => (await store.list()).map(({ spec }) => spec.display?.name);

it('people’s dashboards stand before mounted ones, these before one another as configured, and all before the built-in ones', async () => {
  for (const name of ['w', 'x', 'y', 'z']) fill('built-in', name, `built-in ${name}`);
  for (const name of ['w', 'x', 'y']) fill('second', name, `second ${name}`);
  for (const name of ['w', 'x']) fill('first', name, `first ${name}`);
  fill('own', 'w', 'own w');
  const sources = sourcesOf({ own: join(folder, 'own'), directories: [join(folder, 'first'), join(folder, 'second')] });
  expect(await titles(sources)).toEqual(['own w', 'first x', 'second y', 'built-in z']);
  expect((await sources.store.snapshot()).shadowed.map(({ stored }) => stored.source)).toEqual([join(folder, 'first'), join(folder, 'second'), join(folder, 'second'), 'built-in', 'built-in', 'built-in']);
  expect([...sources.writers.keys()]).toEqual(['own']);
});

it('a disabled built-in dashboard is not served, but one of its name from elsewhere is; a misspelt name is reported', async () => {
  fill('built-in', 'cost', 'built-in cost');
  fill('built-in', 'drift', 'built-in drift');
  expect(await titles(sourcesOf({ disabled: ['cost'] }))).toEqual(['built-in drift']);
  fill('mounted', 'cost', 'our cost');
  const sources = sourcesOf({ disabled: ['cost', 'costs'], directories: [join(folder, 'mounted')] });
  expect(await titles(sources)).toEqual(['our cost', 'built-in drift']);
  expect((await sources.store.snapshot()).problems).toEqual([{ source: 'built-in', place: 'dashboards.disabled', path: '', ofSource: true, reason: 'there is no built-in dashboard "costs"' }]);
});

it('a mounted ConfigMap is read anew when Kubernetes swaps its link, with files that came and went', async () => {
  fill('built-in', 'z', 'built-in z');
  const mount = join(folder, 'mount');
  fill('mount/..2026_01', 'x', 'first x');
  fill('mount/..2026_01', 'y', 'first y');
  symlinkSync('..2026_01', join(mount, '..data'));
  for (const name of ['x', 'y']) symlinkSync(`..data/${name}.yaml`, join(mount, `${name}.yaml`));
  const sources = sourcesOf({ directories: [mount] });
  expect(await titles(sources)).toEqual(['first x', 'first y', 'built-in z']);
  // In the order of Kubernetes: the new version aside, the link in one step, links of new keys, those of old ones away.
  fill('mount/..2026_02', 'x', 'second x');
  fill('mount/..2026_02', 'w', 'second w');
  symlinkSync('..2026_02', join(mount, '..data_tmp'));
  renameSync(join(mount, '..data_tmp'), join(mount, '..data'));
  symlinkSync('..data/w.yaml', join(mount, 'w.yaml'));
  time += 2_000;
  // The link of the removed key still stands and leads nowhere.
  expect(await titles(sources)).toEqual(['second w', 'second x', 'built-in z']);
  rmSync(join(mount, 'y.yaml'));
  rmSync(join(mount, '..2026_01'), { recursive: true });
  time += 2_000;
  expect(await titles(sources)).toEqual(['second w', 'second x', 'built-in z']);
  expect((await sources.store.snapshot()).problems).toEqual([]);
});

it('a folder that is not there is reported, and the others are served', async () => {
  fill('built-in', 'z', 'built-in z');
  const sources = sourcesOf({ directories: [join(folder, 'missing')] });
  expect(await titles(sources)).toEqual(['built-in z']);
  expect((await sources.store.snapshot()).problems).toMatchObject([{ source: join(folder, 'missing'), reason: expect.stringContaining('ENOENT') as string }]);
});
