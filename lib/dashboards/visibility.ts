/** Which dashboards a caller may see. What is in their panels is limited by the query path, whatever is decided here. */
import { scopeIncludes, type Scope } from '../access/scope';
import type { Dashboard } from '../contracts/dashboard';

/** Whether a caller with this scope sees a dashboard: it is enabled, and open to them. */
export function isVisible(dashboard: Dashboard, scope: Scope, platformProject: string): boolean {
  return isEnabled(dashboard) && isOpenTo(dashboard, scope, platformProject);
}

/**
 * Whether a caller with this scope may see a dashboard, be it enabled or not: one of the platform project is for everyone
 * who is signed in, one of another project for those who see that project, and one for administrators only for those who
 * see everything.
 */
export function isOpenTo(dashboard: Dashboard, scope: Scope, platformProject: string): boolean {
  if (isForAdministratorsOnly(dashboard)) {
    return scope.kind === 'all';
  }
  const { project } = dashboard.metadata;
  return project === platformProject || scopeIncludes(scope, project);
}

export function isEnabled({ metadata }: Dashboard): boolean {
  return metadata.annotations?.enabled !== 'false';
}

/** The suffix is ODH's convention for dashboards that come from a cluster. */
export function isForAdministratorsOnly({ metadata: { annotations = {}, name } }: Dashboard): boolean {
  return name.endsWith('-admin') || (annotations.audience !== undefined && annotations.audience.split(',').every((part) => part.trim() === 'admin'));
}
