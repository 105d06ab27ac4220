/** Calls of the API that the editor of dashboards makes, typed. */
import { checkAnswerSchema, historySchema, importAnswerSchema, removedSchema, type CheckAnswer, type DashboardHistory, type ImportAnswer, type RemovedDashboards } from '../../lib/contracts/editor';
import { read } from './call';

/** Every call rejects with ApiError. */
export interface EditorClient {
  /** What is wrong with a text, and the dashboard that was understood. */
  check(text: string, signal?: AbortSignal): Promise<CheckAnswer>;
  history(project: string, name: string, signal?: AbortSignal): Promise<DashboardHistory>;
  /** Dashboards that were removed and can be made anew. */
  removed(signal?: AbortSignal): Promise<RemovedDashboards>;
  /** What a dashboard of Grafana, in its JSON, becomes. */
  importGrafana(text: string): Promise<ImportAnswer>;
}

export function createEditorClient(apiBase: string): EditorClient {
  const sends = (body: string) => ({ method: 'POST', body, headers: { 'content-type': 'application/json' } });
  return {
    check: (text, signal) => read(`${apiBase}/manage/check`, checkAnswerSchema, signal, 'ERR_DATA_001', sends(JSON.stringify({ text }))),
    history: (project, name, signal) => read(`${apiBase}/manage/dashboards/${encodeURIComponent(project)}/${encodeURIComponent(name)}/history`, historySchema, signal),
    removed: (signal) => read(`${apiBase}/manage/removed`, removedSchema, signal),
    importGrafana: (text) => read(`${apiBase}/import/grafana`, importAnswerSchema, undefined, 'ERR_DASH_002', sends(text)),
  };
}
