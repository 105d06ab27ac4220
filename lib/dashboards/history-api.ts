/**
 * `GET /api/manage/dashboards/:project/:name/history`: the versions of a dashboard that were replaced, for those who may
 * change it.
 */
import type { MayEdit, ResolveScope } from '../access/scope';
import type { DashboardHistory } from '../contracts/editor';
import { AppError } from '../errors/app-error';
import { jsonResponse } from '../http/json';
import type { IdentityHandler } from '../http/with-identity';
import { keyOf, type DashboardStore, type DashboardWriter } from './store';
import { isOpenTo } from './visibility';

export interface HistoryApiDependencies {
  readonly store: DashboardStore;
  /** By the name of their source. */
  readonly writers: ReadonlyMap<string, DashboardWriter>;
  readonly resolveScope: ResolveScope;
  readonly mayEdit: MayEdit;
  readonly platformProject: string;
}

/** Handler; it throws AppError `ERR_ACCESS_002` for who may not change dashboards of the project, `ERR_DASH_001` where there is none for the caller. */
export function createHistoryApi({ store, writers, resolveScope, mayEdit, platformProject }: HistoryApiDependencies): IdentityHandler {
  return async (_request, { params: { project = '', name = '' } }, identity) => {
    // First, whoever decides about changes in the end: nobody else learns which dashboards there are.
    if (!(await mayEdit(identity, project))) throw new AppError('ERR_ACCESS_002', { detail: `You may not change dashboards of ${project}.` });
    const stored = (await store.snapshot()).dashboards.get(keyOf(project, name));
    const scope = await resolveScope(identity);
    if (stored === undefined || !isOpenTo(stored.dashboard, scope, platformProject)) throw new AppError('ERR_DASH_001');
    const writer = writers.get(stored.source);
    const kept = writer?.keepsHistory === true;
    // One may have been for others than the version in force is, or of another dashboard that had the name before.
    const versions = kept ? (await writer.history(project, name)).filter(({ dashboard }) => isOpenTo(dashboard, scope, platformProject)) : [];
    const history: DashboardHistory = { kept, versions };
    return jsonResponse(history);
  };
}
