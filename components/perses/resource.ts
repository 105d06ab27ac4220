/** A dashboard as the API answers it, as Perses's components take it. Pure. */
import type { DashboardResource, VariableDefinition } from '@perses-dev/core';
import type { Dashboard } from '../../lib/contracts/dashboard';

/**
 * Perses's resource. Datasources that a dashboard brings along are left out: only those of the configuration count,
 * and their addresses are not a dashboard's to choose. A panel need not have a title for a Perses server, but for its components.
 */
export function persesResource({ kind, metadata, spec }: Dashboard): DashboardResource {
  const panels = Object.fromEntries(Object.entries(spec.panels).map(([key, panel]) => [key, { ...panel, spec: { display: { name: '' }, ...panel.spec } }]));
  // The contract names the parts that this app relies on; the rest is Perses's and was kept as it came.
  return { kind, metadata, spec: { ...spec, panels, datasources: undefined } } as unknown as DashboardResource;
}

export function variableDefinitions(dashboard: Dashboard): VariableDefinition[] {
  // As above: the contract checks kind and name, Perses the rest.
  return (dashboard.spec.variables ?? []) as unknown as VariableDefinition[];
}
