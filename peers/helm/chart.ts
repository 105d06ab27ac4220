/** Helm on the chart: what a set of values makes of it, as objects. Knows no cluster. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments, stringify } from 'yaml';
import { z } from 'zod';
import { projectRoot } from '../../demo/setup/index.mjs';
import { pathOf } from '../support/tools';

const chart = join(projectRoot, 'helm', 'odh-observability');

export interface Release {
  readonly name?: string;
  readonly namespace?: string;
  /** Names of the chart's own profiles, the later over the earlier. */
  readonly profiles: readonly string[];
  /** Over all of them. */
  readonly values?: Readonly<Record<string, unknown>>;
}

const objectShape = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
});

/** A Kubernetes resource as it is applied. */
export type KubernetesObject = z.infer<typeof objectShape>;

/** What no profile can know: an administrator's own file. */
export const site = {
  image: { repository: 'registry.example.com/opendatahub/odh-observability' },
  secrets: { existingSecret: 'odh-observability-secrets' },
  config: {
    publicUrl: 'https://observability.apps.example.com/',
    identity: { issuer: 'https://sso.example.com/realms/ai', clientId: 'odh-observability', bearer: { audiences: ['odh-observability-api'] } },
    limits: { responseBytes: 16_777_216 },
  },
};

async function helm(command: readonly string[], { name = 'odh-observability', namespace = 'opendatahub', profiles, values = {} }: Release): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'odh-helm-'));
  try {
    const files = profiles.map((profile) => join(chart, `values-${profile}.yaml`));
    for (const [index, text] of [stringify(site), stringify(values)].entries()) {
      const file = join(directory, `${index}.yaml`);
      await writeFile(file, text);
      files.push(file);
    }
    // Nobody's own plugins and repositories.
    const env = { ...process.env, HELM_CONFIG_HOME: directory, HELM_CACHE_HOME: directory, HELM_DATA_HOME: directory };
    const named = command[0] === 'template' ? [name, chart] : [chart];
    const args = [...command, ...named, `--namespace=${namespace}`, ...files.map((file) => `--values=${file}`)];
    return (await promisify(execFile)(pathOf('helm'), args, { env, maxBuffer: 64 * 1024 * 1024 })).stdout;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** What Helm finds fault with, warnings included; resolves with its report when there is nothing. */
export function lint(release: Release): Promise<string> {
  return helm(['lint', '--strict'], release);
}

/** The objects of a release, in the order in which Helm applies them. */
export async function template(release: Release, kubernetes = 'v1.29.0'): Promise<KubernetesObject[]> {
  const documents = parseAllDocuments(await helm(['template', `--kube-version=${kubernetes}`, '--include-crds'], release));
  if (!Array.isArray(documents)) return [];
  return documents.filter(({ contents }) => contents !== null).map((document) => objectShape.parse(document.toJS()));
}

/** The one object of a kind, whose name ends as given. */
export function only<Shape extends z.ZodType>(objects: readonly KubernetesObject[], kind: string, shape: Shape, ending = ''): z.infer<Shape> {
  const found = objects.filter((object) => object.kind === kind && object.metadata.name.endsWith(ending));
  if (found.length !== 1) throw new Error(`${found.length} objects of kind ${kind} with a name that ends in "${ending}"`);
  return shape.parse(found[0]);
}
