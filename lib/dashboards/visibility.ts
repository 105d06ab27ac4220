/** Which dashboards a caller may see. What is in their panels is limited by the query path, whatever is decided here. */
import { scopeIncludes, type Scope } from '../access/scope';
import type { Dashboard } from '../contracts/dashboard';

/**
 * Whether a caller with this scope may see a dashboard: one of the platform project is for everyone who is signed in,
 * one of another project for those who see that project, and one for administrators only for those who see everything.
 */
export function isVisible({ metadata }: Dashboard, scope: Scope, platformProject: string): boolean {
  const { annotations = {}, name, project } = metadata;
  if (annotations.enabled === 'false') {
    return false;
  }
  // The suffix is ODH's convention for dashboards that come from a cluster.
  if (isForAdministratorsOnly(annotations.audience) || name.endsWith('-admin')) {
    return scope.kind === 'all';
  }
  return project === platformProject || scopeIncludes(scope, project);
}

function isForAdministratorsOnly(audience: string | undefined): boolean {
  return audience !== undefined && audience.split(',').every((part) => part.trim() === 'admin');
}
