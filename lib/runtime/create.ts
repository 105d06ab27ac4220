/** Puts the parts together. The one place that knows all of them; holds no logic of its own. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createAbsenceHandler } from '../absence/handler';
import { createAccess, createEdit } from '../access/access';
import type { ResolveScope } from '../access/scope';
import type { AuditLog } from '../audit/audit-log';
import { createAudit } from '../audit/create';
import { refuseUnrecorded } from '../audit/guard';
import { createQueryRecorder } from '../audit/recorded-query';
import { createRefusals } from '../audit/refusals';
import { createViewTokens } from '../audit/view-token';
import type { Config, DatasourceConfig } from '../config/schema';
import type { Dashboard } from '../contracts/dashboard';
import { createChangesApi } from '../dashboards/changes-api';
import { createCheckApi } from '../dashboards/check-api';
import { rulesBrokenBy, type RuleContext, type RuleProblem } from '../dashboards/check/rules';
import { createDashboardsApi } from '../dashboards/dashboards-api';
import { createDatasourcesApi } from '../dashboards/datasources-api';
import { createHistoryApi } from '../dashboards/history-api';
import { arrangedStore } from '../dashboards/manage/arrange';
import { createManageApi } from '../dashboards/manage/manage-api';
import { createManagers } from '../dashboards/manage/managers';
import { createSettingsApi } from '../dashboards/manage/settings-api';
import { createSettingsStore, noSettings } from '../dashboards/manage/settings-store';
import { createProjectsApi } from '../dashboards/projects-api';
import { createSources } from '../dashboards/sources';
import { createTextAllowance } from '../dashboards/text-allowance';
import { createViewsApi } from '../dashboards/views-api';
import { createDiagnosis } from '../diagnosis/diagnose';
import { createStatusHandler } from '../diagnosis/handler';
import { createRecentErrorsHandler } from '../diagnosis/recent-errors-handler';
import { createGrafanaImport } from '../grafana/handler';
import type { Handler } from '../http/handler';
import { createRouter, type Router } from '../http/router';
import { createBearerCheck } from '../identity/bearer';
import { createJwtCheck } from '../identity/bearer-jwt';
import { createOpaqueCheck } from '../identity/bearer-opaque';
import { createAuthenticate } from '../identity/callers';
import { createOidcClient, providerTimeout, wellKnownUrl } from '../identity/oidc-client';
import { createProvider } from '../identity/provider';
import { cookieName } from '../identity/session-cookie';
import type { SessionEvents } from '../identity/session-events';
import { createSessions, type Sessions } from '../identity/sessions';
import { createSignedOut } from '../identity/signed-out';
import { createKubernetes } from '../kubernetes/client';
import { createDefaults } from '../preferences/defaults';
import { createPreferencesApi } from '../preferences/preferences-api';
import { createPreferenceStore } from '../preferences/store';
import { createQueryHandler } from '../query/handler';
import { namespacesWithMetrics, probe } from '../query/lookups';
import { createUpstream, type Caller, type Forward } from '../query/upstream';
import { createRedis } from '../redis/connection';
import { createSharedRate } from '../redis/shared-rate';
import { createSharedSet } from '../redis/shared-set';
import { createSummaryHandler } from '../summary/handler';
import type { Logger, OutputStream } from '../telemetry/logger';
import { createMetrics, type Metrics } from '../telemetry/metrics';
import { createCredential } from '../tokens/credential';
import { createTokenExchange } from '../tokens/token-exchange';
import type { RecentErrors } from '../telemetry/recent-errors';
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
  /** Answers `/metrics` only, for the port that `listen.metricsPort` sets aside for it. */
  readonly metricsRouter: Router;
  /** From now on not ready. */
  readonly beginShutdown: () => void;
  /** Closes the connections to the metrics backends and to Kubernetes when their requests are done, and writes the last audit records. */
  readonly close: () => Promise<void>;
}

/** An administrator's projects are those that had metrics within this time. */
const recently = 24 * 3_600_000;

/**
 * @param output standard output, which the log writes to as well
 * @param recentErrors what the log told last of something wrong
 */
