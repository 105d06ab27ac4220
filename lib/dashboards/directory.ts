/**
 * Dashboards from a folder of YAML or JSON files. A change is noticed at the next use: no watch that a network file
 * system or the symbolic links of a mounted ConfigMap could fool. A file that is not right is left out, not fatal.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseYaml, YamlSyntaxError } from '../config/yaml';
import type { Dashboard } from '../contracts/dashboard';
import { describeError } from '../telemetry/describe-error';
import type { Logger } from '../telemetry/logger';
import { authorOf, namedIn, parseDashboard } from './parse';
import { keyOf, type DashboardSource, type Snapshot, type SourceProblem, type StoredDashboard } from './store';

export interface DirectoryOptions {
  /** Name of the source. */
  readonly name: string;
  readonly directory: string;
  /** Project of dashboards that name no namespace. */
  readonly platformProject: string;
  /** Whether a folder that is not there is an empty one. */
  readonly mayBeMissing?: boolean;
  readonly log: Logger;
  /** Monotonic clock in milliseconds. */
  readonly now: () => number;
}

export interface DirectorySource extends DashboardSource {
  /** The next use reads the folder, however fresh the last look is: something was written. */
  readonly lookAgain: () => void;
}

const dashboardFile = /^[^.].*\.(?:ya?ml|json)$/;

/** How old a look at the folder may be: what is asked for within it is answered from memory. */
const lookEvery = 2_000;

interface Read {
  readonly fingerprint: string;
  readonly snapshot: Snapshot;
}

/**
 * Source over a folder. Invalid files are logged and reported with file, line and reason; the others are served. Of two
 * dashboards with one name, the one in the file that sorts first is served.
 */
export function createDirectorySource(options: DirectoryOptions): DirectorySource {
  const { name, directory, mayBeMissing = false, log, now } = options;
  let known: Read | undefined;
  let lookedAt = -Infinity;
  let looking: Promise<Snapshot> | undefined;
  let latest: Snapshot | undefined;

  async function look(): Promise<Snapshot> {
    try {
      const files = await filesOf(directory, mayBeMissing);
      const fingerprint = files.map((file) => file.fingerprint).join('\n');
      if (known?.fingerprint !== fingerprint) {
        known = { fingerprint, snapshot: await readAll(options, files) };
      }
      return known.snapshot;
    } catch (error) {
      if (known === undefined) throw error;
      log.error({ directory, err: error }, 'folder of dashboards not readable, what was read before is served');
      const problem: SourceProblem = { source: name, place: directory, path: '', ofSource: true, reason: `The folder cannot be read, so changes are not seen: ${describeError(error).message}` };
      return { ...known.snapshot, problems: [problem, ...known.snapshot.problems] };
    }
  }

  async function lookOnce(): Promise<Snapshot> {
    const mine = look();
    looking = mine;
    try {
      latest = await mine;
      // Not when something was written meanwhile: this look may not have seen it.
      if (looking === mine) lookedAt = now();
      return latest;
    } finally {
      if (looking === mine) looking = undefined;
    }
  }

  return {
    name,
    snapshot: () => (latest !== undefined && now() - lookedAt < lookEvery ? Promise.resolve(latest) : (looking ?? lookOnce())),
    lookAgain: () => {
      lookedAt = -Infinity;
      looking = undefined;
    },
  };
}

interface DashboardFile {
  readonly path: string;
  /** Changes whenever the content does. */
  readonly fingerprint: string;
  readonly modified: Date;
}

async function filesOf(directory: string, mayBeMissing: boolean): Promise<DashboardFile[]> {
  const all = await readdir(directory).catch((error: unknown) => {
    if (mayBeMissing && describeError(error).code === 'ENOENT') return [];
    throw error;
  });
  const names = all.filter((name) => dashboardFile.test(name)).sort();
  const files = await Promise.all(
    names.map(async (name): Promise<DashboardFile | undefined> => {
      const path = join(directory, name);
      try {
        // Follows the links of a mounted ConfigMap to the version that is in force.
        const { ino, size, mtime, mtimeMs, ctimeMs } = await stat(path);
        return { path, fingerprint: `${name} ${ino} ${size} ${mtimeMs} ${ctimeMs}`, modified: mtime };
      } catch (error) {
        // Gone since the folder was listed.
        if (describeError(error).code === 'ENOENT') return undefined;
        throw error;
      }
    }),
  );
  return files.filter((file) => file !== undefined);
}

async function readAll({ name, directory, platformProject, log }: DirectoryOptions, files: readonly DashboardFile[]): Promise<Snapshot> {
  const dashboards = new Map<string, StoredDashboard>();
  const problems: SourceProblem[] = [];
  for (const { path: file, modified } of files) {
    const leaveOut = (line: number | undefined, path: readonly PropertyKey[], reason: string, named: ReturnType<typeof namedIn> = {}): void => {
      const problem = { source: name, place: file, ...named, ...(line === undefined ? {} : { line }), path: path.join('.'), reason };
      problems.push(problem);
      log.error(problem, 'dashboard not valid, left out');
    };
    try {
      const text = await readFile(file, 'utf8');
      for (const document of parseYaml(text)) {
        const parsed = parseDashboard(document.value, platformProject);
        if ('problems' in parsed) {
          for (const { path, reason } of parsed.problems) {
            leaveOut(document.lineOf(path), path, reason, namedIn(document.value));
          }
          continue;
        }
        const { metadata } = parsed.dashboard;
        const key = keyOf(metadata.project, metadata.name);
        if (dashboards.has(key)) {
          leaveOut(document.lineOf(['metadata', 'name']), ['metadata', 'name'], `another file already has a dashboard ${key}`, { name: metadata.name, project: metadata.project });
          continue;
        }
        const changedBy = authorOf(document.value);
        dashboards.set(key, { dashboard: dated(parsed.dashboard, text, modified), source: name, place: file, ...(changedBy === undefined ? {} : { changedBy }) });
      }
    } catch (error) {
      if (error instanceof YamlSyntaxError) {
        leaveOut(error.line, [], error.message);
      } else {
        leaveOut(undefined, [], `The file cannot be read: ${describeError(error).message}`);
      }
    }
  }
  log.info({ directory, count: dashboards.size }, 'dashboards loaded');
  return { dashboards, problems };
}

/** With a version that changes with the text and the time of the file, where the dashboard itself keeps neither. */
function dated(dashboard: Dashboard, text: string, modified: Date): Dashboard {
  const { metadata } = dashboard;
  // Perses's versions are whole numbers; 31 bits of a digest are one in every language.
  const version = metadata.version > 0 ? metadata.version : createHash('sha256').update(text).digest().readUInt32BE(0) >>> 1;
  return { ...dashboard, metadata: { ...metadata, version, updatedAt: metadata.updatedAt ?? modified.toISOString() } };
}
