/** Dashboards from a folder of YAML or JSON files, read once. A file that is not right is left out, not fatal. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseYaml, YamlSyntaxError } from '../config/yaml';
import type { Dashboard } from '../contracts/dashboard';
import type { Logger } from '../telemetry/logger';
import { parseDashboard } from './parse';
import type { DashboardStore } from './store';

export interface DirectoryOptions {
  readonly directory: string;
  /** Project of dashboards that name no namespace. */
  readonly platformProject: string;
  readonly log: Logger;
}

const dashboardFile = /\.(?:ya?ml|json)$/;

/**
 * Store over a folder, read at the first use. Invalid files are logged with file, line and reason; the others are
 * served. Of two dashboards with one name, the one in the file that sorts first is served.
 *
 * @throws Error from `list` and `get` when the folder itself cannot be read; the next use tries again
 */
export function createDirectoryStore(options: DirectoryOptions): DashboardStore {
  let loading: Promise<ReadonlyMap<string, Dashboard>> | undefined;
  const load = (): Promise<ReadonlyMap<string, Dashboard>> => {
    loading ??= readAll(options).catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
  return {
    list: async () => [...(await load()).values()],
    get: async (project, name) => (await load()).get(keyOf(project, name)),
  };
}

// Neither part can hold a slash.
const keyOf = (project: string, name: string): string => `${project}/${name}`;

async function readAll({ directory, platformProject, log }: DirectoryOptions): Promise<ReadonlyMap<string, Dashboard>> {
  const files = (await readdir(directory)).filter((name) => dashboardFile.test(name)).sort();
  const dashboards = new Map<string, Dashboard>();
  for (const name of files) {
    const file = join(directory, name);
    const leaveOut = (line: number, path: readonly PropertyKey[], reason: string): void => log.error({ file, line, path: path.join('.'), reason }, 'dashboard not valid, left out');
    try {
      for (const document of parseYaml(await readFile(file, 'utf8'))) {
        const parsed = parseDashboard(document.value, platformProject);
        if ('problems' in parsed) {
          for (const { path, reason } of parsed.problems) {
            leaveOut(document.lineOf(path), path, reason);
          }
          continue;
        }
        const key = keyOf(parsed.dashboard.metadata.project, parsed.dashboard.metadata.name);
        if (dashboards.has(key)) {
          leaveOut(document.lineOf(['metadata', 'name']), ['metadata', 'name'], `another file already has a dashboard ${key}`);
          continue;
        }
        dashboards.set(key, parsed.dashboard);
      }
    } catch (error) {
      if (error instanceof YamlSyntaxError) {
        leaveOut(error.line, [], error.message);
      } else {
        log.error({ file, err: error }, 'dashboard not readable, left out');
      }
    }
  }
  log.info({ directory, count: dashboards.size }, 'dashboards loaded');
  return new Map([...dashboards].sort(([a], [b]) => (a < b ? -1 : 1)));
}
