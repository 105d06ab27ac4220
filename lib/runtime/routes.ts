/** Every address of the API and who answers it. Decides nothing else. */
import { asMember } from '../access/as-member';
import type { Refusals } from '../audit/refusals';
import type { Handler, Route } from '../http/handler';
import { jsonResponse } from '../http/json';
import { jsonOnly } from '../http/json-only';
import type { IdentityHandler } from '../http/with-identity';
import type { Authenticate } from '../identity/identity';
import type { ChangesApi } from '../dashboards/changes-api';
import type { DashboardsApi } from '../dashboards/dashboards-api';
import type { ManageApi } from '../dashboards/manage/manage-api';
import type { DatasourcesApi } from '../dashboards/datasources-api';
import type { ProjectsApi } from '../dashboards/projects-api';
import type { PreferencesApi } from '../preferences/preferences-api';
import { version } from '../../package.json';
import type { Health } from './health';
import { openApiDocument } from './openapi';

export interface RouteDependencies {
  readonly authenticate: Authenticate;
  readonly refusals: Refusals;
  readonly query: IdentityHandler;
  readonly summary: IdentityHandler;
  readonly absence: IdentityHandler;
  readonly status: IdentityHandler;
  readonly recentErrors: IdentityHandler;
  readonly dashboards: DashboardsApi;
  readonly changes: ChangesApi;
  readonly check: IdentityHandler;
  readonly history: IdentityHandler;
  readonly importGrafana: IdentityHandler;
  readonly manage: ManageApi;
  readonly settings: IdentityHandler;
  readonly datasources: DatasourcesApi;
  readonly projects: ProjectsApi;
  readonly preferences: PreferencesApi;
  readonly views: IdentityHandler;
  readonly signOut: Handler;
  /** Name of the cookie that holds a session. */
  readonly sessionCookie: string;
  readonly health: Health;
  /** Left out where the app's own metrics have a port of their own. */
  readonly metrics: Handler | undefined;
}

export function createRoutes({ authenticate, refusals, query, summary, absence, status, recentErrors, dashboards, changes, manage, settings, check, history, importGrafana, datasources, projects, preferences, views, signOut, health, metrics, sessionCookie }: RouteDependencies): Route[] {
  const get = (path: string, handler: Handler): Route => ({ method: 'GET', path, handler });
  const post = (path: string, handler: Handler): Route => ({ method: 'POST', path, handler });
  const signedIn = (inner: IdentityHandler): Handler => refusals.signedIn(authenticate, inner);

  const change = (inner: IdentityHandler): Handler => jsonOnly(signedIn(inner));

  const routes: Route[] = [
    // Perses clients look for the proxy at the root; everything of ours is below /api.
    ...['/api/proxy', '/proxy'].flatMap((prefix) => {
      const path = `${prefix}/globaldatasources/:datasource/*`;
      return [get(path, signedIn(query)), post(path, signedIn(query))];
    }),
    // What the viewer asks, as the members of some projects would be answered.
    get('/api/as/:projects/proxy/globaldatasources/:datasource/*', signedIn(asMember(query))),
    post('/api/as/:projects/proxy/globaldatasources/:datasource/*', signedIn(asMember(query))),
    get('/api/as/:projects/v1/globaldatasources', signedIn(asMember(datasources.list))),
    get('/api/as/:projects/me', signedIn(asMember(projects.me))),
    get('/api/as/:projects/absence', signedIn(asMember(absence))),
    get('/api/v1/dashboards', signedIn(dashboards.list)),
    get('/api/v1/projects', signedIn(projects.list)),
    get('/api/v1/projects/:project', signedIn(projects.get)),
    get('/api/v1/projects/:project/dashboards', signedIn(dashboards.listOfProject)),
    post('/api/v1/projects/:project/dashboards', change(changes.create)),
    get('/api/v1/projects/:project/dashboards/:name', signedIn(dashboards.get)),
    { method: 'PUT', path: '/api/v1/projects/:project/dashboards/:name', handler: change(changes.update) },
    { method: 'DELETE', path: '/api/v1/projects/:project/dashboards/:name', handler: signedIn(changes.remove) },
    post('/api/validate/dashboards', change(changes.validate)),
    post('/api/manage/check', change(check)),
    get('/api/manage/dashboards/:project/:name/history', signedIn(history)),
    post('/api/import/grafana', change(importGrafana)),
    get('/api/manage/projects', signedIn(manage.projects)),
    { method: 'PUT', path: '/api/manage/settings', handler: change(settings) },
    get('/api/manage/dashboards', signedIn(manage.list)),
    get('/api/manage/removed', signedIn(manage.removed)),
    get('/api/manage/dashboards/:project/:name', signedIn(manage.get)),
    get('/api/manage/dashboards/:project/:name/yaml', signedIn(manage.yaml)),
    get('/api/config', datasources.clientConfig),
    get('/api/v1/datasources', signedIn(datasources.listOfProject)),
    get('/api/v1/projects/:project/datasources', signedIn(datasources.listOfProject)),
    get('/api/v1/projects/:project/datasources/:name', signedIn(datasources.getOfProject)),
    get('/api/v1/globaldatasources', signedIn(datasources.list)),
    get('/api/v1/globaldatasources/:name', signedIn(datasources.get)),
    get('/api/me', signedIn(projects.me)),
    get('/api/preferences', signedIn(preferences.get)),
    { method: 'PUT', path: '/api/preferences', handler: change(preferences.change) },
    post('/api/audit/views', change(views)),
    get('/api/summary', signedIn(summary)),
    get('/api/absence', signedIn(absence)),
    get('/api/status', signedIn(status)),
    get('/api/recent-errors', signedIn(recentErrors)),
    post('/api/auth/sign-out', refusals.open(signOut)),
    get('/api/health/live', health.live),
    get('/api/health/ready', health.ready),
    ...(metrics === undefined ? [] : [get('/metrics', metrics)]),
  ];
  const documentPath = '/api/openapi.json';
  const document = openApiDocument([...routes, { method: 'GET', path: documentPath }], { version, sessionCookie });
  return [...routes, get(documentPath, () => Promise.resolve(jsonResponse(document)))];
}
