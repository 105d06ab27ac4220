/**
 * Reading dashboards, as the Perses server's API has it (https://perses.dev/perses/docs/api/dashboard/). A dashboard
 * that the caller may not see does not exist for them.
 */
import type { ResolveScope } from '../access/scope';
import type { Dashboard } from '../contracts/dashboard';
import { AppError } from '../errors/app-error';
import { jsonResponse, versionedResponse } from '../http/json';
import type { IdentityHandler } from '../http/with-identity';
import type { Identity } from '../identity/identity';
import type { DashboardStore } from './store';
import { isVisible } from './visibility';

export interface DashboardsApiDependencies {
  readonly store: Pick<DashboardStore, 'list' | 'get'>;
  readonly resolveScope: ResolveScope;
  readonly platformProject: string;
}

export interface DashboardsApi {
  /** `GET /api/v1/dashboards`, filtered by `?project=` and, by prefix, `?name=`; `?metadata_only=true` leaves panels out. */
  readonly list: IdentityHandler;
  /** `GET /api/v1/projects/:project/dashboards`, with the same filters. Empty for a project that the caller has not. */
  readonly listOfProject: IdentityHandler;
  /** `GET /api/v1/projects/:project/dashboards/:name`, with an entity tag; `ERR_DASH_001` when there is none for the caller. */
  readonly get: IdentityHandler;
}

export function createDashboardsApi({ store, resolveScope, platformProject }: DashboardsApiDependencies): DashboardsApi {
  async function listFor(request: Request, identity: Identity, project: string | null): Promise<Response> {
    const { searchParams } = new URL(request.url);
    const namePrefix = searchParams.get('name') ?? '';
    const scope = await resolveScope(identity);
    const dashboards = (await store.list()).filter(
      (dashboard) => (project === null || dashboard.metadata.project === project) && dashboard.metadata.name.startsWith(namePrefix) && isVisible(dashboard, scope, platformProject),
    );
    return jsonResponse(searchParams.get('metadata_only') === 'true' ? dashboards.map(withoutContent) : dashboards);
  }

  return {
    list: (request, _context, identity) => listFor(request, identity, new URL(request.url).searchParams.get('project')),
    listOfProject: (request, { params }, identity) => listFor(request, identity, params.project ?? null),
    get: async (request, { params }, identity) => {
      // First and always: neither time nor an error of what decides tells whether there is one.
      const scope = await resolveScope(identity);
      const dashboard = await store.get(params.project ?? '', params.name ?? '');
      if (dashboard === undefined || !isVisible(dashboard, scope, platformProject)) {
        throw new AppError('ERR_DASH_001', { hides: dashboard !== undefined });
      }
      return versionedResponse(request, dashboard);
    },
  };
}

/** Kind, metadata and title: what a list needs. */
function withoutContent({ kind, metadata, spec }: Dashboard) {
  return { kind, metadata, spec: { display: spec.display } };
}
