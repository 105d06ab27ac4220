/**
 * Writes dashboards into a folder that only this app writes to. Each write is all or nothing, whenever the process or
 * the machine stops: a new file is written aside, flushed, and given its name in one step. Knows no access rule.
 */
import { link, mkdir, readdir, readFile, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Dashboard } from '../contracts/dashboard';
import { AppError, isAppError } from '../errors/app-error';
import type { Identity } from '../identity/identity';
import { createQueues, flush, removeAbandoned, unless, writeAside } from '../files/atomic';
import { describeError } from '../telemetry/describe-error';
import { authorOf, parseDashboard } from './parse';
import type { DashboardWriter, KeptVersion } from './store';

export interface WriterOptions {
  readonly directory: string;
  /** Called after every change. */
  readonly onChange: () => void;
  /** Now, in milliseconds since the epoch. */
  readonly date: () => number;
}

/** Versions of one dashboard that are kept. */
const keptVersions = 50;
/** Removed dashboards that are told. */
const mostRemoved = 100;

/** Who makes a change, as people know them; kept beside the dashboard. */
type Author = Pick<Identity, 'name'>;

/** A writer that is the same for every caller. */
export interface DirectoryWriter extends DashboardWriter {
  readonly create: (dashboard: Dashboard, author?: Author) => ReturnType<DashboardWriter['create']>;
  readonly update: (dashboard: Dashboard, author?: Author) => ReturnType<DashboardWriter['update']>;
  readonly remove: (project: string, name: string) => ReturnType<DashboardWriter['remove']>;
}

export function createDirectoryWriter({ directory, onChange, date }: WriterOptions): DirectoryWriter {
  const inOrder = createQueues();
  // A project holds no dot, so the two cannot be confused; the parser has checked both.
  const stem = (project: string, name: string): string => `${project}.${name}`;
  const fileOf = (project: string, name: string): string => join(directory, `${stem(project, name)}.json`);
  const historyOf = (project: string, name: string): string => join(directory, '.history', stem(project, name));

  async function stored(project: string, name: string): Promise<Dashboard> {
    const version = await readVersion(fileOf(project, name));
    if (version === undefined) throw new AppError('ERR_DASH_001');
    return version.dashboard;
  }

  /** Keeps the stored version under its number; the same bytes, no copy. */
  async function remember({ metadata }: Dashboard): Promise<void> {
    const folder = historyOf(metadata.project, metadata.name);
    await mkdir(folder, { recursive: true });
    await link(fileOf(metadata.project, metadata.name), join(folder, `${metadata.version}.json`)).catch(unless('EEXIST'));
    const versions = await versionsIn(folder);
    await Promise.all(versions.slice(keptVersions).map((version) => unlink(join(folder, `${version}.json`)).catch(unless('ENOENT'))));
  }

  /** The number after every one that this name ever had, so that a removed dashboard made anew is another version. */
  async function nextVersion(project: string, name: string, current: number): Promise<number> {
    const [newest = 0] = await versionsIn(historyOf(project, name));
    return Math.max(newest, current) + 1;
  }

  const change = <Result>({ project, name }: Pick<Dashboard['metadata'], 'project' | 'name'>, work: () => Promise<Result>): Promise<Result> =>
    inOrder(stem(project, name), async () => {
      try {
        return await work();
      } catch (cause) {
        throw isAppError(cause) ? cause : new AppError('ERR_DASH_004', { cause, detail: reasonNotStored(cause, 'dashboards') });
      } finally {
        onChange();
      }
    });

  return {
    checksAccess: false,
    keepsHistory: true,
    create: (dashboard, author) =>
      change(dashboard.metadata, async () => {
        const { project, name } = dashboard.metadata;
        const now = new Date(date()).toISOString();
        const complete = withMetadata(dashboard, { version: await nextVersion(project, name, 0), createdAt: now, updatedAt: now });
        await removeAbandoned(directory, date());
        const aside = await writeAside(directory, textOf(complete, author));
        try {
          await link(aside, fileOf(project, name));
        } catch (error) {
          if (describeError(error).code !== 'EEXIST') throw error;
          throw new AppError('ERR_DASH_006', { detail: `There is a dashboard ${name} in ${project} already.` });
        } finally {
          await unlink(aside);
        }
        await flush(directory);
        return complete;
      }),
    update: (dashboard, author) =>
      change(dashboard.metadata, async () => {
        const { project, name, version } = dashboard.metadata;
        const before = await stored(project, name);
        if (version !== 0 && version !== before.metadata.version) {
          throw new AppError('ERR_DASH_003', { detail: `Yours is version ${version}, stored is version ${before.metadata.version}.` });
        }
        const createdAt = before.metadata.createdAt;
        const complete = withMetadata(dashboard, {
          version: await nextVersion(project, name, before.metadata.version),
          ...(createdAt === undefined ? {} : { createdAt }),
          updatedAt: new Date(date()).toISOString(),
        });
        const aside = await writeAside(directory, textOf(complete, author));
        try {
          await remember(before);
          await rename(aside, fileOf(project, name));
        } catch (error) {
          await unlink(aside);
          throw error;
        }
        await flush(directory);
        return { before, after: complete };
      }),
    remove: (project, name) =>
      change({ project, name }, async () => {
        const before = await stored(project, name);
        await remember(before);
        await unlink(fileOf(project, name));
        await flush(directory);
        return before;
      }),
    history: async (project, name) => {
      const folder = historyOf(project, name);
      const versions = await Promise.all((await versionsIn(folder)).map((version) => readVersion(join(folder, `${version}.json`))));
      return versions.filter((version) => version !== undefined);
    },
    removed: async () => {
      const [stems = [], files = []] = await Promise.all([join(directory, '.history'), directory].map((folder) => readdir(folder).catch(unless('ENOENT'))));
      const there = new Set(files);
      const last = await Promise.all(
        stems
          .filter((each) => !there.has(`${each}.json`))
          .map(async (each) => {
            const folder = join(directory, '.history', each);
            const [newest] = await versionsIn(folder);
            return newest === undefined ? undefined : readVersion(join(folder, `${newest}.json`));
          }),
      );
      const changedAt = ({ dashboard }: KeptVersion): string => dashboard.metadata.updatedAt ?? '';
      return last
        .filter((version) => version !== undefined)
        .sort((a, b) => changedAt(b).localeCompare(changedAt(a), 'en'))
        .slice(0, mostRemoved);
    },
  };
}

