/**
 * Dashboards as the settings of administrators arrange them. Settings change the annotations that a dashboard is served
 * with, and who sees it is worked out from these where it always is; so they must never take away what an annotation
 * keeps from people, and do not.
 */
import type { Dashboard } from '../../contracts/dashboard';
import type { DashboardSettings } from '../../contracts/manage';
import { keyOf, type DashboardStore } from '../store';
import { isForAdministratorsOnly } from '../visibility';
import type { SettingsStore } from './settings-store';

/** The store as people see it. */
export function arrangedStore(store: DashboardStore, settings: Pick<SettingsStore, 'read'> | undefined): Pick<DashboardStore, 'list' | 'get'> {
  if (settings === undefined) return store;
  return {
    list: async () => {
      const [dashboards, { settings: stored }] = await Promise.all([store.list(), settings.read()]);
      return dashboards.map((dashboard) => arrange(dashboard, stored.dashboards[keyOf(dashboard.metadata.project, dashboard.metadata.name)]));
    },
    get: async (project, name) => {
      const dashboard = await store.get(project, name);
      return dashboard === undefined ? undefined : arrange(dashboard, (await settings.read()).settings.dashboards[keyOf(project, name)]);
    },
  };
}

/** A dashboard with its settings. One that its source disables, or keeps for administrators, stays so. */
export function arrange(dashboard: Dashboard, settings: DashboardSettings | undefined): Dashboard {
  if (settings === undefined) return dashboard;
  const { enabled, audience, priority } = settings;
  const changes = {
    ...(enabled === undefined ? {} : { enabled: 'false' }),
    ...(audience === undefined || isForAdministratorsOnly(dashboard) ? {} : { audience: audience.length === 0 ? undefined : audience.join(',') }),
    ...(priority === undefined ? {} : { priority: String(priority) }),
  };
  const annotations = Object.entries({ ...dashboard.metadata.annotations, ...changes }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...dashboard, metadata: { ...dashboard.metadata, annotations: Object.fromEntries(annotations) } };
}
