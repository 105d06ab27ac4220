/**
 * Prometheus's API behind our proxy, as Perses's plugins call it. In place of Perses's own client, which keeps nothing
 * of an error but its sentence, and cannot be stopped.
 */
import type { PrometheusClient } from '@perses-dev/prometheus-plugin/lib/model';
import { ApiError } from '../../api/api-error';
import { failureOf } from '../../api/call';

/** A client whose requests end with a signal. */
export interface StoppableClient extends PrometheusClient {
  readonly withSignal: (signal: AbortSignal) => StoppableClient;
}

type Parameters = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/**
 * Every call rejects with ApiError, or with the signal's reason.
 *
 * @param datasourceUrl proxy address of the datasource
 */
export function createPrometheusClient(datasourceUrl: string, signal?: AbortSignal): StoppableClient {
  // The answers are the server's; Perses's types name their shapes.
  const get = async <Answer>(path: string, parameters: object): Promise<Answer> => (await answer(`${datasourceUrl}${path}?${form(parameters as Parameters).toString()}`, {}, signal)) as Answer;
  const post = async <Answer>(path: string, parameters: object): Promise<Answer> => (await answer(`${datasourceUrl}${path}`, { method: 'POST', body: form(parameters as Parameters) }, signal)) as Answer;
  return {
    options: { datasourceUrl },
    instantQuery: (parameters) => post('/api/v1/query', parameters),
    rangeQuery: (parameters) => post('/api/v1/query_range', parameters),
    labelNames: (parameters) => post('/api/v1/labels', parameters),
    labelValues: ({ labelName, ...parameters }) => get(`/api/v1/label/${encodeURIComponent(labelName)}/values`, parameters),
    metricMetadata: (parameters) => get('/api/v1/metadata', parameters),
    series: (parameters) => post('/api/v1/series', parameters),
    parseQuery: (parameters) => post('/api/v1/parse_query', parameters),
    withSignal: (other) => createPrometheusClient(datasourceUrl, other),
  };
}

async function answer(url: string, init: RequestInit, signal: AbortSignal | undefined): Promise<unknown> {
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(url, { ...init, ...(signal === undefined ? {} : { signal }) });
    body = await response.json();
  } catch (cause) {
    throw signal?.aborted === true ? cause : new ApiError('ERR_DATA_001', { cause });
  }
  if (!response.ok) {
    throw failureOf(response, body);
  }
  return body;
}

function form(parameters: Parameters): URLSearchParams {
  const fields = Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [value].flat().map((item) => [name, String(item)])));
  return new URLSearchParams(fields);
}
