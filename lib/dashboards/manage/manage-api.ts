/**
 * Reading for the management pages: the dashboards that the caller may change or arrange, where each is kept, what it is
 * like before and after the settings of administrators, and what is wrong in the sources. Changes nothing.
 */
import { audiences, titleOf } from '../../contracts/dashboard';
import type { RemovedDashboards } from '../../contracts/editor';
import type { ManagedDashboard, ManagedProjects, ManagedResource, Management } from '../../contracts/manage';
import { AppError } from '../../errors/app-error';
import { jsonResponse, versionedResponse } from '../../http/json';
import type { IdentityHandler } from '../../http/with-identity';
import type { Identity } from '../../identity/identity';
import { inForm } from '../forms';
import { keyOf, type DashboardStore, type DashboardWriter, type KeptVersion, type SourceProblem, type StoredDashboard } from '../store';
import { isEnabled, isForAdministratorsOnly, isOpenTo } from '../visibility';
import { arrange } from './arrange';
import type { Managed } from './managers';
import { noSettings, type ChangedSettings, type Settings, type SettingsStore } from './settings-store';

export interface ManageApiDependencies {
  readonly store: DashboardStore;
  /** By the name of their source. */
  readonly writers: ReadonlyMap<string, DashboardWriter>;
  readonly managedBy: (identity: Identity) => Promise<Managed>;
  /** Undefined where none is configured. */
  readonly settings: SettingsStore | undefined;
  /** Homes by group that the configuration sets. */
  readonly fixedHomes: Readonly<Record<string, string>>;
  /** Groups that the configuration names. */
  readonly groups: readonly string[];
  readonly platformProject: string;
}

export interface ManageApi {
  /** `GET /api/manage/projects`; no project for who may change none. */
  readonly projects: IdentityHandler;
  /** `GET /api/manage/dashboards`; `ERR_ACCESS_002` for who may change the dashboards of no project. */
  readonly list: IdentityHandler;
  /** `GET /api/manage/removed`: what was removed, to be made anew; `ERR_ACCESS_002` as the list. */
  readonly removed: IdentityHandler;
  /** `GET /api/manage/dashboards/:project/:name`; `ERR_ACCESS_002` in a project that is not the caller's to change, `ERR_DASH_001` for one that is not there for them. */
  readonly get: IdentityHandler;
  /** `GET /api/manage/dashboards/:project/:name/yaml`: the same as a custom resource, to be kept as a file. */
  readonly yaml: IdentityHandler;
}

