/**
 * Dashboards in objects of the Kubernetes API: in a `PersesDashboard`, and in a ConfigMap whose keys are files. Whatever
 * an object says, its dashboards belong to the project of its namespace.
 */
import { z } from 'zod';
import { createHash } from 'node:crypto';
import { parseYaml, YamlSyntaxError } from '../../config/yaml';
import type { Dashboard } from '../../contracts/dashboard';
import type { KubernetesObject } from '../../kubernetes/follow';
import { namedIn, parseDashboard } from '../parse';
import { keyOf, type SourceProblem, type StoredDashboard } from '../store';

/** What one object holds. */
export interface Reading {
  readonly dashboards: readonly StoredDashboard[];
  readonly problems: readonly SourceProblem[];
}

/** Reads an object for the source of this name. */
export type ReadObject = (object: KubernetesObject, source: string) => Reading;

export const readPersesDashboard: ReadObject = (object, source) => {
  const { name, namespace } = object.metadata;
  const place = `PersesDashboard ${namespace}/${name}`;
  const parsed = parseDashboard(object, namespace);
  if ('problems' in parsed) {
    return { dashboards: [], problems: parsed.problems.map(({ path, reason }) => ({ source, place, project: namespace, name, path: path.join('.'), reason })) };
  }
  return { dashboards: [{ dashboard: fromCluster(parsed.dashboard, object), source, place, ...appliedBy(object) }], problems: [] };
};

const configMap = z.object({ data: z.record(z.string(), z.string()).default({}) });
const dashboardFile = /^[^.].*\.(?:ya?ml|json)$/;

export const readConfigMap: ReadObject = (object, source) => {
  const { name, namespace } = object.metadata;
  const dashboards = new Map<string, StoredDashboard>();
  const problems: SourceProblem[] = [];
  const files = Object.entries(configMap.parse(object).data).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [file, text] of files.filter(([key]) => dashboardFile.test(key))) {
    const place = `ConfigMap ${namespace}/${name}, ${file}`;
    const leaveOut = (line: number, path: readonly PropertyKey[], reason: string, { name: called }: ReturnType<typeof namedIn> = {}): void => {
      problems.push({ source, place, project: namespace, ...(called === undefined ? {} : { name: called }), line, path: path.join('.'), reason });
    };
    try {
      for (const document of parseYaml(text)) {
        const parsed = parseDashboard(document.value, namespace);
        if ('problems' in parsed) {
          for (const { path, reason } of parsed.problems) leaveOut(document.lineOf(path), path, reason, namedIn(document.value));
          continue;
        }
        const { metadata } = parsed.dashboard;
        const key = keyOf(metadata.project, metadata.name);
        if (metadata.project !== namespace) {
          leaveOut(document.lineOf(['metadata']), ['metadata'], `a ConfigMap of ${namespace} cannot hold a dashboard of ${metadata.project}`, metadata);
        } else if (dashboards.has(key)) {
          leaveOut(document.lineOf(['metadata', 'name']), ['metadata', 'name'], `this ConfigMap already has a dashboard ${key}`, metadata);
        } else {
          dashboards.set(key, { dashboard: fromCluster(parsed.dashboard, object), source, place, ...appliedBy(object) });
        }
      }
    } catch (error) {
      if (!(error instanceof YamlSyntaxError)) throw error;
      leaveOut(error.line, [], error.message);
    }
  }
  return { dashboards: [...dashboards.values()], problems };
};

/** ODH Dashboard's convention for the names of dashboards; what `-admin` means is decided where visibility is. */
const conventionalName = /^dashboard-(\d+)-/;

/** With the version and the times of its object, and with its place in the order where only its name tells it. */
export function fromCluster(dashboard: Dashboard, { metadata }: KubernetesObject): Dashboard {
  const order = conventionalName.exec(dashboard.metadata.name)?.[1];
  const { annotations = {} } = dashboard.metadata;
  const updatedAt = lastChange(metadata);
  return {
    ...dashboard,
    metadata: {
      ...dashboard.metadata,
      version: versionOf(metadata.resourceVersion),
      ...(metadata.creationTimestamp === undefined ? {} : { createdAt: metadata.creationTimestamp }),
      ...(updatedAt === undefined ? {} : { updatedAt }),
      annotations: order === undefined ? annotations : { priority: String(Number(order)), ...annotations },
    },
  };
}

/** A `resourceVersion` as Perses's clients know versions: a whole number. Kubernetes promises only a text. */
export function versionOf(resourceVersion: string): number {
  const number = Number(resourceVersion);
  return /^\d+$/.test(resourceVersion) && Number.isSafeInteger(number) ? number : createHash('sha256').update(resourceVersion).digest().readUInt32BE(0) >>> 1;
}

/** When anything but the status was changed last. */
function lastChange({ managedFields = [], creationTimestamp }: KubernetesObject['metadata']): string | undefined {
  const times = managedFields.filter(({ subresource }) => subresource !== 'status').flatMap(({ time }) => time ?? []);
  return times.sort().at(-1) ?? creationTimestamp;
}

/**
 * What applies the object from Git, by the marks that Argo CD and Flux leave on what they apply
 * (https://argo-cd.readthedocs.io/en/stable/user-guide/resource_tracking/, https://fluxcd.io/flux/components/kustomize/).
 */
function appliedBy({ metadata: { annotations = {}, labels = {} } }: KubernetesObject): Pick<StoredDashboard, 'appliedBy'> {
  if (annotations['argocd.argoproj.io/tracking-id'] !== undefined) return { appliedBy: 'Argo CD' };
  const isFlux = ['kustomize.toolkit.fluxcd.io/name', 'helm.toolkit.fluxcd.io/name'].some((label) => labels[label] !== undefined);
  return isFlux ? { appliedBy: 'Flux' } : {};
}
