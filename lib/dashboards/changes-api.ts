/**
 * Changing dashboards, as the Perses server's API has it (https://perses.dev/perses/docs/api/dashboard/). Who may change
 * what is asked of the access layer; where it is kept, of the writer.
 */
import type { MayEdit, ResolveScope } from '../access/scope';
import type { AuditLog } from '../audit/audit-log';
import { differencesBetween } from '../audit/difference';
import { actorOf, type ChangeEvent } from '../audit/events';
import { parseYaml, YamlSyntaxError } from '../config/yaml';
import type { Dashboard } from '../contracts/dashboard';
import { AppError } from '../errors/app-error';
import { readText } from '../http/body';
import { jsonResponse } from '../http/json';
import type { IdentityHandler } from '../http/with-identity';
import type { Identity } from '../identity/identity';
import { assertSameOrigin } from '../identity/same-origin';
import { isOfTaste, type RuleProblem } from './check/rules';
import { parseDashboard } from './parse';
import { keyOf, type DashboardStore, type DashboardWriter, type StoredDashboard } from './store';
import { isOpenTo } from './visibility';

export interface ChangesApiDependencies {
  readonly audit: Pick<AuditLog, 'record'>;
  readonly store: DashboardStore;
  /** By the name of their source. New dashboards go to the first; where there is none, none are made in the app. */
  readonly writers: ReadonlyMap<string, DashboardWriter>;
  readonly resolveScope: ResolveScope;
  readonly mayEdit: MayEdit;
  /** What a dashboard breaks of the rules (`check/rules.ts`). */
  readonly brokenRules: (dashboard: Dashboard) => readonly RuleProblem[];
  readonly platformProject: string;
  readonly publicUrl: string;
}

export interface ChangesApi {
  /** `POST /api/v1/projects/:project/dashboards`; `ERR_DASH_003` when there is one already. */
  readonly create: IdentityHandler;
  /** `PUT /api/v1/projects/:project/dashboards/:name`, with `metadata.version` as it was read; `ERR_DASH_003` when it is another by now. */
  readonly update: IdentityHandler;
  /** `DELETE /api/v1/projects/:project/dashboards/:name` */
  readonly remove: IdentityHandler;
  /** `POST /api/validate/dashboards`: 200 when the body is a dashboard that works here, `ERR_DASH_002` with place and reason when not. */
  readonly validate: IdentityHandler;
}

/** More than can be read at once. */
const mostTold = 10;

/** As much as the host's proxy lets through. */
const maxBytes = 1024 * 1024;

/**
 * All handlers throw AppError: `ERR_DASH_002` for a body that is no dashboard, `ERR_ACCESS_002` for who may not change
 * it, `ERR_DASH_001` for one that does not exist for the caller, `ERR_DASH_004` when it could not be stored,
 * `ERR_DASH_005` for one that is kept where nothing is changed.
 */
