/**
 * Sends checked requests to the metrics backends. The one place that opens connections to them.
 *
 * Forwards nothing that a caller sent: path, parameters and headers are those of the request type below. A cache stands
 * between callers and `forward` when there is one: a request holds everything that its answer depends on.
 */
import { Pool, errors } from 'undici';
import type { DatasourceConfig, Limits } from '../config/schema';
import { AppError, isAppError } from '../errors/app-error';
import type { Identity } from '../identity/identity';
import type { Metrics } from '../telemetry/metrics';
import { failureOf } from './upstream-failure';

export interface UpstreamRequest {
  readonly datasource: DatasourceConfig;
  /** Value of the metric label `endpoint`. */
  readonly endpoint: string;
  readonly method: 'GET' | 'POST';
  /** Below the datasource's URL, with a leading slash. */
  readonly path: string;
  readonly parameters: URLSearchParams;
  /** Whether the answer may come compressed. It is handed on as it comes. */
  readonly gzip: boolean;
}

export interface UpstreamResponse {
  /** JSON, complete. */
  readonly body: Uint8Array<ArrayBuffer>;
  readonly gzip: boolean;
}

export interface Caller {
  /** On whose behalf; undefined for the app's own requests. */
  readonly identity: Identity | undefined;
  /** Aborts the upstream's work. */
  readonly signal: AbortSignal;
}

/**
 * Sends a request and reads the whole answer: a failure half-way is an error, not half an answer.
 *
 * @throws AppError of the catalogue with the upstream's text as its cause; the reason of the signal when it is aborted
 */
export type Forward = (request: UpstreamRequest, caller: Caller) => Promise<UpstreamResponse>;

/** Value of the `Authorization` header for a datasource, on behalf of an identity; undefined for none. */
export type Credential = (identity: Identity | undefined, datasource: DatasourceConfig) => Promise<string | undefined>;

export interface UpstreamDependencies {
  readonly datasources: readonly DatasourceConfig[];
  readonly limits: Pick<Limits, 'responseBytes'>;
  readonly metrics: Pick<Metrics, 'upstreamDuration' | 'queriesInFlight'>;
  readonly credential: Credential;
  /** Monotonic clock in milliseconds. */
  readonly now: () => number;
}

export interface Upstream {
  readonly forward: Forward;
  /** Waits for running requests, then closes all connections. */
  readonly close: () => Promise<void>;
}

/** Connections to one backend; more requests wait. Prometheus itself runs 20 queries at a time by default. */
const connections = 64;

export function createUpstream({ datasources, limits, metrics, credential, now }: UpstreamDependencies): Upstream {
  const backends = new Map(datasources.map((datasource) => [datasource.name, backendOf(datasource, limits.responseBytes)]));

  const forward: Forward = async (request, { identity, signal }) => {
    const { datasource, endpoint } = request;
    const backend = backends.get(datasource.name);
    if (backend === undefined) throw new AppError('ERR_DATA_002');
    const authorization = await credential(identity, datasource);
    const started = now();
    metrics.queriesInFlight.inc();
    try {
      return await exchange(backend, request, authorization, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof errors.ResponseExceededMaxSizeError) {
        throw new AppError('ERR_QUERY_003', { detail: `The answer is larger than the ${limits.responseBytes} bytes allowed.` });
      }
      // `exchange` throws AppError for what the upstream answered; the rest is the connection's.
      throw isAppError(error) ? error : new AppError('ERR_DATA_001', { cause: error });
    } finally {
      metrics.queriesInFlight.dec();
      metrics.upstreamDuration.observe({ datasource: datasource.name, endpoint }, (now() - started) / 1000);
    }
  };

  return {
    forward,
    async close() {
      await Promise.all([...backends.values()].map(({ pool }) => pool.close()));
    },
  };
}

interface Backend {
  readonly pool: Pool;
  /** Path of the datasource's URL. */
  readonly prefix: string;
}

function backendOf({ url }: DatasourceConfig, maxResponseSize: number): Backend {
  const { origin, pathname } = new URL(url);
  // Time is limited by the caller's signal, over waiting, headers and body together.
  const pool = new Pool(origin, { connections, maxResponseSize, headersTimeout: 0, bodyTimeout: 0, connect: { timeout: 5_000 } });
  return { pool, prefix: pathname.replace(/\/$/, '') };
}

async function exchange({ pool, prefix }: Backend, request: UpstreamRequest, authorization: string | undefined, signal: AbortSignal): Promise<UpstreamResponse> {
  const form = request.parameters.toString();
  const { statusCode, headers, body } = await pool.request({
    method: request.method,
    path: prefix + request.path + (request.method === 'GET' && form !== '' ? `?${form}` : ''),
    headers: {
      accept: 'application/json',
      'accept-encoding': request.gzip ? 'gzip' : 'identity',
      ...(request.method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      ...(authorization === undefined ? {} : { authorization }),
    },
    body: request.method === 'POST' ? form : null,
    signal,
  });
  const bytes = await body.bytes();
  const encoding = headers['content-encoding'];
  if (statusCode !== 200) throw failureOf(statusCode, bytes, encoding === 'gzip');
  const gzip = request.gzip && encoding === 'gzip';
  if (!String(headers['content-type']).startsWith('application/json') || (!gzip && encoding !== undefined && encoding !== 'identity')) {
    throw new AppError('ERR_DATA_001', { cause: new Error(`the answer is ${String(headers['content-type'])}, encoded as ${String(encoding)}`) });
  }
  // undici collects into a buffer of its own, never a shared one.
  return { body: bytes as Uint8Array<ArrayBuffer>, gzip };
}
