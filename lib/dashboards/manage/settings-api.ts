/**
 * `PUT /api/manage/settings`: administrators arrange dashboards of every source, without changing the dashboards. What
 * the configuration says is not changed here, and nothing is shown to whom its source keeps it from.
 */
import type { MayEdit, ResolveScope } from '../../access/scope';
import type { AuditLog } from '../../audit/audit-log';
import { differencesBetween } from '../../audit/difference';
import { actorOf } from '../../audit/events';
import { settingsChangeSchema, type DashboardSettings, type Homes, type SettingsChange } from '../../contracts/manage';
import { AppError } from '../../errors/app-error';
import { readJson } from '../../http/body';
import { jsonResponse } from '../../http/json';
import type { IdentityHandler } from '../../http/with-identity';
import type { Identity } from '../../identity/identity';
import { assertSameOrigin } from '../../identity/same-origin';
import type { CombinedSnapshot, DashboardStore } from '../store';
import { isForAdministratorsOnly } from '../visibility';
import { ownSettings, type ChangedSettings, type Settings, type SettingsStore } from './settings-store';

export interface SettingsApiDependencies {
  /** Undefined where none is configured. */
  readonly settings: SettingsStore | undefined;
  readonly audit: Pick<AuditLog, 'record'>;
  readonly store: DashboardStore;
  readonly resolveScope: ResolveScope;
  readonly mayEdit: MayEdit;
  /** Homes by group that the configuration sets. */
  readonly fixedHomes: Readonly<Record<string, string>>;
  readonly platformProject: string;
  readonly publicUrl: string;
  /** Now, in milliseconds since the epoch. */
  readonly date: () => number;
}

/** Settings of some thousand dashboards. */
const maxBodyBytes = 512 * 1024;

/**
 * The handler throws AppError: `ERR_ACCESS_002` for who is no administrator, or when another site sent the change;
 * `ERR_QUERY_001` and `ERR_QUERY_003` for an unsuitable body, `ERR_DASH_001` for a dashboard that there is not,
 * `ERR_DASH_003` when the settings are others by now, `ERR_DASH_004` when they could not be stored, `ERR_DASH_005` for
 * what is said elsewhere: in the configuration, by the source, or everything where no store is configured.
 */
export function createSettingsApi({ settings, audit, store, resolveScope, mayEdit, fixedHomes, platformProject, publicUrl, date }: SettingsApiDependencies): IdentityHandler {
  async function assertAdministrator(identity: Identity): Promise<void> {
    if ((await resolveScope(identity)).kind !== 'all' || !(await mayEdit(identity, platformProject))) {
      throw new AppError('ERR_ACCESS_002', { detail: 'Only administrators change settings, which hold for every project.' });
    }
  }

  return async (request, { requestId }, identity) => {
    assertSameOrigin(request, publicUrl);
    await assertAdministrator(identity);
    if (settings === undefined) throw new AppError('ERR_DASH_005', { detail: 'This installation keeps no settings of dashboards: `dashboards.settings` is not configured.' });
    const change = await readJson(request, settingsChangeSchema, maxBodyBytes);
    assertPossible(change, await store.snapshot(), fixedHomes);
    const author = { changedAt: new Date(date()).toISOString(), changedBy: identity.name };
    const { before, after } = await settings.change(change.version, (stored) => changed(stored, change, author));
    const { changes, total } = differencesBetween(recorded(before), recorded(after));
    audit.record({ event: 'update_dashboard_settings', outcome: 'success', ...actorOf(identity, requestId), version: after.version, changes, changes_total: total });
    return jsonResponse({ version: after.version });
  };
}

/** @throws AppError for settings that could have no effect: a person would wait for one */
function assertPossible({ dashboards = {}, homes = {} }: SettingsChange, { dashboards: there }: CombinedSnapshot, fixedHomes: Readonly<Record<string, string>>): void {
  for (const [key, { enabled, audience, priority }] of Object.entries(dashboards)) {
    const stored = there.get(key);
    if (stored === undefined && [enabled, audience, priority].some((value) => value !== undefined && value !== null)) {
      throw new AppError('ERR_DASH_001', { detail: `There is no dashboard ${key}.` });
    }
    if (stored !== undefined && audience !== undefined && audience !== null && isForAdministratorsOnly(stored.dashboard)) {
      throw new AppError('ERR_DASH_005', { detail: `${key} is kept for administrators by its name or its annotations; settings do not show it to others.` });
    }
  }
  for (const key of [homes.everyone, ...Object.values(homes.groups ?? {})]) {
    if (typeof key === 'string' && !there.has(key)) throw new AppError('ERR_DASH_001', { detail: `There is no dashboard ${key}.` });
  }
  const fixed = Object.keys(homes.groups ?? {}).find((group) => Object.hasOwn(fixedHomes, group));
  if (fixed !== undefined) throw new AppError('ERR_DASH_005', { detail: `The home of the group ${fixed} is said in the configuration (preferences.homes).` });
}

function changed(before: Settings, { dashboards = {}, homes = {} }: SettingsChange, author: Pick<ChangedSettings, 'changedAt' | 'changedBy'>): Settings {
  const changes = Object.entries(dashboards).map(([key, change]) => [key, given({ ...ownSettings(before.dashboards[key] ?? {}), ...change })] as const);
  const kept = { ...before.dashboards, ...Object.fromEntries(changes.map(([key, settings]) => [key, { ...settings, ...author }])) };
  const emptied = new Set(changes.filter(([, settings]) => Object.keys(settings).length === 0).map(([key]) => key));
  return {
    version: before.version,
    dashboards: Object.fromEntries(Object.entries(kept).filter(([key]) => !emptied.has(key))),
    homes: changedHomes(before.homes, homes),
  };
}

function changedHomes(before: Homes, change: NonNullable<SettingsChange['homes']>): Homes {
  const everyone = change.everyone === undefined ? before.everyone : (change.everyone ?? undefined);
  const groups = Object.entries({ ...before.groups, ...change.groups }).filter((entry): entry is [string, string] => entry[1] !== null);
  return { ...(everyone === undefined ? {} : { everyone }), groups: Object.fromEntries(groups) };
}

type Given = { readonly [Name in keyof DashboardSettings]: DashboardSettings[Name] | null };

/** Without what was taken back. */
function given({ enabled, audience, priority }: Given): DashboardSettings {
  return ownSettings({ enabled: enabled ?? undefined, audience: audience ?? undefined, priority: priority ?? undefined });
}

/** Settings in a record: what is set, without the version and who did it, which the record has itself. */
function recorded({ dashboards, homes }: Settings) {
  return { dashboards: Object.fromEntries(Object.entries(dashboards).map(([key, settings]) => [key, ownSettings(settings)])), homes };
}
