/**
 * Where dashboards come from: sources, and the store that combines them. Neither decides anything about access; the
 * handlers do.
 */
import type { Dashboard } from '../contracts/dashboard';
import { dashboardKey } from '../contracts/links';
import type { Identity } from '../identity/identity';
import { describeError } from '../telemetry/describe-error';

/** A dashboard and where it is kept. */
export interface StoredDashboard {
  readonly dashboard: Dashboard;
  /** Name of the source. */
  readonly source: string;
  /** Where in the source, for people: a file, a resource. */
  readonly place: string;
  /** What puts it there from Git and would undo a change that is made here, for people: "Argo CD". */
  readonly appliedBy?: string;
  /** Who changed it last, by the name that people know them by; where the source keeps that. */
  readonly changedBy?: string;
  /** Whether the configuration keeps it from being served. */
  readonly disabledByConfiguration?: true;
}

/** A dashboard that is not served because another one of its project and name is. */
export interface ShadowedDashboard {
  readonly stored: StoredDashboard;
  readonly by: StoredDashboard;
}

/** Something in a source that cannot be served, and why. Nothing else suffers from it. */
export interface SourceProblem {
  readonly source: string;
  readonly place: string;
  /** Whose it is; without it, a matter of the platform's administrators. */
  readonly project?: string;
  /** Name of the dashboard, where it can be read. */
  readonly name?: string;
  /** Whether it is the source itself that has it, and not one of its dashboards. */
  readonly ofSource?: true;
  /** Line in the file, counted from 1. */
  readonly line?: number;
  /** Where in the resource, joined by dots; empty for all of it. */
  readonly path: string;
  readonly reason: string;
}

export interface Snapshot {
  /** By `keyOf`. */
  readonly dashboards: ReadonlyMap<string, StoredDashboard>;
  readonly problems: readonly SourceProblem[];
}

/** What all sources hold together. */
export interface CombinedSnapshot extends Snapshot {
  readonly shadowed: readonly ShadowedDashboard[];
}

export interface DashboardSource {
  readonly name: string;
  /**
   * What the source holds now. A source that knew its content and has lost its backend answers what it knew, with a problem.
   *
   * @throws Error when it cannot be read and never was
   */
  readonly snapshot: () => Promise<Snapshot>;
}

/** A version that is kept beside what is stored now. */
export interface KeptVersion {
  readonly dashboard: Dashboard;
  /** Who made it, where the source knows. */
  readonly changedBy?: string;
}

/** Changes the dashboards of one source. Every function throws AppError `ERR_DASH_004` when the change could not be stored. */
export interface DashboardWriter {
  /**
   * Whether what is behind it decides who may change what, by the caller's own credential: it throws `ERR_ACCESS_002`.
   * Otherwise that is decided before it is called.
   */
  readonly checksAccess: boolean;
  /** Whether versions that are replaced are kept. */
  readonly keepsHistory: boolean;
  /** @throws AppError `ERR_DASH_006` when there is one of this project and name already */
  readonly create: (dashboard: Dashboard, caller: Identity) => Promise<Dashboard>;
  /**
   * Replaces what is stored.
   *
   * @param dashboard with the version that the change was made to; 0 replaces whatever is stored, as Perses's clients do
   * @throws AppError `ERR_DASH_001` when there is none, `ERR_DASH_003` when another version is stored
   */
  readonly update: (dashboard: Dashboard, caller: Identity) => Promise<{ readonly before: Dashboard; readonly after: Dashboard }>;
  /**
   * Removes what is stored, and resolves with it.
   *
   * @throws AppError `ERR_DASH_001` when there is none
   */
  readonly remove: (project: string, name: string, caller: Identity) => Promise<Dashboard>;
  /** Versions that were replaced or removed, the newest first; none where the source keeps none. */
  readonly history: (project: string, name: string) => Promise<readonly KeptVersion[]>;
  /** What was stored last of dashboards that were removed, the latest first, at most 100; none where the source keeps none. */
  readonly removed: () => Promise<readonly KeptVersion[]>;
}

export interface DashboardStore {
  /** Every valid dashboard that the configuration does not disable, sorted by project and name. */
  readonly list: () => Promise<readonly Dashboard[]>;
  /** One of them, or undefined when there is none of this name in this project. */
  readonly get: (project: string, name: string) => Promise<Dashboard | undefined>;
  /** All there is: with where each is kept, what is not served, and what is wrong in the sources. */
  readonly snapshot: () => Promise<CombinedSnapshot>;
}

/** `dashboardKey` of the two parts. */
export const keyOf = (project: string, name: string): string => dashboardKey({ project, name });

/**
 * One store over several sources. Of dashboards with one project and name, the one of the source that stands first is
 * served, and the others are told as shadowed. A source that cannot be read is reported while the others go on.
 *
 * The store's functions throw the source's error when no source can be read.
 */
export function combineSources(sources: readonly DashboardSource[]): DashboardStore {
  async function snapshot(): Promise<CombinedSnapshot> {
    const results = await Promise.allSettled(sources.map((source) => source.snapshot()));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined && results.every(({ status }) => status === 'rejected')) {
      throw failed.reason;
    }
    const dashboards = new Map<string, StoredDashboard>();
    const shadowed: ShadowedDashboard[] = [];
    const problems: SourceProblem[] = [];
    for (const [index, result] of results.entries()) {
      if (result.status === 'rejected') {
        problems.push({ source: sources[index]?.name ?? '', place: '', path: '', ofSource: true, reason: `The source cannot be read: ${describeError(result.reason).message}` });
        continue;
      }
      problems.push(...result.value.problems);
      for (const [key, stored] of result.value.dashboards) {
        const first = dashboards.get(key);
        if (first === undefined) {
          dashboards.set(key, stored);
        } else {
          shadowed.push({ stored, by: first });
        }
      }
    }
    return { dashboards: new Map([...dashboards].sort(([a], [b]) => (a < b ? -1 : 1))), shadowed, problems };
  }

  return {
    snapshot,
    list: async () => [...(await snapshot()).dashboards.values()].flatMap((stored) => servedOf(stored) ?? []),
    get: async (project, name) => servedOf((await snapshot()).dashboards.get(keyOf(project, name))),
  };
}

function servedOf(stored: StoredDashboard | undefined): Dashboard | undefined {
  return stored?.disabledByConfiguration ? undefined : stored?.dashboard;
}