function withMetadata(dashboard: Dashboard, metadata: Partial<Dashboard['metadata']>): Dashboard {
  return { ...dashboard, metadata: { ...dashboard.metadata, ...metadata } };
}

function textOf(dashboard: Dashboard, author: Author | undefined): string {
  return `${JSON.stringify(author === undefined ? dashboard : withMetadata(dashboard, { updatedBy: author.name }), null, 2)}\n`;
}

async function readVersion(file: string): Promise<KeptVersion | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    unless('ENOENT')(error);
    return undefined;
  }
  const resource: unknown = JSON.parse(text);
  const parsed = parseDashboard(resource, dirname(file));
  if ('problems' in parsed) throw new Error(`${file} holds no dashboard`);
  const changedBy = authorOf(resource);
  return { dashboard: parsed.dashboard, ...(changedBy === undefined ? {} : { changedBy }) };
}

async function versionsIn(folder: string): Promise<number[]> {
  const names = await readdir(folder).catch(unless('ENOENT'));
  return (names ?? []).map((name) => Number.parseInt(name, 10)).sort((a, b) => b - a);
}

const reasons: Readonly<Record<string, (what: string) => string>> = {
  ENOSPC: (what) => `There is no space left where ${what} are stored.`,
  EDQUOT: (what) => `There is no space left where ${what} are stored.`,
  EROFS: (what) => `The folder where ${what} are stored is read-only.`,
  EACCES: (what) => `The app may not write to the folder where ${what} are stored.`,
  EPERM: (what) => `The app may not write to the folder where ${what} are stored.`,
};

/** Why a file was not written, for people. */
export function reasonNotStored(error: unknown, what: string): string {
  return (reasons[describeError(error).code ?? ''] ?? ((all) => `The folder where ${all} are stored did not take the change.`))(what);
}
