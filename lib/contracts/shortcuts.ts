/**
 * Short addresses that name a topic and what to look at, such as `/observability/serving?namespace=fraud&model=bert`:
 * what a host page, a message or a person can write without knowing names of dashboards and variables. One row each.
 * Pure; decides nothing about who may see what.
 */

interface ShortcutRow {
  /** Name of the dashboard in the platform project. */
  readonly dashboard: string;
  /** Parameters that are variables of that dashboard, under the same name. Others are ignored. */
  readonly variables: readonly string[];
  /** Another dashboard that answers better when one of the variables is given. */
  readonly narrower?: { readonly variable: string; readonly dashboard: string };
}

const rows = {
  training: { dashboard: 'model-training', variables: ['namespace', 'job'] },
  serving: { dashboard: 'model-serving', variables: ['namespace', 'model', 'version'] },
  pipelines: { dashboard: 'pipelines', variables: ['namespace', 'pipeline', 'run'] },
  notebooks: { dashboard: 'notebooks', variables: ['namespace', 'user', 'notebook'] },
  gpu: { dashboard: 'gpu-performance', variables: ['namespace', 'job', 'node', 'gpu'] },
  platform: {
    dashboard: 'platform-overview',
    variables: ['namespace', 'node'],
    narrower: { variable: 'node', dashboard: 'cluster-infrastructure' },
  },
  project: { dashboard: 'project-usage', variables: ['namespace'] },
} as const satisfies Record<string, ShortcutRow>;

export type Shortcut = keyof typeof rows;

/** Parameters of the view itself, under the names that it has for them. */
const viewParameters = ['start', 'end', 'refresh'];

export function isShortcut(name: string): name is Shortcut {
  return Object.hasOwn(rows, name);
}

/**
 * What a shortcut's address stands for: a dashboard of the platform project, and the query of the viewer's address.
 *
 * @param search query of the shortcut's address
 */
export function resolveShortcut(shortcut: Shortcut, search: string): { readonly dashboard: string; readonly search: string } {
  const row: ShortcutRow = rows[shortcut];
  const given = new URLSearchParams(search);
  const values = (name: string): string[] => given.getAll(name).filter((value) => value !== '');
  const result = new URLSearchParams();
  for (const name of row.variables) {
    for (const value of values(name)) {
      result.append(`var-${name}`, value);
    }
  }
  for (const name of viewParameters) {
    const [value] = values(name);
    if (value !== undefined) {
      result.set(name, value);
    }
  }
  const { narrower } = row;
  const dashboard = narrower !== undefined && result.has(`var-${narrower.variable}`) ? narrower.dashboard : row.dashboard;
  return { dashboard, search: result.size === 0 ? '' : `?${result.toString()}` };
}
