/** Which panels a dashboard shows to those who want the essentials: its annotation `simple` names them. Pure. */
import type { Dashboard } from '../../lib/contracts/dashboard';

/** Keys of the panels of the simple view; undefined for a dashboard that has no other view than the whole. */
export function simplePanels({ metadata, spec }: Dashboard): ReadonlySet<string> | undefined {
  const names = (metadata.annotations?.['simple'] ?? '').split(',').map((name) => name.trim());
  const panels = names.filter((name) => name in spec.panels);
  return panels.length === 0 || panels.length === Object.keys(spec.panels).length ? undefined : new Set(panels);
}
