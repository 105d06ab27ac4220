/**
 * Answers the Prometheus API for one caller: who may see what is asked first, then what is asked for, then how much.
 * Knows neither PromQL's syntax nor how connections are made.
 */
import { scopeIncludes, type ResolveScope } from '../access/scope';
import { actorOf } from '../audit/events';
import type { AnsweredQuery } from '../audit/recorded-query';
import type { DatasourceConfig, Limits } from '../config/schema';
import { AppError, isAppError } from '../errors/app-error';
import { acceptsGzip } from '../http/accepts-gzip';
import type { IdentityHandler } from '../http/with-identity';
import type { SharedRate } from '../redis/shared-rate';
import type { Metrics } from '../telemetry/metrics';
import { createAdmission } from './admission';
import { checkedParameters, type UpstreamParameters } from './checked-parameters';
import { deadline } from './deadline';
import { findEndpoint, type EndpointMatch } from './endpoints';
import type { FilterContext } from './filters';
import { heldBody } from './held-body';
import { metricNames } from './lookups';
import { readParameters } from './parameters';
import type { Forward, UpstreamResponse } from './upstream';

export interface QueryHandlerDependencies {
  readonly resolveScope: ResolveScope;
  readonly datasources: readonly DatasourceConfig[];
  readonly limits: Limits;
  readonly metrics: Pick<Metrics, 'queryDuration'>;
  readonly forward: Forward;
  /** Monotonic clock in milliseconds. */
  readonly now: () => number;
  /** Now, in milliseconds since the epoch. */
  readonly date: () => number;
  /** Counts the queries of a person at all replicas together. */
  readonly sharedRate?: SharedRate;
  /** Told of every query that was answered, for the records. */
  readonly answered?: (query: AnsweredQuery) => void;
}

/**
 * Handler of `/api/proxy/globaldatasources/:datasource/*`, for GET and POST. Resolves with Prometheus's own answer.
 *
 * Throws AppError: `ERR_ACCESS_001` for a caller without projects, `ERR_DATA_002` for an unknown datasource or
 * endpoint, `ERR_QUERY_001` to `ERR_QUERY_004` for what may not be asked, `ERR_DATA_001` when the backend fails.
 */
export function createQueryHandler({ resolveScope, datasources, limits, metrics, forward, now, date, sharedRate, answered }: QueryHandlerDependencies): IdentityHandler {
  const byName = new Map(datasources.map((datasource) => [datasource.name, datasource]));
  const admission = createAdmission(limits, now, sharedRate);

  return async (request, { params, requestId }, identity) => {
    const started = now();
    const scope = await resolveScope(identity);
    if (scope.kind === 'none') throw new AppError('ERR_ACCESS_001');
    const datasource = byName.get(params['datasource'] ?? '');
    const path = params['*'] ?? '';
    const match = findEndpoint(path, request.method);
    if (datasource === undefined || match === undefined) throw new AppError('ERR_DATA_002');
    const { endpoint } = match;

    const time = deadline(request.signal, limits.timeout);
    try {
      const leave = await admission.admit(identity.subject, time.signal);
      let answer: UpstreamResponse;
      try {
        const given = await readParameters(request, time.signal);
        const parameters = endpoint.parameters(checkedParameters(given, { scope, scopeLabel: datasource.scopeLabel, limits, date }));
        const filtered = scope.kind !== 'all' && endpoint.filter !== undefined;
        const received = await forward(
          {
            datasource,
            endpoint: endpoint.name,
            method: endpoint.send,
            path: `/${path}`,
            parameters: toForm(parameters),
            gzip: !filtered && acceptsGzip(request.headers),
          },
          { identity, signal: time.signal },
        );
        const end = date();
        answer = filtered
          ? await filter(received, match, {
              owns: (labels) => scopeIncludes(scope, labels[datasource.scopeLabel] ?? ''),
              scopeLabel: datasource.scopeLabel,
              label: match.label,
              metricNames: () => metricNames(forward, { datasource, scope, start: end - limits.range, end }, { identity, signal: time.signal }),
            })
          : received;
        answered?.({
          actor: actorOf(identity, requestId),
          datasource: datasource.name,
          endpoint: endpoint.name,
          parameters: present(parameters),
          unlimited: scope.kind === 'all',
          ...answer,
        });
      } catch (error) {
        leave();
        throw error;
      }
      return respond(heldBody(answer.body, leave, request.signal), answer.gzip);
    } catch (error) {
      throw time.expired() ? new AppError('ERR_QUERY_002', { detail: `Nothing came within ${limits.timeout / 1000} s.` }) : error;
    } finally {
      time.clear();
      metrics.queryDuration.observe({ datasource: datasource.name, endpoint: endpoint.name }, (now() - started) / 1000);
    }
  };
}

/** The bytes as they are, compressed or not. */
function respond(body: BodyInit, gzip: boolean): Response {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store', vary: 'accept-encoding' };
  return new Response(body, { headers: gzip ? { ...headers, 'content-encoding': 'gzip' } : headers });
}

async function filter({ body }: UpstreamResponse, { endpoint }: EndpointMatch, context: FilterContext): Promise<UpstreamResponse> {
  let data: unknown;
  try {
    const answer: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    // Nothing but the filtered data is kept: what else the upstream says was said about everyone's.
    data = await endpoint.filter?.(typeof answer === 'object' && answer !== null && 'data' in answer ? answer.data : undefined, context);
  } catch (cause) {
    throw isAppError(cause) ? cause : new AppError('ERR_DATA_001', { cause });
  }
  return { body: Buffer.from(JSON.stringify({ status: 'success', data })), gzip: false };
}

/** The parameters that there are. */
function present(parameters: UpstreamParameters): AnsweredQuery['parameters'] {
  return Object.fromEntries(Object.entries(parameters).filter((entry): entry is [string, string | string[]] => entry[1] !== undefined));
}

function toForm(parameters: UpstreamParameters): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (typeof value === 'string') form.append(name, value);
    else value?.forEach((item) => form.append(name, item));
  }
  return form;
}
