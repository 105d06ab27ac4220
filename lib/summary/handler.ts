/**
 * `GET /api/summary?namespace=…`: a project summed up in one call. Its queries are asked of the query handler, like a
 * page's own: the same scope, limits, places and credential apply. Knows no metric.
 */
import { scopeIncludes, type ResolveScope, type Scope } from '../access/scope';
import type { DatasourceConfig } from '../config/schema';
import type { ErrorCode } from '../contracts/errors';
import { datasourceProxyPath, defaultApiBase } from '../contracts/links';
import { kubernetesName } from '../contracts/notation';
import type { Summary } from '../contracts/summary';
import { AppError, isAppError } from '../errors/app-error';
import type { RouteContext } from '../http/handler';
import { jsonResponse } from '../http/json';
import type { IdentityHandler } from '../http/with-identity';
import type { Identity } from '../identity/identity';
import { createSharedCalls } from '../identity/shared-calls';
import { callerKey } from '../identity/token-hash';
import { deadline } from '../query/deadline';
import { asksAsCaller } from '../tokens/credential';
import { figureNames, figures, projectQuery, type FigureName } from './figures';
import { readMatrix, type Steps } from './matrix';
import { summarize, type Answer } from './summarize';

export interface SummaryHandlerDependencies {
  readonly resolveScope: ResolveScope;
  /** Handler of the Prometheus API, which enforces what the caller may see. */
  readonly query: IdentityHandler;
  readonly datasources: readonly DatasourceConfig[];
  /** Now, in milliseconds since the epoch. */
  readonly date: () => number;
}

interface Computed {
  readonly summary: Summary;
  /** Subject of the caller whose rate, sign-in and access it was computed with. */
  readonly by: string;
}

/** Pages ask every 30 s; whoever asks within this time gets the same answer. */
const keepFor = 20_000;

const endpoint = 'api/v1/query_range';

/** One slow figure must not keep the others waiting for longer than people do. */
const timeout = 10_000;

const range = 6 * 3_600_000;
const step = 600_000;

/** Others may wait for the same answer, so that no caller's leaving ends it. */
const nobody = new AbortController().signal;

/** Failures that are the caller's own: of their rate, sign-in or access. */
const personal = /^ERR_(?:AUTH|ACCESS)_|^ERR_QUERY_004$/;

/**
 * Handler of the summary. A figure that cannot be had says so in its place.
 *
 * Throws AppError: `ERR_ACCESS_001` for a caller without projects, `ERR_ACCESS_002` for a namespace that is not the
 * caller's or none at all, `ERR_DATA_002` when no metrics backend is configured.
 */
export function createSummaryHandler({ resolveScope, query, datasources, date }: SummaryHandlerDependencies): IdentityHandler {
  const shared = createSharedCalls<Computed>({
    now: date,
    keepResult: ({ summary }) => (failures(summary).length === 0 ? keepFor : 0),
    keepFailure: () => 0,
  });
  const datasource = datasources.find((candidate) => candidate.default);

  async function compute(namespace: string, { url }: Request, context: RouteContext, identity: Identity): Promise<Summary> {
    if (datasource === undefined) {
      throw new AppError('ERR_DATA_002');
    }
    const address = new URL(`${defaultApiBase}${datasourceProxyPath(datasource.name)}/${endpoint}`, url);
    const end = Math.floor(date() / 1000);
    const steps: Steps = { start: end - range / 1000, end, step: step / 1000 };
    const time = deadline(nobody, timeout);
    const ask = async (name: FigureName): Promise<Answer> => {
      try {
        const promql = projectQuery(figures[name], datasource.scopeLabel, namespace);
        const request = new Request(address, { method: 'POST', body: rangeForm(promql, steps), signal: time.signal });
        const response = await query(request, { ...context, params: { datasource: datasource.name, '*': endpoint } }, identity);
        return { series: readMatrix(await response.json(), steps) };
      } catch (error) {
        const code = isAppError(error) ? error.code : time.expired() ? 'ERR_QUERY_002' : 'ERR_DATA_001';
        context.log.warn({ err: error, figure: name, code }, 'a figure of the summary could not be had');
        return { code };
      }
    };
    const answers = await Promise.all(figureNames.map(async (name) => [name, await ask(name)] as const));
    time.clear();
    // An entry for each name.
    return { namespace, time: end * 1000, range, ...summarize(Object.fromEntries(answers) as Record<FigureName, Answer>) };
  }

  return async (request, context, identity) => {
    const [namespace = '', ...others] = new URL(request.url).searchParams.getAll('namespace');
    const scope = await resolveScope(identity);
    if (scope.kind === 'none') {
      throw new AppError('ERR_ACCESS_001');
    }
    if (others.length > 0 || !kubernetesName.test(namespace) || !scopeIncludes(scope, namespace)) {
      throw new AppError('ERR_ACCESS_002');
    }
    const own = async (): Promise<Computed> => ({ summary: await compute(namespace, request, context, identity), by: identity.subject });
    const asker = datasource !== undefined && asksAsCaller(datasource) ? callerKey(identity) : '';
    const { summary, by } = await shared(JSON.stringify([asker, scopeKey(scope), namespace]), own);
    // What failed for another caller need not fail for this one.
    const isForeignFailure = by !== identity.subject && failures(summary).some((code) => personal.test(code));
    return jsonResponse(isForeignFailure ? (await own()).summary : summary);
  };
}

/** Callers with the same scope get the same answers, where the metrics backend does not learn who asks. */
function scopeKey(scope: Exclude<Scope, { kind: 'none' }>): string {
  return scope.kind === 'all' ? '*' : scope.namespaces.join(',');
}

function rangeForm(query: string, { start, end, step: seconds }: Steps): URLSearchParams {
  return new URLSearchParams({ query, start: String(start), end: String(end), step: String(seconds), timeout: `${timeout / 1000}s` });
}

function failures({ models, ...rest }: Summary): ErrorCode[] {
  const parts = [rest.trainingJobs, rest.gpuUtilization, rest.activeNotebooks, rest.failedRuns, models];
  const ofModels = models.state === 'measured' ? models.shown.flatMap(({ requestRate, errorRate, latencyP95 }) => [requestRate, errorRate, latencyP95]) : [];
  return [...parts, ...ofModels].flatMap((part) => (part.state === 'failed' ? [part.code] : []));
}