export function createRuntime(config: Config, log: Logger, output: OutputStream, recentErrors: Pick<RecentErrors, 'lines'>): Runtime {
  const { datasources, limits, platformProject, publicUrl } = config;
  const { store: directory, homes: fixedHomes } = config.preferences;
  const now = (): number => performance.now();
  const date = (): number => Date.now();

  const metrics = createMetrics(version);
  const audit = createAudit(config, { metrics, log, output, now: date });
  const refusals = createRefusals({ audit, now: date });
  const client = createOidcClient(config);
  const provider = createProvider(config, { client, log, now: date });
  const redis = config.redis === undefined ? undefined : createRedis(config.redis, config.redisPassword, { log, metrics, readFile: (path) => readFileSync(path, 'utf8') });
  const signedOut = createSignedOut({ absolute: config.session.absolute, now: date, shared: redis && createSharedSet(redis, { name: 'signed-out', now: date }) });
  const sessions = createSessions(config, { provider, log, now: date, signedOut, events: { ...sessionEvents(audit), signInFailed: refusals.signInFailed } });
  const kubernetes = config.kubernetes === undefined ? undefined : createKubernetes(config.kubernetes);
  const checkToken = createBearerCheck({
    jwt: createJwtCheck(config, { provider, now: date }),
    opaque: kubernetes === undefined ? undefined : createOpaqueCheck(config, { kubernetes, now: date }),
  });
  const resolveScope = createAccess(config.access, { kubernetes, now: date });
  const exchange = createTokenExchange({ client, now: date, timeout: providerTimeout });
  const credential = createCredential({ exchange, readFile: (path) => readFile(path, 'utf8'), now: date });
  const upstream = createUpstream({ datasources, limits, metrics, credential, readFile: (path) => readFileSync(path, 'utf8'), now });
  const sources = createSources(config, { kubernetes, metrics, log, now, date });
  const { store, writers } = sources;
  // Read now, so that mistakes in files are logged at start and the first visitor does not wait.
  store.list().catch((error: unknown) => log.error({ err: error }, 'dashboards could not be read'));
  const settings = config.dashboards.settings === undefined ? undefined : createSettingsStore({ file: config.dashboards.settings, log, now, date });
  const arranged = arrangedStore(store, settings);
  const listNamespaces = createNamespaces({ fetch: (identity, signal) => recentNamespaces(upstream.forward, datasources, date(), { identity, signal }), log, now });
  const health = createHealth({
    dependencies: [
      ...datasources.map((datasource): Dependency => ({ name: `datasource ${datasource.name}`, check: (signal) => probe(upstream.forward, datasource, signal).then(() => undefined) })),
      ...(kubernetes === undefined ? [] : [{ name: 'kubernetes', check: kubernetes.check }]),
      ...(redis === undefined ? [] : [{ name: 'redis', check: redis.check }]),
      { name: 'identity provider', check: (signal) => checkIssuer(config.identity.issuer, signal) },
      { name: 'dashboards', check: async () => `${(await store.list()).length} loaded` },
      { name: 'audit', check: () => checkAudit(audit) },
    ],
    log,
    now,
  });
  // Next replaces the global `fetch` by one that may cache; each check says that it must not.
  const diagnose = createDiagnosis({ config, forward: upstream.forward, kubernetes, redis, readFile: (path) => readFile(path, 'utf8'), fetch: (...request) => fetch(...request), now: date });
  const answered = config.audit.queries ? { answered: createQueryRecorder(audit, log) } : {};
  const unguarded = createQueryHandler({ resolveScope, datasources, limits, metrics, forward: upstream.forward, now, date, ...(redis === undefined ? {} : { sharedRate: createSharedRate(redis) }), ...answered });
  const query = config.audit.onFailure === 'refuse' ? refuseUnrecorded(audit, unguarded) : unguarded;
  const mayEdit = createEdit(config.access, kubernetes);
  const brokenRules = (dashboard: Dashboard): readonly RuleProblem[] => rulesBrokenBy(dashboard, ruleContext(config));
  const allowed = createTextAllowance(date);
  const changes = createChangesApi({ audit, store, writers, resolveScope, mayEdit, brokenRules, platformProject, publicUrl });
  const managedBy = createManagers({ resolveScope, mayEdit, listNamespaces, platformProject, now: date });
  const routes = createRoutes({
    authenticate: createAuthenticate({ checkToken, sessions }),
    refusals,
    query,
    summary: createSummaryHandler({ resolveScope, query, datasources, date }),
    absence: createAbsenceHandler({ resolveScope, query, datasources, date }),
    recentErrors: createRecentErrorsHandler({ resolveScope, recentErrors }),
    status: createStatusHandler({ diagnose, resolveScope, datasources, date }),
    dashboards: createDashboardsApi({ store: arranged, resolveScope, platformProject }),
    changes: { ...changes, create: allowed(changes.create), update: allowed(changes.update), validate: allowed(changes.validate) },
    check: allowed(createCheckApi({ brokenRules, platformProject })),
    history: createHistoryApi({ store, writers, resolveScope, mayEdit, platformProject }),
    importGrafana: allowed(createGrafanaImport(platformProject)),
    manage: createManageApi({ store, writers, managedBy, settings, fixedHomes, groups: groupsNamedIn(config), platformProject }),
    settings: createSettingsApi({ settings, audit, store, resolveScope, mayEdit, fixedHomes, platformProject, publicUrl, date }),
    datasources: createDatasourcesApi(datasources, publicUrl),
    projects: createProjectsApi({ resolveScope, listNamespaces, platformProject, defaultsOf: createDefaults(config, async () => (await settings?.read())?.settings.homes ?? noSettings.homes) }),
    preferences: createPreferencesApi({ store: directory === undefined ? undefined : createPreferenceStore({ directory, date }), publicUrl, now: date }),
    views: createViewsApi({ audit, tokens: createViewTokens(config.sessionSecret), store: arranged, resolveScope, listNamespaces, platformProject, publicUrl, now: date }),
    signOut: sessions.signOut,
    sessionCookie: cookieName(publicUrl, 'session-token'),
    health,
    metrics: config.listen.metricsPort === undefined ? exposition(metrics) : undefined,
  });

  return {
    config,
    log,
    metrics,
    sessions,
    resolveScope,
    router: createRouter(routes, { log, metrics, now }),
    metricsRouter: createRouter([{ method: 'GET', path: '/metrics', handler: exposition(metrics) }], { log, metrics, now }),
    beginShutdown: health.beginShutdown,
    close: async () => {
      await sources.close();
      await Promise.all([upstream.close(), kubernetes?.close()]);
      signedOut.close();
      redis?.close();
      await audit.close();
    },
  };
}

