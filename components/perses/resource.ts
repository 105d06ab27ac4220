/** A dashboard as the API answers it, as Perses's components take it. Pure. */
import type { DashboardResource, PanelDefinition, VariableDefinition } from '@perses-dev/core';
import type { Dashboard } from '../../lib/contracts/dashboard';

/**
 * Perses's resource. Datasources that a dashboard brings along are left out: only those of the configuration count,
 * and their addresses are not a dashboard's to choose.
 */
export function persesResource({ kind, metadata, spec }: Dashboard): DashboardResource {
  // The contract names the parts that this app relies on; the rest is Perses's and was kept as it came.
  return { kind, metadata, spec: { ...spec, panels: panelDefinitions(spec.panels), datasources: undefined } } as unknown as DashboardResource;
}

export function variableDefinitions(dashboard: Dashboard): VariableDefinition[] {
  // As above: the contract checks kind and name, Perses the rest.
  return (dashboard.spec.variables ?? []) as unknown as VariableDefinition[];
}

/** Panels by key. One need not have a title, but Perses's components expect the place where it would be. */
export function panelDefinitions(panels: Dashboard['spec']['panels']): Readonly<Partial<Record<string, PanelDefinition>>> {
  const titled = Object.entries(panels).map(([key, panel]) => [key, { ...panel, spec: { display: { name: '' }, ...panel.spec } }] as const);
  // The contract checks a panel as far as this app relies on it; Perses's components take the rest.
  return Object.fromEntries(titled) as unknown as Readonly<Partial<Record<string, PanelDefinition>>>;
}
