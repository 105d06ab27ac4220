/** `diff`: what differs between dashboards, however they are written down. */
import { differencesBetween, type Difference } from '../lib/audit/difference';
import type { Dashboard } from '../lib/contracts/dashboard';
import { keyOf } from '../lib/dashboards/store';
import { appAt } from './app';
import { oneOf, readArguments } from './arguments';
import { readDashboards } from './documents';
import { UsageError, type ExitCode, type Terminal } from './terminal';

export const diffUsage = `odh-observability diff <file or folder> (<file or folder> | --from <url>) [options]

  Says what differs between dashboards: order of keys, form of the resource, version and times do not count. With --from,
  each dashboard is compared with the one of its name in a running app. Exit code 1 when something differs.

  --from <url>           a running app; the token for it comes from OBSERVABILITY_TOKEN
  --namespace <name>     project of dashboards that name none (default: opendatahub)
  --format text|json     how to say what differs (default: text)
`;

interface Compared {
  /** Project and name. */
  readonly dashboard: string;
  readonly changes: readonly Difference[];
  /** How many there are; `changes` holds the first hundred. */
  readonly total: number;
}

export async function diff(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, { from: { type: 'string' }, namespace: { type: 'string', default: 'opendatahub' }, format: { type: 'string', default: 'text' } });
  const format = oneOf('format', values.format, ['text', 'json']);
  const [first, second, ...others] = positionals;
  if (first === undefined || others.length > 0 || (second === undefined) === (values.from === undefined)) {
    throw new UsageError('Name two files or folders, or one and --from.');
  }
  const before = await dashboardsOf(first, values.namespace);
  const after = second === undefined ? await runningOnes([...before.values()], values.from ?? '', terminal) : await dashboardsOf(second, values.namespace);
  // One of each is compared even when their names differ.
  const [only] = before.size === 1 && after.size === 1 ? after.values() : [];
  const names = only === undefined ? [...new Set([...before.keys(), ...after.keys()])].sort() : [...before.keys()];
  const compared = names.map((dashboard): Compared => {
    const { changes, total } = differencesBetween(contentOf(before.get(dashboard)), contentOf(only ?? after.get(dashboard)));
    return { dashboard, changes, total };
  });
  const differing = compared.filter(({ total }) => total > 0);
  terminal.out(format === 'json' ? `${JSON.stringify(compared, null, 2)}\n` : textOf(compared));
  return differing.length === 0 ? 0 : 1;
}

async function dashboardsOf(name: string, platformProject: string): Promise<Map<string, Dashboard>> {
  return new Map((await readDashboards([name], platformProject)).map((dashboard) => [keyOf(dashboard.metadata.project, dashboard.metadata.name), dashboard]));
}

async function runningOnes(wanted: readonly Dashboard[], address: string, terminal: Terminal): Promise<Map<string, Dashboard>> {
  const app = appAt(address, terminal);
  const running = await Promise.all(wanted.map(async ({ metadata: { project, name } }) => [keyOf(project, name), await app.get(project, name)] as const));
  return new Map(running.flatMap(([key, dashboard]) => (dashboard === undefined ? [] : [[key, dashboard] as const])));
}

/** What counts: not the version and the times, which every copy has of its own. */
function contentOf(dashboard: Dashboard | undefined): unknown {
  if (dashboard === undefined) return undefined;
  const { name, project, annotations = {} } = dashboard.metadata;
  return { metadata: { name, project, annotations }, spec: dashboard.spec };
}

function textOf(compared: readonly Compared[]): string {
  const lines = compared.flatMap(({ dashboard, changes, total }) => {
    if (total === 0) return [`${dashboard}: no differences`];
    const shown = changes.map(({ path, before, after }) => `  ${path === '' ? '(all of it)' : path}: ${before ?? '(nothing)'} → ${after ?? '(nothing)'}`);
    return [`${dashboard}: ${total} ${total === 1 ? 'difference' : 'differences'}`, ...shown, ...(total > changes.length ? [`  … and ${total - changes.length} more`] : [])];
  });
  return `${lines.join('\n')}\n`;
}
