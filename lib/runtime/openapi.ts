/**
 * The API as an OpenAPI 3.1 document, from the routes that there are and the schemas of the contracts. Describes; answers
 * nothing else.
 */
import { toJSONSchema, z } from 'zod';
import { absenceSchema } from '../contracts/absence';
import { viewReportSchema, openedViewSchema } from '../contracts/audit';
import { dashboardSchema } from '../contracts/dashboard';
import { apiErrorSchema, errorCatalogue, type ErrorCode } from '../contracts/errors';
import { meSchema } from '../contracts/identity';
import { managedProjectsSchema, managedResourceSchema, managementSchema, settingsChangedSchema, settingsChangeSchema } from '../contracts/manage';
import { preferenceChangesSchema, preferencesAnswerSchema } from '../contracts/preferences';
import { checkAnswerSchema, checkRequestSchema, historySchema, importAnswerSchema, removedSchema } from '../contracts/editor';
import { globalDatasourceSchema, persesConfigSchema, projectSchema } from '../contracts/perses';
import { platformStatusSchema, recentErrorsSchema } from '../contracts/status';
import { summarySchema } from '../contracts/summary';
import type { Route } from '../http/handler';

interface Operation {
  readonly summary: string;
  /** Names of query parameters, each with its meaning. */
  readonly query?: Readonly<Record<string, string>>;
  readonly request?: z.ZodType;
  readonly response?: z.ZodType;
  /** 200 where nothing else is said. */
  readonly status?: 204;
  /** Codes of the catalogue that are this operation's own. */
  readonly errors?: readonly ErrorCode[];
  /** Whether anybody may ask. */
  readonly open?: true;
}

const named = { name: 'Only those whose name begins so.' };
const listed = { ...named, metadata_only: '`true` leaves panels, variables and layouts out.' };
const ofProject = { ...listed, project: 'Only those of this project.' };
const changing = ['ERR_DASH_002', 'ERR_ACCESS_002', 'ERR_DASH_004', 'ERR_DASH_005'] as const;
const datasources = { ...named, kind: 'Only those of this plugin.', default: '`true` or `false`: only those that are, or are not, the default.' };
const proxy: Operation = {
  summary: 'Prometheus\'s HTTP API, limited to the projects of the caller. `*` is one of its paths, such as `api/v1/query_range`.',
  errors: ['ERR_ACCESS_001', 'ERR_QUERY_001', 'ERR_QUERY_002', 'ERR_QUERY_003', 'ERR_QUERY_004', 'ERR_DATA_001', 'ERR_DATA_002'],
};

const absence: Operation = { summary: 'Why a query was answered with nothing.', query: { query: 'The query.', start: 'Begin of its time range.', end: 'End of its time range.', datasource: 'Where it was asked; the default datasource where nothing is said.' }, response: absenceSchema, errors: ['ERR_QUERY_001', 'ERR_DATA_002'] };
const preview = ['ERR_ACCESS_001', 'ERR_ACCESS_002'] as const;
const asMembers = (operation: Operation, what: string): Operation => ({ ...operation, summary: `${what}, as members of \`projects\` (names separated by commas) would be answered: never more than the caller may see.`, errors: [...new Set([...preview, ...(operation.errors ?? [])])] });

