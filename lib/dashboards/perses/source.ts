/**
 * Dashboards of a Perses server. Read as a whole, with one credential, whoever asks: a Perses project is a project here,
 * and who may see which is decided where it always is.
 */
import { z } from 'zod';
import { describeError } from '../../telemetry/describe-error';
import type { Logger } from '../../telemetry/logger';
import { keyOf, type DashboardSource, type Snapshot, type SourceProblem, type StoredDashboard } from '../store';
import type { PersesClient } from './client';
import { parseResource } from './resource';

export interface PersesSourceOptions {
  readonly client: PersesClient;
  /** The token that dashboards are read with, as it is now. */
  readonly token: () => Promise<string | undefined>;
  readonly onStatus: (isRead: boolean) => void;
  readonly log: Logger;
  /** Monotonic clock in milliseconds. */
  readonly now: () => number;
}

export interface PersesSource extends DashboardSource {
  /** The next use waits for a new look: something was written. */
  readonly lookAgain: () => void;
}

export const persesSourceName = 'perses';

/** How old a look at the server may be before another one begins. */
const lookEvery = 5_000;

const listSchema = z.array(z.unknown());
const nameSchema = z.object({ metadata: z.object({ name: z.string(), project: z.string() }) });

export function createPersesSource({ client, token, onStatus, log, now }: PersesSourceOptions): PersesSource {
  let latest: Snapshot | undefined;
  let lost: string | undefined;
  let lookedAt = -Infinity;
  let looking: Promise<void> | undefined;
  let writes = 0;
  let reported = new Set<string>();

  async function look(): Promise<void> {
    const writesBefore = writes;
    try {
      const list = listSchema.parse(await client.ask({ method: 'GET', path: '/dashboards', token: await token() }));
      // It may not have seen what was written meanwhile; another look is on its way then.
      if (writes !== writesBefore) return;
      latest = readAll(list);
      if (lost !== undefined) log.info('the Perses server is read again');
      lost = undefined;
      report(latest.problems);
    } catch (error) {
      const reason = describeError(error).message;
      if (lost === undefined) log.warn({ reason }, 'the Perses server cannot be read, what was read last is kept');
      lost = reason;
    }
    lookedAt = now();
    onStatus(lost === undefined);
  }

  /** In the log once, not with every look. */
  function report(problems: readonly SourceProblem[]): void {
    for (const problem of problems) if (!reported.has(JSON.stringify(problem))) log.error(problem, 'dashboard not valid, left out');
    reported = new Set(problems.map((problem) => JSON.stringify(problem)));
  }

  function lookOnce(): Promise<void> {
    const mine = look().finally(() => {
      if (looking === mine) looking = undefined;
    });
    looking = mine;
    return mine;
  }

  return {
    name: persesSourceName,
    snapshot: async () => {
      // Nobody waits for the server but who has nothing else yet.
      const look = now() - lookedAt < lookEvery ? undefined : (looking ?? lookOnce());
      if (latest === undefined || lookedAt === -Infinity) await (look ?? looking);
      if (latest === undefined) throw new Error(lost ?? 'the Perses server has not answered yet');
      return lost === undefined ? latest : { ...latest, problems: [{ source: persesSourceName, place: '', path: '', ofSource: true, reason: `Changes are not seen: ${lost}` }, ...latest.problems] };
    },
    lookAgain: () => {
      writes += 1;
      lookedAt = -Infinity;
      looking = undefined;
    },
  };
}

function readAll(list: readonly unknown[]): Snapshot {
  const dashboards = new Map<string, StoredDashboard>();
  const problems: SourceProblem[] = [];
  for (const [index, resource] of list.entries()) {
    const named = nameSchema.safeParse(resource);
    if (!named.success) {
      problems.push({ source: persesSourceName, place: `the ${index + 1}. dashboard`, path: 'metadata', reason: 'it names no project' });
      continue;
    }
    const { name, project } = named.data.metadata;
    const place = `Dashboard ${project}/${name}`;
    const parsed = parseResource(resource, project);
    if ('problems' in parsed) {
      problems.push(...parsed.problems.map(({ path, reason }) => ({ source: persesSourceName, place, project, name, path: path.join('.'), reason })));
    } else {
      dashboards.set(keyOf(project, name), { dashboard: parsed.dashboard, source: persesSourceName, place });
    }
  }
  return { dashboards, problems };
}
