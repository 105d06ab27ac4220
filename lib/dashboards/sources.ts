/** The configured sources of dashboards, in their order, as one store. Holds no rule but that order. */
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from '../config/schema';
import type { Kubernetes } from '../kubernetes/client';
import type { Logger } from '../telemetry/logger';
import type { Metrics } from '../telemetry/metrics';
import { createDirectorySource } from './directory';
import { createConfigMapSource, createPersesDashboardSource, type ClusterSource } from './kubernetes/source';
import { createClusterWriter } from './kubernetes/writer';
import { createPersesClient } from './perses/client';
import { createPersesSource, persesSourceName } from './perses/source';
import { createPersesWriter } from './perses/writer';
import { combineSources, type DashboardSource, type DashboardStore, type DashboardWriter } from './store';
import { createDirectoryWriter } from './writer';

export interface SourcesDependencies {
  readonly kubernetes: Pick<Kubernetes, 'open' | 'resources'> | undefined;
  readonly metrics: Pick<Metrics, 'dashboardSourceUp'>;
  readonly log: Logger;
  /** Monotonic clock in milliseconds. */
  readonly now: () => number;
  /** Now, in milliseconds since the epoch. */
  readonly date: () => number;
}

export interface Sources {
  readonly store: DashboardStore;
  /** By the name of their source; new dashboards go to the first. */
  readonly writers: ReadonlyMap<string, DashboardWriter>;
  /** Follows nothing any more. */
  readonly close: () => Promise<void>;
}

/**
 * Of dashboards with one project and name, the one whose source stands first is served: `own`, `kubernetes`,
 * `configmaps`, `perses`, `dashboards.directories`, `built-in`. So people can put something in the place of what the product ships.
 */
export function createSources({ dashboards: settings, platformProject }: Pick<Config, 'dashboards' | 'platformProject'>, dependencies: SourcesDependencies): Sources {
  const { log, now, date } = dependencies;
  const sources: DashboardSource[] = [];
  const writers = new Map<string, DashboardWriter>();

  if (settings.own !== undefined) {
    const own = createDirectorySource({ name: 'own', directory: settings.own, mayBeMissing: true, platformProject, log, now });
    sources.push(own);
    writers.set(own.name, createDirectoryWriter({ directory: settings.own, onChange: own.lookAgain, date }));
  }
  const cluster = clusterSources(settings.kubernetes, dependencies);
  if (cluster !== undefined) {
    sources.push(cluster.persesDashboards, cluster.configMaps);
    writers.set(cluster.persesDashboards.name, cluster.writer);
  }
  const perses = persesSource(settings.perses, dependencies);
  if (perses !== undefined) {
    sources.push(perses.source);
    writers.set(perses.source.name, perses.writer);
  }
  for (const directory of settings.directories) {
    sources.push(createDirectorySource({ name: directory, directory, platformProject, log, now }));
  }
  sources.push(withDisabled(createDirectorySource({ name: 'built-in', directory: settings.directory, platformProject, log, now }), settings.disabled));

  return {
    store: combineSources(sources),
    writers,
    close: async () => {
      await Promise.all([cluster?.persesDashboards.close(), cluster?.configMaps.close(), perses?.close()]);
    },
  };
}

function persesSource(settings: Config['dashboards']['perses'], { metrics, log, now }: SourcesDependencies) {
  if (settings === undefined) return undefined;
  const { tokenFile } = settings;
  const client = createPersesClient(settings);
  const source = createPersesSource({
    client,
    token: async () => (tokenFile === undefined ? undefined : (await readFile(tokenFile, 'utf8')).trim()),
    onStatus: (isRead) => metrics.dashboardSourceUp.set({ source: persesSourceName }, isRead ? 1 : 0),
    log,
    now,
  });
  return { source, writer: createPersesWriter({ client, onChange: source.lookAgain }), close: client.close };
}

/** A source some of whose dashboards are disabled, by name. A name that it has not is reported: it may be misspelt. */
function withDisabled(source: DashboardSource, disabled: readonly string[]): DashboardSource {
  return {
    name: source.name,
    snapshot: async () => {
      const { dashboards, problems } = await source.snapshot();
      const names = [...dashboards.values()].map(({ dashboard }) => dashboard.metadata.name);
      const unknown = disabled.filter((name) => !names.includes(name));
      return {
        dashboards: new Map([...dashboards].map(([key, stored]) => [key, disabled.includes(stored.dashboard.metadata.name) ? { ...stored, disabledByConfiguration: true as const } : stored])),
        problems: [...problems, ...unknown.map((name) => ({ source: source.name, place: 'dashboards.disabled', path: '', ofSource: true as const, reason: `there is no built-in dashboard "${name}"` }))],
      };
    },
  };
}

interface ClusterSources {
  readonly persesDashboards: ClusterSource;
  readonly configMaps: ClusterSource;
  readonly writer: DashboardWriter;
}

function clusterSources(settings: Config['dashboards']['kubernetes'], { kubernetes, metrics, log, now }: SourcesDependencies): ClusterSources | undefined {
  if (settings === undefined) return undefined;
  if (kubernetes === undefined) {
    throw new Error('dashboards.kubernetes without Kubernetes, which the configuration\'s schema refuses');
  }
  const options = { namespaces: settings.namespaces, onStatus: (source: string, isFollowed: boolean) => metrics.dashboardSourceUp.set({ source }, isFollowed ? 1 : 0) };
  const wait = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
    // Rejects when it is aborted; then nothing waits for it any more.
    await delay(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
  };
  const followed = { open: kubernetes.open, log, wait, random: Math.random, now };
  const persesDashboards = createPersesDashboardSource(options, followed);
  return { persesDashboards, configMaps: createConfigMapSource(options, followed), writer: createClusterWriter({ resources: kubernetes.resources, source: persesDashboards }) };
}