/** By method and path, as in the routes. */
export const operations: Readonly<Record<string, Operation>> = {
  'GET /api/proxy/globaldatasources/:datasource/*': proxy,
  'POST /api/proxy/globaldatasources/:datasource/*': proxy,
  'GET /proxy/globaldatasources/:datasource/*': proxy,
  'POST /proxy/globaldatasources/:datasource/*': proxy,
  'GET /api/as/:projects/proxy/globaldatasources/:datasource/*': asMembers(proxy, 'Prometheus\'s HTTP API'),
  'POST /api/as/:projects/proxy/globaldatasources/:datasource/*': asMembers(proxy, 'Prometheus\'s HTTP API'),
  'GET /api/as/:projects/v1/globaldatasources': asMembers({ summary: '', query: datasources, response: z.array(globalDatasourceSchema) }, 'Datasources'),
  'GET /api/as/:projects/me': asMembers({ summary: '', response: meSchema }, 'Who the caller is'),
  'GET /api/as/:projects/absence': asMembers(absence, 'Why a query was answered with nothing'),
  'GET /api/config': { summary: 'What a Perses client has to know before it signs in.', response: persesConfigSchema, open: true },
  'GET /api/openapi.json': { summary: 'This document.', open: true },
  'GET /api/v1/dashboards': { summary: 'Dashboards that the caller may see.', query: ofProject, response: z.array(dashboardSchema) },
  'GET /api/v1/projects': { summary: 'Projects of the caller, and the one of the built-in dashboards.', query: named, response: z.array(projectSchema) },
  'GET /api/v1/projects/:project': { summary: 'One project.', response: projectSchema, errors: ['ERR_ACCESS_002'] },
  'GET /api/v1/projects/:project/dashboards': { summary: 'Dashboards of a project.', query: listed, response: z.array(dashboardSchema) },
  'POST /api/v1/projects/:project/dashboards': { summary: 'Makes a dashboard.', request: dashboardSchema, response: dashboardSchema, errors: [...changing, 'ERR_DASH_006'] },
  'GET /api/v1/projects/:project/dashboards/:name': { summary: 'One dashboard.', response: dashboardSchema, errors: ['ERR_DASH_001'] },
  'PUT /api/v1/projects/:project/dashboards/:name': {
    summary: 'Replaces a dashboard. `metadata.version` is the one that was read; 0 replaces any.',
    request: dashboardSchema,
    response: dashboardSchema,
    errors: [...changing, 'ERR_DASH_001', 'ERR_DASH_003'],
  },
  'DELETE /api/v1/projects/:project/dashboards/:name': { summary: 'Removes a dashboard.', status: 204, errors: ['ERR_ACCESS_002', 'ERR_DASH_001', 'ERR_DASH_004', 'ERR_DASH_005'] },
  'POST /api/validate/dashboards': { summary: 'Says whether a dashboard would be accepted.', request: dashboardSchema, response: z.object({ status: z.literal('success') }), errors: ['ERR_DASH_002'] },
  'POST /api/manage/check': { summary: 'What is wrong with the text of a dashboard, line by line.', request: checkRequestSchema, response: checkAnswerSchema, errors: ['ERR_QUERY_001', 'ERR_QUERY_003'] },
  'GET /api/manage/dashboards/:project/:name/history': { summary: 'Versions of a dashboard that were replaced, the newest first.', response: historySchema, errors: ['ERR_ACCESS_002', 'ERR_DASH_001'] },
  'POST /api/import/grafana': { summary: 'What a dashboard of Grafana (its JSON, schema 30 and later) becomes here, with a report. Nothing is stored.', response: importAnswerSchema, errors: ['ERR_DASH_002', 'ERR_QUERY_003'] },
  'GET /api/manage/projects': { summary: 'Projects whose dashboards the caller may change.', response: managedProjectsSchema },
  'PUT /api/manage/settings': {
    summary: 'Changes how administrators arrange dashboards of every source: the given settings and no others. `null` takes one back.',
    request: settingsChangeSchema,
    response: settingsChangedSchema,
    errors: ['ERR_ACCESS_002', 'ERR_QUERY_001', 'ERR_QUERY_003', 'ERR_DASH_001', 'ERR_DASH_003', 'ERR_DASH_004', 'ERR_DASH_005'],
  },
  'GET /api/manage/dashboards': { summary: 'Dashboards that the caller may change or arrange, disabled ones too, and what is wrong in their sources.', response: managementSchema, errors: ['ERR_ACCESS_002'] },
  'GET /api/manage/removed': { summary: 'Dashboards that were removed and can be made anew, as they were stored last.', response: removedSchema, errors: ['ERR_ACCESS_002'] },
  'GET /api/manage/dashboards/:project/:name': { summary: 'One of them, as its source has it.', response: managedResourceSchema, errors: ['ERR_ACCESS_002', 'ERR_DASH_001'] },
  'GET /api/manage/dashboards/:project/:name/yaml': { summary: 'The same as a `PersesDashboard` in YAML, to be kept as a file.', errors: ['ERR_ACCESS_002', 'ERR_DASH_001'] },
  'GET /api/v1/datasources': { summary: 'Datasources of projects: there are none.', response: z.array(globalDatasourceSchema).max(0) },
  'GET /api/v1/projects/:project/datasources': { summary: 'Datasources of a project: there are none.', response: z.array(globalDatasourceSchema).max(0) },
  'GET /api/v1/projects/:project/datasources/:name': { summary: 'One datasource of a project: there is none.', errors: ['ERR_DATA_002'] },
  'GET /api/v1/globaldatasources': { summary: 'Datasources of the configuration.', query: datasources, response: z.array(globalDatasourceSchema) },
  'GET /api/v1/globaldatasources/:name': { summary: 'One datasource.', response: globalDatasourceSchema, errors: ['ERR_DATA_002'] },
  'GET /api/me': { summary: 'Who the caller is.', response: meSchema },
  'GET /api/preferences': { summary: 'What the caller prefers, where the server keeps it.', response: preferencesAnswerSchema, errors: ['ERR_PREF_001'] },
  'PUT /api/preferences': {
    summary: 'Changes what the caller prefers: the given keys and no others. `null` takes a value back.',
    request: preferenceChangesSchema,
    response: preferencesAnswerSchema,
    errors: ['ERR_ACCESS_002', 'ERR_QUERY_001', 'ERR_QUERY_003', 'ERR_QUERY_004', 'ERR_PREF_001'],
  },
  'POST /api/audit/views': { summary: 'Tells that a dashboard was opened or left, for the audit log.', request: viewReportSchema, response: openedViewSchema },
  'GET /api/summary': { summary: 'A project in figures.', query: { namespace: 'The project.' }, response: summarySchema, errors: ['ERR_ACCESS_002'] },
  'GET /api/absence': absence,
  'GET /api/status': { summary: 'Whether what is behind the app works; for administrators with what was found and what to do.', response: platformStatusSchema },
  'GET /api/recent-errors': { summary: 'The last warnings and errors of the replica that answers, as in its log; for administrators.', response: recentErrorsSchema, errors: ['ERR_ACCESS_002'] },
  'POST /api/auth/sign-out': { summary: 'Ends the session, here and at the identity provider.', open: true },
  'GET /api/health/live': { summary: 'Whether the process answers.', open: true },
  'GET /api/health/ready': { summary: 'Whether anything can be served, and which dependency is missing.', open: true },
  'GET /metrics': { summary: 'The app\'s own metrics, in Prometheus\'s format.', open: true },
};

