/** Calls of the API that manage dashboards, typed. */
import type { Dashboard } from '../../lib/contracts/dashboard';
import { managedProjectsSchema, managedResourceSchema, managementSchema, settingsChangedSchema, type ManagedProjects, type ManagedResource, type Management, type SettingsChange } from '../../lib/contracts/manage';
import { z } from '../../lib/contracts/zod';
import { read, type Versioned } from './call';
import { dashboardSchema } from './schemas';

/** Every call rejects with ApiError. */
export interface ManageClient {
  /** Where the caller may change dashboards; nowhere for most people. */
  projects(signal?: AbortSignal): Promise<ManagedProjects>;
  /** Dashboards that the caller may change or arrange, and what is wrong in their sources. */
  list(signal?: AbortSignal): Promise<Management>;
  /** One of them, as its source has it. */
  resource(project: string, name: string, signal?: AbortSignal): Promise<ManagedResource>;
  /** Address of its YAML, as a file to be downloaded. */
  yamlHref(project: string, name: string): string;
  create(dashboard: Dashboard): Promise<Dashboard>;
  /** With `metadata.version` as it was read. */
  update(dashboard: Dashboard): Promise<Dashboard>;
  remove(project: string, name: string): Promise<void>;
  changeSettings(change: SettingsChange): Promise<{ readonly version: number }>;
}

export function createManageClient(apiBase: string): ManageClient {
  const managed = (project: string, name: string): string => `${apiBase}/manage/dashboards/${encodeURIComponent(project)}/${encodeURIComponent(name)}`;
  const ofProject = (project: string): string => `${apiBase}/v1/projects/${encodeURIComponent(project)}/dashboards`;
  const sends = (method: 'POST' | 'PUT', body: unknown) => ({ method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });

  /** What is asked for again and again is sent when it changed. */
  const known = new Map<string, Versioned>();

  return {
    projects: (signal) => read(`${apiBase}/manage/projects`, managedProjectsSchema, signal),
    list: (signal) => read(`${apiBase}/manage/dashboards`, managementSchema, signal, 'ERR_DATA_001', {}, known),
    resource: (project, name, signal) => read(managed(project, name), managedResourceSchema, signal, 'ERR_DASH_002'),
    yamlHref: (project, name) => `${managed(project, name)}/yaml`,
    create: (dashboard) => read(ofProject(dashboard.metadata.project), dashboardSchema, undefined, 'ERR_DASH_004', sends('POST', dashboard)),
    update: (dashboard) => read(`${ofProject(dashboard.metadata.project)}/${encodeURIComponent(dashboard.metadata.name)}`, dashboardSchema, undefined, 'ERR_DASH_004', sends('PUT', dashboard)),
    remove: async (project, name) => {
      await read(`${ofProject(project)}/${encodeURIComponent(name)}`, z.unknown(), undefined, 'ERR_DASH_004', { method: 'DELETE' });
    },
    changeSettings: (change) => read(`${apiBase}/manage/settings`, settingsChangedSchema, undefined, 'ERR_DASH_004', sends('PUT', change)),
  };
}
