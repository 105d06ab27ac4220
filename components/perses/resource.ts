/** A dashboard as the API answers it, as Perses's components take it. Pure. */
import type { DashboardResource, VariableDefinition } from '@perses-dev/core';
import type { Dashboard } from '../../lib/contracts/dashboard';

/**
 * Perses's resource. Datasources that a dashboard brings along are left out: only those of the configuration count,
 * and their addresses are not a dashboard's to choose.
 */
export function persesResource({ kind, metadata, spec }: Dashboard): DashboardResource {
  // The contract names the parts that this app relies on; the rest is Perses's and was kept as it came.
  return { kind, metadata, spec: { ...spec, datasources: undefined } } as unknown as DashboardResource;
}

export function variableDefinitions(dashboard: Dashboard): VariableDefinition[] {
  // As above: the contract checks kind and name, Perses the rest.
  return (dashboard.spec.variables ?? []) as unknown as VariableDefinition[];
}