export function createManageApi({ store, writers, managedBy, settings: settingsStore, fixedHomes, groups, platformProject }: ManageApiDependencies): ManageApi {
  const manages = ({ administrator, projects }: Managed, project: string): boolean => administrator || projects.includes(project);
  const isListed = (managed: Managed, { dashboard }: StoredDashboard): boolean => manages(managed, dashboard.metadata.project) && isOpenTo(dashboard, managed.scope, platformProject);

  async function managerOf(identity: Identity): Promise<Managed> {
    const managed = await managedBy(identity);
    if (!managed.administrator && managed.projects.length === 0) {
      throw new AppError('ERR_ACCESS_002', { detail: 'You may not change the dashboards of any project.' });
    }
    return managed;
  }

  /** One that the caller may change or arrange. */
  async function one({ project = '', name = '' }: Readonly<Record<string, string>>, identity: Identity): Promise<StoredDashboard> {
    const managed = await managerOf(identity);
    if (!manages(managed, project)) throw new AppError('ERR_ACCESS_002', { detail: `You may not change dashboards of ${project}.` });
    const stored = (await store.snapshot()).dashboards.get(keyOf(project, name));
    if (stored === undefined || !isListed(managed, stored)) throw new AppError('ERR_DASH_001');
    return stored;
  }

  const noneSet = { settings: noSettings, problem: undefined };
  const readSettings = () => settingsStore?.read() ?? Promise.resolve(noneSet);
  const described = (stored: StoredDashboard, settings: Settings): ManagedDashboard =>
    describe(stored, { hasWriter: writers.has(stored.source), settings: settings.dashboards[keyOf(stored.dashboard.metadata.project, stored.dashboard.metadata.name)] });

  return {
    projects: async (_request, _context, identity) => {
      const { administrator, projects } = await managedBy(identity);
      return jsonResponse({ administrator, projects: [...projects], creates: writers.size > 0 && projects.length > 0 } satisfies ManagedProjects);
    },
    list: async (request, _context, identity) => {
      const managed = await managerOf(identity);
      const { dashboards, shadowed, problems } = await store.snapshot();
      const { settings, problem } = await readSettings();
      const listed = [
        ...[...dashboards.values()].filter((stored) => isListed(managed, stored)).map((stored) => described(stored, settings)),
        ...shadowed.filter(({ stored }) => isListed(managed, stored)).map(({ stored, by }) => describe(stored, { hasWriter: writers.has(stored.source), shadowedBy: by })),
      ];
      const isTold = ({ project }: SourceProblem): boolean => managed.administrator || (project !== undefined && manages(managed, project));
      const ofSettings: SourceProblem[] = problem === undefined ? [] : [{ source: 'settings', place: settingsStore?.file ?? '', path: '', ofSource: true, reason: problem }];
      return versionedResponse(request, {
        administrator: managed.administrator,
        dashboards: listed,
        problems: [...ofSettings, ...problems].filter(isTold),
        creates: writers.size > 0,
        ...(managed.administrator ? { settings: settingsStore === undefined ? { kept: false } : { kept: true, version: settings.version, homes: settings.homes, fixedHomes, groups: [...groups] } } : {}),
      } satisfies Management);
    },
    removed: async (_request, _context, identity) => {
      const managed = await managerOf(identity);
      // Where new ones are made.
      const [writer] = writers.values();
      const removed = writer?.keepsHistory === true ? await writer.removed() : [];
      const isOffered = ({ dashboard }: KeptVersion): boolean => manages(managed, dashboard.metadata.project) && isOpenTo(dashboard, managed.scope, platformProject);
      return jsonResponse({ kept: writer?.keepsHistory === true, dashboards: removed.filter(isOffered) } satisfies RemovedDashboards);
    },
    get: async (_request, { params }, identity) => {
      const stored = await one(params, identity);
      return jsonResponse({ managed: described(stored, (await readSettings()).settings), dashboard: stored.dashboard } satisfies ManagedResource);
    },
    yaml: async (_request, { params }, identity) => {
      const { dashboard } = await one(params, identity);
      const file = `${dashboard.metadata.project}.${dashboard.metadata.name}.yaml`;
      return new Response(inForm('cr', dashboard), { headers: { 'content-type': 'application/yaml; charset=utf-8', 'content-disposition': `attachment; filename="${file}"`, 'cache-control': 'no-store' } });
    },
  };
}

interface Surroundings {
  readonly hasWriter: boolean;
  readonly settings?: ChangedSettings | undefined;
  readonly shadowedBy?: StoredDashboard;
}

function describe(stored: StoredDashboard, { hasWriter, settings, shadowedBy }: Surroundings): ManagedDashboard {
  const { dashboard, source, place, appliedBy, changedBy, disabledByConfiguration } = stored;
  const { metadata, spec } = arrange(dashboard, settings);
  const { category, audience, tags, priority } = metadata.annotations ?? {};
  const disabledBy = disabledByConfiguration ? 'configuration' : settings?.enabled === false ? 'settings' : isEnabled(dashboard) ? undefined : 'source';
  const order = Number(priority ?? Number.NaN);
  return {
    project: metadata.project,
    name: metadata.name,
    title: titleOf({ metadata, spec }),
    source,
    place,
    state: shadowedBy !== undefined ? 'shadowed' : disabledBy === undefined ? 'enabled' : 'disabled',
    ...(disabledBy === undefined ? {} : { disabledBy }),
    ...(shadowedBy === undefined ? {} : { shadowedBy: { source: shadowedBy.source, place: shadowedBy.place } }),
    ...(appliedBy === undefined ? (hasWriter ? {} : { fixedBy: source === 'built-in' ? 'product' : 'source' }) : { fixedBy: 'git', appliedBy }),
    ...(category === undefined ? {} : { category }),
    tags: listOf(tags),
    audience: audiences.filter((known) => listOf(audience).includes(known)),
    reserved: isForAdministratorsOnly(dashboard),
    ...(Number.isFinite(order) ? { priority: order } : {}),
    ...(settings === undefined ? {} : { settings }),
    version: metadata.version,
    ...(metadata.updatedAt === undefined ? {} : { changedAt: metadata.updatedAt }),
    ...(changedBy === undefined ? {} : { changedBy }),
  };
}

function listOf(annotation = ''): string[] {
  return annotation
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '');
}
