/**
 * `POST /api/audit/views`: the page says that a dashboard was opened, and later that it was left; both are recorded.
 * What was visible is worked out here, from the caller's scope; the page can only narrow it. The time comes from a token
 * that this app signed, so that nobody can report another person's view or another duration.
 */
import { randomUUID } from 'node:crypto';
import { scopeIncludes, type ResolveScope, type Scope } from '../access/scope';
import { createAllowance } from '../audit/allowance';
import type { AuditLog } from '../audit/audit-log';
import { actorOf } from '../audit/events';
import type { View, ViewTokens } from '../audit/view-token';
import { viewReportSchema, type ViewReport } from '../contracts/audit';
import type { Dashboard } from '../contracts/dashboard';
import { kubernetesName } from '../contracts/notation';
import { AppError } from '../errors/app-error';
import { readJson } from '../http/body';
import { jsonResponse } from '../http/json';
import type { IdentityHandler } from '../http/with-identity';
import type { Identity } from '../identity/identity';
import { assertSameOrigin } from '../identity/same-origin';
import type { DashboardStore } from './store';
import { isVisible } from './visibility';

export interface ViewsApiDependencies {
  readonly audit: Pick<AuditLog, 'record'>;
  readonly tokens: ViewTokens;
  readonly store: Pick<DashboardStore, 'list' | 'get'>;
  readonly resolveScope: ResolveScope;
  /** Namespaces that metrics exist for: what someone who sees everything can see, by name. */
  readonly listNamespaces: (identity: Identity) => Promise<readonly string[]>;
  readonly platformProject: string;
  readonly publicUrl: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** What browsers send of a page that is being closed is limited to this. */
const maxBodyBytes = 64 * 1024;
/** Reports of one person: a look at a dashboard makes two. */
const perMinute = 240;
/** The variable that holds the projects (see `components/viewer/variables/projects.ts`). */
const projectVariable = 'namespace';

/**
 * The handler throws AppError: `ERR_ACCESS_002` when another site sent the report or the view is another person's,
 * `ERR_DASH_001` for a dashboard that the caller may not see, `ERR_QUERY_001` and `ERR_QUERY_003` for an unsuitable body,
 * `ERR_QUERY_004` for too many reports.
 */
export function createViewsApi(dependencies: ViewsApiDependencies): IdentityHandler {
  const { audit, tokens, store, resolveScope, listNamespaces, platformProject, publicUrl, now } = dependencies;
  const allowed = createAllowance(perMinute, now);

  async function open(report: Extract<ViewReport, { phase: 'opened' }>, identity: Identity, scope: Scope): Promise<View> {
    const dashboard = await store.get(report.project, report.dashboard);
    if (dashboard === undefined || !isVisible(dashboard, scope, platformProject)) {
      throw new AppError('ERR_DASH_001', { hides: dashboard !== undefined });
    }
    const picked = hasProjectVariable(dashboard) ? report.namespaces : undefined;
    return {
      view: randomUUID(),
      subject: identity.subject,
      project: report.project,
      dashboard: report.dashboard,
      namespaces: await visibleNamespaces(scope, picked, () => listNamespaces(identity)),
      unlimited: scope.kind === 'all' && picked === undefined,
      start: now(),
    };
  }

  return async (request, { requestId }, identity) => {
    assertSameOrigin(request, publicUrl);
    if (!allowed(identity.subject)) {
      throw new AppError('ERR_QUERY_004', { detail: `${perMinute} reports per minute are allowed.`, headers: { 'retry-after': '60' } });
    }
    const report = await readJson(request, viewReportSchema, maxBodyBytes);
    const actor = actorOf(identity, requestId);

    if (report.phase === 'opened') {
      const view = await open(report, identity, await resolveScope(identity));
      audit.record({ event: 'view_dashboard', outcome: 'success', phase: 'opened', ...actor, ...fieldsOf(view) });
      return jsonResponse({ view: tokens.issue(view) }, 201);
    }
    const view = tokens.read(report.view);
    if (view === undefined || view.subject !== identity.subject) {
      throw new AppError('ERR_ACCESS_002', { detail: 'This view was not opened by you.' });
    }
    const seconds = Math.max(0, Math.round(now() - view.start) / 1000);
    audit.record({ event: 'view_dashboard', outcome: 'success', phase: 'left', ...actor, ...fieldsOf(view), duration_seconds: seconds });
    return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } });
  };
}

function fieldsOf({ view, dashboard, project, namespaces, unlimited, start }: View) {
  return { view, dashboard, project, namespaces, unlimited, start: new Date(start).toISOString() };
}

function hasProjectVariable({ spec }: Dashboard): boolean {
  return spec.variables?.some((variable) => variable.spec.name === projectVariable) ?? false;
}

/** Names of what the queries of a view can bring back: the caller's own, or the picked ones among them. */
async function visibleNamespaces(scope: Scope, picked: readonly string[] | undefined, listNamespaces: () => Promise<readonly string[]>): Promise<string[]> {
  if (picked !== undefined) {
    return [...new Set(picked)].filter((name) => kubernetesName.test(name) && scopeIncludes(scope, name)).sort();
  }
  switch (scope.kind) {
    case 'all':
      return [...(await listNamespaces())].sort();
    case 'namespaces':
      return [...scope.namespaces];
    case 'none':
      return [];
  }
}
