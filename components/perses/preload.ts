/**
 * Fetches ahead what the first panels of a dashboard are drawn with, beside the viewer's own code: on a slow line one
 * after the other takes twice as long. Without any code of Perses itself.
 */
import type { Dashboard } from '../../lib/contracts/dashboard';
import { pluginModules } from './plugins/modules';

/** In rows of the grid: about what a window shows below the title. */
const firstRows = 8;

/** Kinds of plugins that a dashboard needs first: those of its variables, and of its first panels with their queries. */
export function firstKinds({ spec }: Dashboard): Set<string> {
  const kinds = new Set((spec.variables ?? []).flatMap(({ spec: variable }) => kindOf(variable)));
  let top = 0;
  for (const { spec: group } of spec.layouts) {
    for (const { content } of group.items.filter((item) => top + item.y < firstRows)) {
      const panel = spec.panels[content.$ref.slice('#/spec/panels/'.length)]?.spec;
      [panel, ...(panel?.queries ?? []).map(({ spec: query }) => query)].flatMap(kindOf).forEach((kind) => kinds.add(kind));
    }
    top += Math.max(0, ...group.items.map(({ y, height }) => y + height));
  }
  return kinds;
}

export function preloadPlugins(kinds: ReadonlySet<string>): void {
  for (const module of pluginModules) {
    if (module.resource.spec.plugins.some(({ spec }) => kinds.has(spec.name))) {
      // A failure shows where the plugin is drawn.
      module.importPlugin().catch(() => undefined);
    }
  }
}

/** Kind of the plugin that a variable, panel or query names, if it does. */
function kindOf(definition: unknown): string[] {
  if (typeof definition !== 'object' || definition === null || !('plugin' in definition)) {
    return [];
  }
  const { plugin } = definition;
  return typeof plugin === 'object' && plugin !== null && 'kind' in plugin && typeof plugin.kind === 'string' ? [plugin.kind] : [];
}
