/** What the app itself asks of a metrics backend, beside what callers ask. */
import { z } from 'zod';
import type { Scope } from '../access/scope';
import { scopeIncludes } from '../access/scope';
import type { DatasourceConfig } from '../config/schema';
import { AppError, isAppError } from '../errors/app-error';
import { scopeSelector } from '../promql/enforce';
import type { Caller, Forward } from './upstream';

export interface LookUp {
  readonly datasource: DatasourceConfig;
  readonly scope: Scope;
  /** In milliseconds since the epoch: series that had a sample between these. */
  readonly start: number;
  readonly end: number;
}

const valuesAnswer = z.object({ data: z.array(z.string()) });

/** The values that a label has in the series of a scope. */
async function labelValues(forward: Forward, label: string, { datasource, scope, start, end }: LookUp, caller: Caller): Promise<string[]> {
  if (scope.kind === 'none') return [];
  const parameters = new URLSearchParams({ start: String(start / 1000), end: String(end / 1000) });
  if (scope.kind === 'namespaces') parameters.append('match[]', scopeSelector(scope, datasource.scopeLabel));
  const { body } = await forward({ datasource, endpoint: 'label_values', method: 'GET', path: `/api/v1/label/${label}/values`, parameters, gzip: false }, caller);
  const answer = valuesAnswer.safeParse(JSON.parse(Buffer.from(body).toString('utf8')));
  if (!answer.success) throw new AppError('ERR_DATA_001', { cause: answer.error });
  return answer.data.data;
}

/**
 * The namespaces of a scope that metrics exist for, sorted: values of the datasource's scope label.
 *
 * @throws AppError like `Forward`
 */
export async function namespacesWithMetrics(forward: Forward, lookUp: LookUp, caller: Caller): Promise<string[]> {
  const values = await labelValues(forward, lookUp.datasource.scopeLabel, lookUp, caller);
  return values.filter((namespace) => namespace !== '' && scopeIncludes(lookUp.scope, namespace)).sort();
}

/**
 * The names of the metrics that a scope has series of.
 *
 * @throws AppError like `Forward`
 */
export async function metricNames(forward: Forward, lookUp: LookUp, caller: Caller): Promise<ReadonlySet<string>> {
  return new Set(await labelValues(forward, '__name__', lookUp, caller));
}

/**
 * Whether a metrics backend answers, for readiness. Prometheus's `/-/ready` is not passed on by every gateway.
 *
 * Nobody asks, so a backend that wants to know who does gets no credential: one that refuses for that reason is there.
 * Giving it another one, to see more, would put an account into use that no caller has.
 *
 * @throws AppError like `Forward`; the reason of the signal when it is aborted first
 */
export async function probe(forward: Forward, datasource: DatasourceConfig, signal: AbortSignal): Promise<void> {
  try {
    await forward(
      { datasource, endpoint: 'status_buildinfo', method: 'GET', path: '/api/v1/status/buildinfo', parameters: new URLSearchParams(), gzip: false },
      { identity: undefined, signal },
    );
  } catch (error) {
    // The codes of 401 and 403, which only a backend that is asked as the caller is refused with.
    const refused = isAppError(error) && (error.code === 'ERR_AUTH_003' || error.code === 'ERR_ACCESS_002');
    if (!refused) throw error;
  }
}