export function createChangesApi({ audit, store, writers, resolveScope, mayEdit, brokenRules, platformProject, publicUrl }: ChangesApiDependencies): ChangesApi {
  /** @param writer of which it is asked; without one, by the access layer */
  async function assertMayEdit(writer: DashboardWriter | undefined, identity: Identity, project: string): Promise<void> {
    if (writer?.checksAccess !== true && !(await mayEdit(identity, project))) {
      throw new AppError('ERR_ACCESS_002', { detail: `You may not change dashboards of ${project}.` });
    }
  }

  /** The writer of new dashboards, for a caller who may make some in the project. */
  async function writerOfNew(request: Request, identity: Identity, project: string): Promise<DashboardWriter> {
    assertSameOrigin(request, publicUrl);
    const [writer] = writers.values();
    if (writer === undefined) throw new AppError('ERR_DASH_005', { detail: 'This installation has no store for dashboards that are made in the app.' });
    await assertMayEdit(writer, identity, project);
    return writer;
  }

  /** One that is there for the caller, enabled or not, who may change it, with its writer. */
  async function changeable(request: Request, identity: Identity, project: string, name: string): Promise<{ readonly stored: Dashboard; readonly writer: DashboardWriter }> {
    assertSameOrigin(request, publicUrl);
    // First and always: neither time nor an error of what decides tells whether there is one.
    const scope = await resolveScope(identity);
    const stored = (await store.snapshot()).dashboards.get(keyOf(project, name));
    const visible = stored !== undefined && isOpenTo(stored.dashboard, scope, platformProject) ? stored : undefined;
    const writer = visible === undefined ? undefined : writers.get(visible.source);
    // Who may not change dashboards of the project does not learn from here which there are.
    await assertMayEdit(writer, identity, project);
    if (visible === undefined) throw new AppError('ERR_DASH_001');
    if (writer === undefined || visible.appliedBy !== undefined) throw managedElsewhere(visible);
    return { stored: visible.dashboard, writer };
  }

  function record(event: ChangeEvent['event'], identity: Identity, requestId: string, { before, after }: { readonly before?: Dashboard; readonly after?: Dashboard }): void {
    const metadata = (after ?? before)?.metadata;
    if (metadata === undefined) return;
    const { changes, total } = differencesBetween(before, after);
    const { name: dashboard, project, version } = metadata;
    audit.record({ event, outcome: 'success', ...actorOf(identity, requestId), dashboard, project, version, changes, changes_total: total });
  }

  async function read(request: Request): Promise<Dashboard> {
    const text = await readText(request.body, maxBytes, request.signal);
    if (text === undefined) throw new AppError('ERR_DASH_002', { detail: `The body is larger than the ${maxBytes} bytes allowed.` });
    return dashboardOf(text, platformProject);
  }

  return {
    create: async (request, { params: { project = '' }, requestId }, identity) => {
      const target = await writerOfNew(request, identity, project);
      const after = await target.create(addressed(await read(request), project), identity);
      record('create_dashboard', identity, requestId, { after });
      return jsonResponse(after);
    },
    update: async (request, { params: { project = '', name = '' }, requestId }, identity) => {
      const { stored, writer } = await changeable(request, identity, project, name);
      const { before, after } = await writer.update(annotated(addressed(await read(request), project, name), stored), identity);
      record('update_dashboard', identity, requestId, { before, after });
      return jsonResponse(after);
    },
    remove: async (request, { params: { project = '', name = '' }, requestId }, identity) => {
      const { writer } = await changeable(request, identity, project, name);
      record('delete_dashboard', identity, requestId, { before: await writer.remove(project, name, identity) });
      return new Response(null, { status: 204 });
    },
    validate: async (request) => {
      const problems = brokenRules(await read(request)).filter(({ rule }) => !isOfTaste(rule));
      if (problems.length > 0) throw new AppError('ERR_DASH_002', { detail: problems.slice(0, mostTold).map(({ path, reason }) => `${path.join('.')}: ${reason}`).join(' ') });
      return jsonResponse({ status: 'success' });
    },
  };
}

function managedElsewhere({ dashboard: { metadata }, source, place, appliedBy }: StoredDashboard): AppError {
  return new AppError('ERR_DASH_005', { detail: `${keyOf(metadata.project, metadata.name)} comes from ${source} (${place})${appliedBy === undefined ? '' : `, where ${appliedBy} applies it from Git`}.` });
}

/**
 * The one dashboard of a text in JSON or YAML.
 *
 * @throws AppError `ERR_DASH_002` with line, place and reason
 */
function dashboardOf(text: string, platformProject: string): Dashboard {
  const refused = (detail: string): AppError => new AppError('ERR_DASH_002', { detail });
  try {
    const [document, ...others] = parseYaml(text);
    if (document === undefined || others.length > 0) throw refused(`The body holds ${others.length === 0 ? 'no dashboard' : 'more than one document'}.`);
    const parsed = parseDashboard(document.value, platformProject);
    if ('dashboard' in parsed) return parsed.dashboard;
    const [{ path, reason }] = parsed.problems;
    throw refused(`Line ${document.lineOf(path)}, ${path.length === 0 ? 'the resource' : path.join('.')}: ${reason}`);
  } catch (error) {
    throw error instanceof YamlSyntaxError ? refused(`Line ${error.line}: ${error.message}`) : error;
  }
}

/** @throws AppError `ERR_DASH_002` when a dashboard names another project or name than the address */
function addressed(dashboard: Dashboard, project: string, name = dashboard.metadata.name): Dashboard {
  const { metadata } = dashboard;
  if (metadata.project !== project || metadata.name !== name) {
    throw new AppError('ERR_DASH_002', { detail: `The dashboard is ${metadata.project}/${metadata.name}, the address says ${project}/${name}.` });
  }
  return dashboard;
}

/**
 * A changed dashboard with the annotations of the stored one, unless it brings its own. Perses's clients know none; what
 * they change stays for the audience that it was for.
 */
function annotated(dashboard: Dashboard, { metadata: { annotations } }: Dashboard): Dashboard {
  if (annotations === undefined || Object.keys(dashboard.metadata.annotations ?? {}).length > 0) return dashboard;
  return { ...dashboard, metadata: { ...dashboard.metadata, annotations } };
}
