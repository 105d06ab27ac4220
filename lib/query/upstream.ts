/**
 * Sends checked requests to the metrics backends. The one place that opens connections to them.
 *
 * Forwards nothing that a caller sent: path, parameters and headers are those of the request type below. A cache stands
 * between callers and `forward` when there is one: a request holds everything that its answer depends on, and so does
 * the identity where the backend is asked with a credential of the caller (`asksAsCaller`).
 */
import { Pool, errors } from 'undici';
import type { DatasourceConfig, Limits } from '../config/schema';
import { AppError, isAppError } from '../errors/app-error';
import type { Identity } from '../identity/identity';
import type { Metrics } from '../telemetry/metrics';
import { asksAsCaller, type Credential } from '../tokens/credential';
import { createGate, type Gate } from './gate';
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

export interface UpstreamDependencies {
  readonly datasources: readonly DatasourceConfig[];
  readonly limits: Pick<Limits, 'responseBytes' | 'totalConcurrency'>;
  readonly metrics: Pick<Metrics, 'upstreamDuration' | 'queriesInFlight'>;
  readonly credential: Credential;
  /** Reads a text file that the configuration names. */
  readonly readFile: (path: string) => string;
  /** Monotonic clock in milliseconds. */
  readonly now: () => number;
}

export interface Upstream {
  readonly forward: Forward;
  /** Waits for running requests, then closes all connections. */
  readonly close: () => Promise<void>;
}

/** Connections for the app's own requests, readiness among them, which do not wait behind people's. */
const ownConnections = 4;

export function createUpstream({ datasources, limits, metrics, credential, readFile, now }: UpstreamDependencies): Upstream {
  const backends = new Map(
    datasources.map((datasource) => {
      const ca = datasource.caFile === undefined ? undefined : readFile(datasource.caFile);
      return [datasource.name, backendOf(datasource, limits, ca)];
    }),
  );

  const forward: Forward = async (request, { identity, signal }) => {
    const { datasource, endpoint } = request;
    const backend = backends.get(datasource.name);
    if (backend === undefined) throw new AppError('ERR_DATA_002');
    const authorization = await unlessAborted(credential(identity, datasource), signal);
    const leave = identity === undefined ? undefined : await backend.gate.enter(signal);
    const started = now();
    metrics.queriesInFlight.inc();
    try {
      let answer = await send(backend, request, authorization, signal);
      if (answer.status === 401 && authorization !== undefined) {
        // Keys and accounts change before their tokens expire. Asking twice is safe: a query changes nothing.
        const another = await unlessAborted(credential(identity, datasource, authorization), signal);
        if (another !== undefined) answer = await send(backend, request, another, signal);
      }
      return responseOf(request, answer);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof errors.ResponseExceededMaxSizeError) {
        throw new AppError('ERR_QUERY_003', { detail: `The answer is larger than the ${limits.responseBytes} bytes allowed.` });
      }
      // What the upstream answered and what became of the credential is an AppError; the rest is the connection's.
      throw isAppError(error) ? error : new AppError('ERR_DATA_001', { cause: error });
    } finally {
      leave?.();
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
  /** Places for people's requests. The pool has a connection for each: one that waits in there could not be aborted. */
  readonly gate: Gate;
  /** Path of the datasource's URL. */
  readonly prefix: string;
}

/** @param ca the only certificate authorities to trust, in PEM; undefined for those that Node.js knows */
function backendOf({ url }: DatasourceConfig, { responseBytes, totalConcurrency }: UpstreamDependencies['limits'], ca: string | undefined): Backend {
  const { origin, pathname } = new URL(url);
  // Time is limited by the caller's signal, over waiting, headers and body together.
  const connect = { timeout: 5_000, ...(ca === undefined ? {} : { ca }) };
  const pool = new Pool(origin, { connections: totalConcurrency + ownConnections, maxResponseSize: responseBytes, headersTimeout: 0, bodyTimeout: 0, connect });
  return { pool, gate: createGate(totalConcurrency), prefix: pathname.replace(/\/$/, '') };
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly encoding: string | undefined;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

async function send({ pool, prefix }: Backend, request: UpstreamRequest, authorization: string | undefined, signal: AbortSignal): Promise<Answer> {
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
  // undici collects into a buffer of its own, never a shared one.
  const bytes = (await body.bytes()) as Uint8Array<ArrayBuffer>;
  return { status: statusCode, type: String(headers['content-type']), encoding: headers['content-encoding']?.toString(), bytes };
}

function responseOf({ datasource, gzip: acceptsGzip }: UpstreamRequest, { status, type, encoding, bytes }: Answer): UpstreamResponse {
  if (status !== 200) throw failureOf(status, bytes, { gzip: encoding === 'gzip', asCaller: asksAsCaller(datasource) });
  const gzip = acceptsGzip && encoding === 'gzip';
  if (!type.startsWith('application/json') || (!gzip && encoding !== undefined && encoding !== 'identity')) {
    throw new AppError('ERR_DATA_001', { cause: new Error(`the answer is ${type}, encoded as ${String(encoding)}`) });
  }
  return { body: bytes, gzip };
}

/** The outcome of work that goes on for others when this caller leaves; then throws the reason of the signal. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let leave = (): void => undefined;
  const left = new Promise<void>((resolve) => {
    leave = resolve;
    signal.addEventListener('abort', leave);
  });
  if (signal.aborted) leave();
  try {
    await Promise.race([work, left]);
    signal.throwIfAborted();
    return await work;
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
