/** Puts the parts together. The one place that knows all of them; holds no logic of its own. */
import { createClaimsAccess } from '../access/claims';
import type { ResolveScope } from '../access/scope';
import type { Config, DatasourceConfig } from '../config/schema';
import { createDashboardsApi } from '../dashboards/dashboards-api';
import { createDatasourcesApi } from '../dashboards/datasources-api';
import { createDirectoryStore } from '../dashboards/directory';
import { createProjectsApi } from '../dashboards/projects-api';
import type { Handler } from '../http/handler';
import { createRouter, type Router } from '../http/router';
import { wellKnownUrl } from '../identity/provider';
import { createSessions, type Sessions } from '../identity/sessions';
import { createQueryHandler } from '../query/handler';
import { namespacesWithMetrics, probe } from '../query/lookups';
import { createUpstream, type Forward } from '../query/upstream';
import type { Logger } from '../telemetry/logger';
import { createMetrics, type Metrics } from '../telemetry/metrics';
import { version } from '../../package.json';
import { createHealth, type Dependency } from './health';
import { createNamespaces } from './namespaces';
import { createRoutes } from './routes';

/** What one process has one of. */
export interface Runtime {
  readonly config: Config;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly sessions: Sessions;
  readonly resolveScope: ResolveScope;
  /** Answers every address of the API. */
  readonly router: Router;
  /** From now on not ready. */
  readonly beginShutdown: () => void;
  /** Closes the connections to the metrics backends when their requests are done. */
  readonly close: () => Promise<void>;
}

/** An administrator's projects are those that had metrics within this time. */
const recently = 24 * 3_600_000;

export function createRuntime(config: Config, log: Logger): Runtime {
  const { datasources, limits, platformProject, publicUrl } = config;
  const now = (): number => performance.now();
  const date = (): number => Date.now();

  const metrics = createMetrics(version);
  const sessions = createSessions(config, { log, now: date });
  const resolveScope = createClaimsAccess(config.access.claims);
  // No datasource needs a credential yet; per-datasource credentials attach here.
  const upstream = createUpstream({ datasources, limits, metrics, credential: () => Promise.resolve(undefined), now });
  const store = createDirectoryStore({ directory: config.dashboards.directory, platformProject, log });
  // Read now, so that mistakes in files are logged at start and the first visitor does not wait.
  store.list().catch((error: unknown) => log.error({ err: error }, 'dashboards could not be read'));
  const listNamespaces = createNamespaces({ fetch: (signal) => recentNamespaces(upstream.forward, datasources, date(), signal), log, now });
  const health = createHealth({
    dependencies: [
      ...datasources.map((datasource): Dependency => ({ name: `datasource ${datasource.name}`, check: (signal) => probe(upstream.forward, datasource, signal).then(() => undefined) })),
      { name: 'identity provider', check: (signal) => checkIssuer(config.identity.issuer, signal) },
      { name: 'dashboards', check: async () => `${(await store.list()).length} loaded` },
    ],
    log,
    now,
  });
  const routes = createRoutes({
    authenticate: sessions.authenticate,
    query: createQueryHandler({ resolveScope, datasources, limits, metrics, forward: upstream.forward, now, date }),
    dashboards: createDashboardsApi({ store, resolveScope, platformProject }),
    datasources: createDatasourcesApi(datasources, publicUrl),
    projects: createProjectsApi({ resolveScope, listNamespaces, platformProject }),
    signOut: sessions.signOut,
    health,
    metrics: exposition(metrics),
  });

  return {
    config,
    log,
    metrics,
    sessions,
    resolveScope,
    router: createRouter(routes, { log, metrics, now }),
    beginShutdown: health.beginShutdown,
    close: () => upstream.close(),
  };
}

async function recentNamespaces(forward: Forward, datasources: readonly DatasourceConfig[], end: number, signal: AbortSignal): Promise<readonly string[]> {
  const datasource = datasources.find((candidate) => candidate.default);
  if (datasource === undefined) {
    return [];
  }
  return namespacesWithMetrics(forward, { datasource, scope: { kind: 'all' }, start: end - recently, end }, { identity: undefined, signal });
}

async function checkIssuer(issuer: string, signal: AbortSignal): Promise<undefined> {
  // Next replaces the global `fetch` by one that may cache.
  const response = await fetch(wellKnownUrl(issuer), { signal, cache: 'no-store' });
  await response.body?.cancel();
  if (!response.ok) {
    throw new Error(`the discovery document of the identity provider answers ${response.status}`);
  }
}

/** `GET /metrics`, in the format that the caller's Prometheus reads (https://prometheus.io/docs/instrumenting/exposition_formats/). */
function exposition({ registry }: Metrics): Handler {
  return async () => new Response(await registry.metrics(), { headers: { 'content-type': registry.contentType, 'cache-control': 'no-store' } });
}
