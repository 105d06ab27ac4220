/** Every profile of the chart against what each version of Kubernetes serves, with the custom resources that it uses, by a real kubeconform. */
import { expect, test } from '@playwright/test';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { projectRoot } from '../../demo/setup/index.mjs';
import { template, type KubernetesObject } from '../helm/chart';
import { releases } from '../helm/releases';
import { persesDashboardDefinition } from '../kube/perses-dashboard-definition';
import { crdFiles, pathOf, whyMissing } from '../support/tools';
import { apiSchemas, customSchemas, type ResourceType } from './schemas';

const missing = whyMissing('helm') ?? whyMissing('kubeconform') ?? whyMissing('kubernetesApis');
test.skip(missing !== undefined, missing);

/** The newest of each minor version that the Go module proxy has. */
const versions = Object.keys(JSON.parse(readFileSync(join(projectRoot, 'peers', 'kubeconform', 'versions.json'), 'utf8')) as Record<string, string>);

let directory: string;
let objects: KubernetesObject[];

test.beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'odh-kubeconform-'));
  const all = { ...releases, 'OpenShift with dashboards as resources': { profiles: ['openshift'], values: { persesDashboards: true } } };
  objects = [];
  for (const release of Object.values(all)) objects.push(...(await template(release)));
});

test.afterAll(() => rm(directory, { recursive: true, force: true }));

function typeOf({ apiVersion, kind }: KubernetesObject): ResourceType {
  const [version = '', group = ''] = apiVersion.split('/').reverse();
  return { group, version, kind };
}

/** Writes the schemas of a version where kubeconform will look; returns that place. */
async function writeSchemas(version: string, types: readonly ResourceType[]): Promise<string> {
  const folder = join(directory, version);
  await mkdir(folder, { recursive: true });
  const served = apiSchemas(JSON.parse(await readFile(join(pathOf('kubernetesApis'), `${version}.json`), 'utf8')), types);
  const custom = [persesDashboardDefinition];
  for (const file of crdFiles()) {
    const documents = parseAllDocuments(await readFile(file, 'utf8'));
    if (Array.isArray(documents)) custom.push(...documents.filter(({ contents }) => contents !== null).map((document) => document.toJS() as typeof persesDashboardDefinition));
  }
  for (const [file, schema] of [...served, ...custom.flatMap((definition) => [...customSchemas(definition)])]) await writeFile(join(folder, file), JSON.stringify(schema));
  return folder;
}

const report = z.object({
  resources: z.array(z.object({ kind: z.string(), name: z.string(), msg: z.string() })),
  summary: z.object({ valid: z.number(), invalid: z.number(), errors: z.number(), skipped: z.number() }),
});

async function check(version: string, found: readonly KubernetesObject[]): Promise<z.infer<typeof report>> {
  const schemas = await writeSchemas(version, found.map(typeOf));
  const file = join(schemas, 'objects.yaml');
  // JSON is YAML.
  await writeFile(file, found.map((object) => JSON.stringify(object)).join('\n---\n'));
  const args = ['-output=json', '-summary', `-kubernetes-version=${version.slice(1)}`, `-schema-location=${join(schemas, '{{.ResourceKind}}{{.KindSuffix}}.json')}`, file];
  // It ends with 1 when it finds something.
  const output = await new Promise<string>((resolve) => void execFile(pathOf('kubeconform'), args, { maxBuffer: 64 * 1024 * 1024 }, (_error, stdout) => resolve(stdout)));
  return report.parse(JSON.parse(output));
}

for (const version of versions) {
  test(`Kubernetes ${version} takes every object of every profile`, async () => {
    const { resources, summary } = await check(version, objects);
    expect(resources).toEqual([]);
    expect(summary).toEqual({ valid: objects.length, invalid: 0, errors: 0, skipped: 0 });
    // The chart makes the same for each, so that one rendering stands for all.
    const [first] = Object.values(releases);
    if (first === undefined) throw new Error('there are releases');
    expect(await template(first, version)).toEqual(await template(first));
  });
}

test('a field that there is not, a value of the wrong type, and an API that was removed are found', async () => {
  const wrong: KubernetesObject[] = [
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'field' }, spec: { ports: [{ port: 1 }], selektor: {} } },
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'type' }, spec: { replicas: 'two', selector: {}, template: {} } },
    { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: 'custom' }, spec: { issuerRef: { name: 'ca' }, secretNames: 'tls' } },
    { apiVersion: 'autoscaling/v2beta2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'removed' }, spec: {} },
  ];
  for (const version of [versions[0], versions.at(-1)]) {
    const { resources, summary } = await check(version ?? '', wrong);
    expect(resources.map(({ name }) => name).sort()).toEqual(['custom', 'field', 'removed', 'type']);
    expect(summary).toMatchObject({ valid: 0, invalid: 3, errors: 1 });
  }
});
