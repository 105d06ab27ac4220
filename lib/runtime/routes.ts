/** Every address of the API and who answers it. Decides nothing else. */
import type { Handler, Route } from '../http/handler';
import { withIdentity, type IdentityHandler } from '../http/with-identity';
import type { Authenticate } from '../identity/identity';
import type { DashboardsApi } from '../dashboards/dashboards-api';
import type { DatasourcesApi } from '../dashboards/datasources-api';
import type { ProjectsApi } from '../dashboards/projects-api';
import type { Health } from './health';

export interface RouteDependencies {
  readonly authenticate: Authenticate;
  readonly query: IdentityHandler;
  readonly dashboards: DashboardsApi;
  readonly datasources: DatasourcesApi;
  readonly projects: ProjectsApi;
  readonly signOut: Handler;
  readonly health: Health;
  readonly metrics: Handler;
}

export function createRoutes({ authenticate, query, dashboards, datasources, projects, signOut, health, metrics }: RouteDependencies): Route[] {
  const get = (path: string, handler: Handler): Route => ({ method: 'GET', path, handler });
  const post = (path: string, handler: Handler): Route => ({ method: 'POST', path, handler });
  const signedIn = (inner: IdentityHandler): Handler => withIdentity(authenticate, inner);

  return [
    // Perses clients look for the proxy at the root; everything of ours is below /api.
    ...['/api/proxy', '/proxy'].flatMap((prefix) => {
      const path = `${prefix}/globaldatasources/:datasource/*`;
      return [get(path, signedIn(query)), post(path, signedIn(query))];
    }),
    get('/api/v1/dashboards', signedIn(dashboards.list)),
    get('/api/v1/projects', signedIn(projects.list)),
    get('/api/v1/projects/:project', signedIn(projects.get)),
    get('/api/v1/projects/:project/dashboards', signedIn(dashboards.listOfProject)),
    get('/api/v1/projects/:project/dashboards/:name', signedIn(dashboards.get)),
    get('/api/v1/projects/:project/datasources', signedIn(datasources.listOfProject)),
    get('/api/v1/globaldatasources', signedIn(datasources.list)),
    get('/api/v1/globaldatasources/:name', signedIn(datasources.get)),
    get('/api/me', signedIn(projects.me)),
    post('/api/auth/sign-out', signOut),
    get('/api/health/live', health.live),
    get('/api/health/ready', health.ready),
    get('/metrics', metrics),
  ];
}
