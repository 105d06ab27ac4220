/**
 * Dashboards from a Kubernetes cluster: `PersesDashboard` resources, and ConfigMaps that carry a label. Read with the
 * service account of the app, whoever asks; who may see which is decided where it always is.
 */
import { annotationPrefix } from '../../contracts/dashboard';
import { follow, type Collection, type CollectionStatus, type FollowDependencies, type KubernetesObject } from '../../kubernetes/follow';
import { describeError } from '../../telemetry/describe-error';
import { mostProblems } from '../parse';
import { keyOf, type DashboardSource, type Snapshot, type SourceProblem, type StoredDashboard } from '../store';
import { readConfigMap, readPersesDashboard, type Reading, type ReadObject } from './resources';

export const persesGroup = 'perses.dev';
export const persesPlural = 'persesdashboards';
/** As the Perses operator serves them, the newest first. */
const persesVersions = ['v1alpha2', 'v1alpha1'] as const;
const configMapSelector = `${annotationPrefix}dashboard=true`;

export interface ClusterSourceOptions {
  /** Namespaces that are followed, each by itself; undefined for the whole cluster at once. */
  readonly namespaces: readonly string[] | undefined;
  readonly onStatus: (source: string, isFollowed: boolean) => void;
}

export interface ClusterSource extends DashboardSource {
  /** The collection that a namespace is part of. */
  readonly collectionOf: (namespace: string) => Collection | undefined;
  readonly close: () => Promise<void>;
}

interface Kind {
  readonly source: string;
  readonly paths: (scope: string) => readonly [string, ...string[]];
  readonly labelSelector?: string;
  readonly read: ReadObject;
}

const persesDashboards: Kind = {
  source: 'kubernetes',
  paths: (scope) => [`/apis/${persesGroup}/${persesVersions[0]}${scope}/${persesPlural}`, `/apis/${persesGroup}/${persesVersions[1]}${scope}/${persesPlural}`],
  read: readPersesDashboard,
};

const configMaps: Kind = {
  source: 'configmaps',
  paths: (scope) => [`/api/v1${scope}/configmaps`],
  labelSelector: configMapSelector,
  read: readConfigMap,
};

/** How long the first answer is waited for; after that, what there is is served. */
const firstAnswer = 5_000;

/** The source of `PersesDashboard` resources, called `kubernetes`. */
export const createPersesDashboardSource = (options: ClusterSourceOptions, dependencies: FollowDependencies): ClusterSource => createSource(persesDashboards, options, dependencies);

/** The source of ConfigMaps, called `configmaps`. */
export const createConfigMapSource = (options: ClusterSourceOptions, dependencies: FollowDependencies): ClusterSource => createSource(configMaps, options, dependencies);

function createSource({ source, paths, labelSelector, read }: Kind, { namespaces, onStatus }: ClusterSourceOptions, dependencies: FollowDependencies): ClusterSource {
  const { log, wait } = dependencies;
  const readings = new WeakMap<KubernetesObject, Reading>();
  let latest: Snapshot | undefined;

  const scopes = namespaces ?? [''];
  const collections = new Map<string, Collection>();
  for (const namespace of scopes) {
    const scope = namespace === '' ? '' : `/namespaces/${namespace}`;
    collections.set(namespace, follow({ paths: paths(scope), ...(labelSelector === undefined ? {} : { labelSelector }), onChange: changed }, dependencies));
  }
  const closed = new AbortController();
  const started = Promise.race([Promise.all([...collections.values()].map(({ settled }) => settled)), wait(firstAnswer, closed.signal)]);

  function changed(): void {
    latest = undefined;
    onStatus(source, [...collections.values()].every((collection) => isFollowed(collection.status())));
  }

  function readingOf(object: KubernetesObject): Reading {
    const before = readings.get(object);
    if (before !== undefined) return before;
    const reading = attempt(object);
    readings.set(object, reading);
    for (const problem of reading.problems) log.error(problem, 'dashboard not valid, left out');
    return reading;
  }

  /** One object that cannot be read takes no other away. */
  function attempt(object: KubernetesObject): Reading {
    try {
      const { dashboards, problems } = read(object, source);
      return { dashboards, problems: problems.slice(0, mostProblems) };
    } catch (error) {
      const { name, namespace } = object.metadata;
      return { dashboards: [], problems: [{ source, place: `${namespace}/${name}`, project: namespace, path: '', reason: `It cannot be read: ${describeError(error).message}` }] };
    }
  }

  function readAll(): Snapshot {
    const dashboards = new Map<string, StoredDashboard>();
    const problems: SourceProblem[] = [];
    for (const [namespace, collection] of collections) {
      const status = collection.status();
      if (status.kind === 'lost') problems.push(lostProblem(source, namespace, collection.path(), status));
      for (const [, object] of [...collection.objects()].sort(([a], [b]) => (a < b ? -1 : 1))) {
        const reading = readingOf(object);
        for (const problem of reading.problems) problems.push(problem);
        for (const stored of reading.dashboards) add(stored);
      }
    }
    return { dashboards, problems };

    function add(stored: StoredDashboard): void {
      const { project, name } = stored.dashboard.metadata;
      const key = keyOf(project, name);
      const first = dashboards.get(key);
      if (first === undefined) dashboards.set(key, stored);
      else problems.push({ source, place: stored.place, project, name, path: 'metadata.name', reason: `${first.place} already has a dashboard ${key}` });
    }
  }

  return {
    name: source,
    snapshot: async () => {
      await started;
      if (![...collections.values()].some((collection) => collection.isKnown())) {
        const reasons = [...collections.values()].map((collection) => collection.status()).flatMap((status) => (status.kind === 'lost' ? [status.reason] : []));
        throw new Error(reasons[0] ?? 'The Kubernetes API has not answered yet');
      }
      latest ??= readAll();
      return latest;
    },
    collectionOf: (namespace) => collections.get(namespaces === undefined ? '' : namespace),
    close: async () => {
      closed.abort();
      await Promise.all([...collections.values()].map((collection) => collection.close()));
    },
  };
}

const isFollowed = ({ kind }: CollectionStatus): boolean => kind === 'live' || kind === 'absent';

function lostProblem(source: string, namespace: string, place: string, { reason }: { readonly reason: string }): SourceProblem {
  return { source, place, ...(namespace === '' ? {} : { project: namespace }), path: '', ofSource: true, reason: `Changes are not seen: ${reason}` };
}
