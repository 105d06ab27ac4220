/**
 * Writes `PersesDashboard` resources with the caller's own token: Kubernetes decides who may, and says who was faster.
 * What the app does not know of a resource stays in it.
 */
import type { Dashboard } from '../../contracts/dashboard';
import { annotationPrefix } from '../../contracts/dashboard';
import { AppError, isAppError } from '../../errors/app-error';
import { KubernetesRefusal, type KubernetesResources, type ResourceKind } from '../../kubernetes/client';
import { parseObject, type KubernetesObject } from '../../kubernetes/follow';
import { parseDashboard } from '../parse';
import type { DashboardWriter } from '../store';
import { fromCluster, versionOf } from './resources';
import { persesGroup, persesPlural, type ClusterSource } from './source';

/** For one call; a person waits for it. */
const callTimeout = 10_000;

export interface ClusterWriterDependencies {
  readonly resources: KubernetesResources;
  /** That reads what is written here. */
  readonly source: Pick<ClusterSource, 'collectionOf'>;
}

/** Besides what every writer throws: `ERR_ACCESS_002` for who may not, and for a sign-in that Kubernetes does not know. */
export function createClusterWriter({ resources, source }: ClusterWriterDependencies): DashboardWriter {
  const soon = (): AbortSignal => AbortSignal.timeout(callTimeout);

  function kindIn(namespace: string): ResourceKind {
    const version = /\/v1alpha1\//.test(source.collectionOf(namespace)?.path() ?? '') ? 'v1alpha1' : 'v1alpha2';
    return { group: persesGroup, version, plural: persesPlural, namespace };
  }

  async function current(token: string, kind: ResourceKind, name: string): Promise<{ object: KubernetesObject; before: Dashboard }> {
    const object = parseObject(await resources.read(token, kind, name, soon()));
    return { object, before: dashboardIn(object) };
  }

  return {
    checksAccess: true,
    keepsHistory: false,
    create: (dashboard, { token }) =>
      asked('create', dashboard.metadata, async () => {
        const { project, name, annotations = {} } = dashboard.metadata;
        const kind = kindIn(project);
        const body = {
          apiVersion: `${kind.group}/${kind.version}`,
          kind: 'PersesDashboard',
          metadata: { name, namespace: project, annotations: prefixed(annotations) },
          spec: specOf(kind, {}, dashboard),
        };
        return taken(await resources.create(token, kind, body, soon()));
      }),
    update: (dashboard, { token }) =>
      asked('update', dashboard.metadata, async () => {
        const { project, name, version } = dashboard.metadata;
        const kind = kindIn(project);
        const { object, before } = await current(token, kind, name);
        if (version !== 0 && version !== versionOf(object.metadata.resourceVersion)) {
          throw new AppError('ERR_DASH_003', { detail: `Yours is version ${version}, stored is version ${before.metadata.version}.` });
        }
        const metadata = { ...object.metadata, annotations: changedAnnotations(object, dashboard) };
        const body = { ...object, metadata, spec: specOf(kind, object['spec'], dashboard) };
        return { before, after: taken(await resources.replace(token, kind, name, body, soon())) };
      }),
    remove: (project, name, { token }) =>
      asked('delete', { project, name }, async () => {
        const kind = kindIn(project);
        const { object, before } = await current(token, kind, name);
        await resources.remove(token, kind, name, object.metadata.resourceVersion, soon());
        source.collectionOf(project)?.forget(project, name);
        return before;
      }),
    history: () => Promise.resolve([]),
    removed: () => Promise.resolve([]),
  };

  /** What the API server answered to a write, which the next reader finds. */
  function taken(answer: unknown): Dashboard {
    const object = parseObject(answer);
    source.collectionOf(object.metadata.namespace)?.put(object);
    return dashboardIn(object);
  }
}

function dashboardIn(object: KubernetesObject): Dashboard {
  const parsed = parseDashboard(object, object.metadata.namespace);
  if ('problems' in parsed) throw new Error(`${object.metadata.namespace}/${object.metadata.name} holds no dashboard: ${parsed.problems[0].reason}`);
  return fromCluster(parsed.dashboard, object);
}

/** The specification with another dashboard in it. */
function specOf({ version }: ResourceKind, stored: unknown, { spec }: Dashboard): object {
  if (version === 'v1alpha1') return spec;
  const beside = typeof stored === 'object' && stored !== null && 'config' in stored ? stored : {};
  return { ...beside, config: spec };
}

const prefixed = (annotations: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(annotations).map(([name, value]) => [`${annotationPrefix}${name}`, value]));

/** Perses's own clients know no annotations; what they send without any leaves those that are stored. */
function changedAnnotations({ metadata }: KubernetesObject, dashboard: Dashboard): Record<string, string> {
  const { annotations = {} } = dashboard.metadata;
  const stored = metadata.annotations ?? {};
  if (Object.keys(annotations).length === 0) return stored;
  const foreign = Object.fromEntries(Object.entries(stored).filter(([name]) => !name.startsWith(annotationPrefix)));
  return { ...foreign, ...prefixed(annotations) };
}

async function asked<Result>(verb: string, { project, name }: { readonly project: string; readonly name: string }, ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof KubernetesRefusal)) {
      if (isAppError(error)) throw error;
      throw new AppError('ERR_DASH_004', { cause: error, detail: 'Kubernetes could not be asked, or its answer was not understood.' });
    }
    throw refused(error, verb, project, name);
  }
}

function refused(error: KubernetesRefusal, verb: string, project: string, name: string): AppError {
  const as = (code: ConstructorParameters<typeof AppError>[0], detail: string): AppError => new AppError(code, { cause: error, detail });
  switch (error.status) {
    case 401:
      return as('ERR_ACCESS_002', 'Dashboards of this installation are changed in Kubernetes with your own token, and Kubernetes does not accept the one of your sign-in. Open the app inside ODH Dashboard, or use kubectl.');
    case 403:
      return as('ERR_ACCESS_002', `Kubernetes does not let you ${verb} PersesDashboard resources in ${project}.`);
    case 404:
      return verb === 'create' ? as('ERR_DASH_004', `The cluster has no namespace ${project}, or does not know PersesDashboard resources.`) : as('ERR_DASH_001', `${project}/${name} is not in the cluster any more.`);
    case 409:
      return verb === 'create' ? as('ERR_DASH_006', `There is a PersesDashboard ${name} in ${project} already.`) : as('ERR_DASH_003', 'The resource was changed in the cluster meanwhile.');
    case 400:
    case 422:
      // About what the caller sent, in words that kubectl would show them too.
      return as('ERR_DASH_002', `Kubernetes does not accept the resource: ${error.reason}`);
    default:
      return as('ERR_DASH_004', `The Kubernetes API answered ${error.status}.`);
  }
}