async function recentNamespaces(forward: Forward, datasources: readonly DatasourceConfig[], end: number, caller: Caller): Promise<readonly string[]> {
  const datasource = datasources.find((candidate) => candidate.default);
  if (datasource === undefined) {
    return [];
  }
  return namespacesWithMetrics(forward, { datasource, scope: { kind: 'all' }, start: end - recently, end }, caller);
}

/** Groups that the configuration knows by name, sorted: those that administrators choose from. */
function groupsNamedIn({ access: { claims }, preferences: { roles, homes } }: Config): string[] {
  const named = [...claims.administrators, ...Object.keys(claims.groupNamespaces), ...Object.keys(claims.projectAdministrators), ...Object.values(roles).flat(), ...Object.keys(homes)];
  return [...new Set(named)].sort();
}

/** What dashboards may ask here. */
function ruleContext({ limits, datasources }: Config): RuleContext {
  const { scopeLabel = 'namespace' } = datasources.find((datasource) => datasource.default) ?? {};
  return { limits, scopeLabel, datasources: datasources.map(({ name }) => name), metricExists: undefined };
}

/** Sign-ins and sign-outs as records. */
function sessionEvents(audit: AuditLog): Pick<SessionEvents, 'signedIn' | 'signedOut'> {
  return {
    signedIn: ({ subject, name }) => audit.record({ event: 'sign_in', outcome: 'success', subject, name }),
    signedOut: ({ subject, name }, requestId) => audit.record({ event: 'sign_out', outcome: 'success', subject, name, request_id: requestId }),
  };
}

function checkAudit(audit: AuditLog): Promise<undefined> {
  return audit.working() ? Promise.resolve(undefined) : Promise.reject(new Error('audit records are not written'));
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