export interface DocumentFacts {
  /** Of the app. */
  readonly version: string;
  /** Name of the cookie that holds a session. */
  readonly sessionCookie: string;
}

export function openApiDocument(routes: readonly Pick<Route, 'method' | 'path'>[], { version, sessionCookie }: DocumentFacts) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { method, path } of routes) {
    const operation = operations[`${method} ${path}`];
    const address = path.replaceAll(/:(\w+)/g, '{$1}').replace(/\*$/, '{path}');
    paths[address] = { ...paths[address], [method.toLowerCase()]: describe(address, operation ?? { summary: '' }) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Observability for OpenShift AI', version, description: 'The API of the Perses server for dashboards, projects and datasources, and what the pages of this app need beside it.' },
    security: [{ bearer: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' }, session: { type: 'apiKey', in: 'cookie', name: sessionCookie } },
      schemas: { Error: jsonSchema(apiErrorSchema) },
    },
  };
}

function describe(address: string, { summary, query = {}, request, response, status, errors = [], open }: Operation) {
  const inPath = [...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  const inQuery = Object.entries(query).map(([name, description]) => ({ name, in: 'query', required: false, description, schema: { type: 'string' } }));
  const codes: ErrorCode[] = [...(open ? [] : (['ERR_AUTH_001', 'ERR_AUTH_002'] as const)), ...errors];
  return {
    summary,
    ...(open ? { security: [] } : {}),
    ...(inPath.length + inQuery.length === 0 ? {} : { parameters: [...inPath, ...inQuery] }),
    ...(request === undefined ? {} : { requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(request) } } } }),
    responses: {
      [status ?? 200]: { description: 'Done.', ...(response === undefined ? {} : { content: { 'application/json': { schema: jsonSchema(response) } } }) },
      ...Object.fromEntries(statusesOf(codes).map(([code, names]) => [code, { description: names.join(', '), content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } }])),
    },
  };
}

function statusesOf(codes: readonly ErrorCode[]): [number, string[]][] {
  const byStatus = new Map<number, string[]>();
  for (const code of codes) byStatus.set(errorCatalogue[code].status, [...(byStatus.get(errorCatalogue[code].status) ?? []), code]);
  return [...byStatus];
}

function jsonSchema(schema: z.ZodType): Record<string, unknown> {
  const { $schema, ...rest } = toJSONSchema(schema, { target: 'draft-2020-12', unrepresentable: 'any', io: 'input' });
  return rest;
}
