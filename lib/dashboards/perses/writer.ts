/**
 * Writes dashboards to a Perses server with the caller's own token. The access layer is asked before, because a server
 * without authorization takes everything from everyone.
 */
import type { Dashboard } from '../../contracts/dashboard';
import { AppError, isAppError } from '../../errors/app-error';
import type { ErrorCode } from '../../contracts/errors';
import type { DashboardWriter } from '../store';
import { PersesRefusal, type PersesClient } from './client';
import { parseResource } from './resource';

export interface PersesWriterDependencies {
  readonly client: PersesClient;
  /** Called after every change. */
  readonly onChange: () => void;
}

const collection = (project: string): string => `/projects/${encodeURIComponent(project)}/dashboards`;
const address = (project: string, name: string): string => `${collection(project)}/${encodeURIComponent(name)}`;

/** Besides what every writer throws: `ERR_ACCESS_002` when the server does not let the caller. */
export function createPersesWriter({ client, onChange }: PersesWriterDependencies): DashboardWriter {
  const read = async (project: string, name: string, token: string): Promise<Dashboard> => dashboardIn(await client.ask({ method: 'GET', path: address(project, name), token }), project);

  async function change<Result>(verb: 'create' | 'update' | 'delete', project: string, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw isAppError(error) ? error : refused(error, verb, project);
    } finally {
      onChange();
    }
  }

  return {
    checksAccess: false,
    keepsHistory: false,
    create: (dashboard, { token }) =>
      change('create', dashboard.metadata.project, async () => {
        const { project } = dashboard.metadata;
        return dashboardIn(await client.ask({ method: 'POST', path: collection(project), token, body: withoutAnnotations(dashboard) }), project);
      }),
    update: (dashboard, { token }) =>
      change('update', dashboard.metadata.project, async () => {
        const { project, name, version } = dashboard.metadata;
        const body = withoutAnnotations(dashboard);
        const before = await read(project, name, token);
        // The server itself numbers versions but does not compare them.
        if (version !== 0 && version !== before.metadata.version) {
          throw new AppError('ERR_DASH_003', { detail: `Yours is version ${version}, stored is version ${before.metadata.version}.` });
        }
        return { before, after: dashboardIn(await client.ask({ method: 'PUT', path: address(project, name), token, body }), project) };
      }),
    remove: (project, name, { token }) =>
      change('delete', project, async () => {
        const before = await read(project, name, token);
        await client.ask({ method: 'DELETE', path: address(project, name), token });
        return before;
      }),
    history: () => Promise.resolve([]),
    removed: () => Promise.resolve([]),
  };
}

/** @throws AppError `ERR_DASH_002` when annotations say something that would be lost, such as for whom it is */
function withoutAnnotations({ kind, metadata: { annotations = {}, name, project }, spec }: Dashboard): unknown {
  const [first] = Object.keys(annotations);
  if (first !== undefined) {
    throw new AppError('ERR_DASH_002', { detail: `This dashboard is kept by a Perses server, which keeps no annotations: leave out "${first}".` });
  }
  return { kind, metadata: { name, project }, spec };
}

function dashboardIn(resource: unknown, project: string): Dashboard {
  const parsed = parseResource(resource, project);
  if ('problems' in parsed) throw new Error(`the Perses server answered no dashboard: ${parsed.problems[0].reason}`);
  return parsed.dashboard;
}

function refused(error: unknown, verb: string, project: string): AppError {
  const as = (code: ErrorCode, detail: string): AppError => new AppError(code, { cause: error, detail });
  if (!(error instanceof PersesRefusal)) return as('ERR_DASH_004', 'The Perses server could not be asked, or its answer was not understood.');
  switch (error.status) {
    case 401:
      return as('ERR_ACCESS_002', 'Dashboards of this installation are changed in a Perses server with your own token, and it does not accept the one of your sign-in.');
    case 403:
      return as('ERR_ACCESS_002', `The Perses server does not let you ${verb} dashboards in ${project}.`);
    case 404:
      return as('ERR_DASH_001', 'The Perses server has no such dashboard any more.');
    case 409:
      return as('ERR_DASH_006', 'The Perses server has a dashboard of this name already.');
    case 400:
      return as('ERR_DASH_002', `The Perses server does not accept the dashboard: ${error.reason}`);
    default:
      return as('ERR_DASH_004', `The Perses server answered ${error.status}.`);
  }
}
