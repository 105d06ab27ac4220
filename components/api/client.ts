/**
 * Calls of the API, typed. Knows addresses and shapes; knows no cache and no React.
 */
import type { ViewReport } from '../../lib/contracts/audit';
import type { Absence } from '../../lib/contracts/absence';
import type { Dashboard } from '../../lib/contracts/dashboard';
import type { Me } from '../../lib/contracts/identity';
import type { PlatformStatus } from '../../lib/contracts/status';
import type { PreferenceChanges, PreferencesAnswer } from '../../lib/contracts/preferences';
import type { Summary } from '../../lib/contracts/summary';
import { read, type Versioned } from './call';
import { createEditorClient, type EditorClient } from './editor';
import { createManageClient, type ManageClient } from './manage';
import {
  absenceSchema,
  dashboardSchema,
  dashboardsSchema,
  globalDatasourcesSchema,
  meSchema,
  openedViewSchema,
  platformStatusSchema,
  preferencesAnswerSchema,
  summarySchema,
  type GlobalDatasource,
} from './schemas';

export interface ApiClient {
  /** What the management pages read and change. */
  readonly manage: ManageClient;
  /** What the editor of dashboards asks. */
  readonly editor: EditorClient;
  me(signal?: AbortSignal): Promise<Me>;
  dashboards(signal?: AbortSignal): Promise<Dashboard[]>;
  dashboard(project: string, name: string, signal?: AbortSignal): Promise<Dashboard>;
  globalDatasources(signal?: AbortSignal): Promise<GlobalDatasource[]>;
  /** Says that a dashboard is being looked at; resolves with what to say when it is left. */
  viewOpened(view: Omit<Extract<ViewReport, { phase: 'opened' }>, 'phase'>): Promise<string>;
  /** Says that it was left. Works while the page is being closed; nobody learns whether it arrived. */
  viewLeft(view: string): void;
  preferences(signal?: AbortSignal): Promise<PreferencesAnswer>;
  /** Works while the page is being closed. */
  changePreferences(changes: PreferenceChanges): Promise<PreferencesAnswer>;
  summary(namespace: string, signal?: AbortSignal): Promise<Summary>;
  /** Whether what is behind the app works. */
  status(signal?: AbortSignal): Promise<PlatformStatus>;
  /** Why a query was answered with nothing in a time range. */
  absence(asked: { readonly query: string; readonly datasource: string | undefined; readonly start: Date; readonly end: Date }, signal?: AbortSignal): Promise<Absence>;
}

/**
 * Client for the API below a base address. Every call rejects with ApiError.
 *
 * @param apiBase such as `/api`, without a slash at the end
 */
export function createApiClient(apiBase: string): ApiClient {
  /** The last answer of each address that tells its version, and that version. */
  const known = new Map<string, Versioned>();

  return {
    manage: createManageClient(apiBase),
    editor: createEditorClient(apiBase),
    me: (signal) => read(`${apiBase}/me`, meSchema, signal),
    dashboards: (signal) => read(`${apiBase}/v1/dashboards`, dashboardsSchema, signal),
    dashboard: (project, name, signal) =>
      read(
        `${apiBase}/v1/projects/${encodeURIComponent(project)}/dashboards/${encodeURIComponent(name)}`,
        dashboardSchema,
        signal,
        'ERR_DASH_002',
        {},
        known,
      ),
    globalDatasources: (signal) => read(`${apiBase}/v1/globaldatasources`, globalDatasourcesSchema, signal),
    viewOpened: async (view) => {
      const body = JSON.stringify({ phase: 'opened', ...view } satisfies ViewReport);
      // Arrives even when the page is closed at once.
      const init = { method: 'POST', body, keepalive: true, headers: { 'content-type': 'application/json' } };
      return (await read(`${apiBase}/audit/views`, openedViewSchema, undefined, 'ERR_DATA_001', init)).view;
    },
    viewLeft: (view) => {
      navigator.sendBeacon(`${apiBase}/audit/views`, new Blob([JSON.stringify({ phase: 'left', view } satisfies ViewReport)], { type: 'application/json' }));
    },
    preferences: (signal) => read(`${apiBase}/preferences`, preferencesAnswerSchema, signal),
    changePreferences: (changes) => {
      const init = { method: 'PUT', body: JSON.stringify(changes), keepalive: true, headers: { 'content-type': 'application/json' } };
      return read(`${apiBase}/preferences`, preferencesAnswerSchema, undefined, 'ERR_PREF_001', init);
    },
    summary: (namespace, signal) => read(`${apiBase}/summary?namespace=${encodeURIComponent(namespace)}`, summarySchema, signal),
    status: (signal) => read(`${apiBase}/status`, platformStatusSchema, signal),
    absence: ({ query, datasource, start, end }, signal) => {
      const parameters = new URLSearchParams({ query, start: String(start.getTime() / 1000), end: String(end.getTime() / 1000), ...(datasource === undefined ? {} : { datasource }) });
      return read(`${apiBase}/absence?${parameters.toString()}`, absenceSchema, signal);
    },
  };
}
