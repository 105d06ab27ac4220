/**
 * How requests of the Kubernetes client library travel: one pool of connections to one API server. Redirects are not
 * followed and proxies of the environment not used, because every request carries somebody's token.
 */
import { readFileSync } from 'node:fs';
import { ResponseContext, wrapHttpLibrary, type HttpLibrary } from '@kubernetes/client-node';
import { Pool } from 'undici';
import { ConfigError } from '../config/problems';
import type { KubernetesConfig } from '../config/schema';

/** Also how many questions one caller's look-up asks at once; the API server lets 400 run for everyone by default. */
export const connections = 16;
const connectTimeout = 5_000;
/** A page of 500 namespaces with long annotations has about 2 MiB. */
const maxResponseSize = 32 * 1024 * 1024;
/** After so long without a byte the kernel asks whether the other end is still there, once a second for ten seconds. */
const keepAliveInitialDelay = 10_000;

/** An answer whose body has not been read. Whoever gets it reads it to its end or aborts the request. */
export interface OpenedAnswer {
  readonly status: number;
  /** Seconds that the API server asks to wait before the next attempt. */
  readonly retryAfter: number | undefined;
  readonly body: AsyncIterable<Uint8Array>;
}

export interface KubernetesHttp {
  /**
   * The library's way to send, for one call.
   *
   * @param token sent as bearer token; undefined sends none
   */
  readonly library: (token: string | undefined, signal: AbortSignal) => HttpLibrary;
  /** A GET whose answer is read as it comes, however long that takes; the connections are its own. */
  readonly open: (path: string, token: string, signal: AbortSignal) => Promise<OpenedAnswer>;
  /** Waits for running requests, then closes all connections. */
  readonly close: () => Promise<void>;
}

/** @throws ConfigError when the certificates cannot be read */
export function createKubernetesHttp({ url, caFile }: Pick<KubernetesConfig, 'url' | 'caFile'>): KubernetesHttp {
  const { origin, protocol } = new URL(url);
  const ca = protocol === 'https:' ? readCertificates(caFile) : undefined;
  // Time is limited by the signal of each call, over waiting, headers and body together.
  const connect = { timeout: connectTimeout, keepAliveInitialDelay, ...(ca === undefined ? {} : { ca }) };
  const noTimeouts = { headersTimeout: 0, bodyTimeout: 0 };
  const pool = new Pool(origin, { connections, maxResponseSize, ...noTimeouts, connect });
  // A watch keeps its connection, and grows without end.
  const streams = new Pool(origin, { ...noTimeouts, connect });

  return {
    library: (token, signal) =>
      wrapHttpLibrary({
        send: async (request) => {
          const { pathname, search } = new URL(request.getUrl());
          const body = request.getBody();
          const answer = await pool.request({
            method: request.getHttpMethod(),
            path: pathname + search,
            headers: { ...request.getHeaders(), ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
            // The library writes JSON itself; forms and files belong to calls that are not made here.
            body: typeof body === 'string' ? body : null,
            signal,
          });
          // Read in any case: a body that is left blocks its connection.
          const bytes = Buffer.from(await answer.body.bytes());
          return new ResponseContext(
            answer.statusCode,
            { 'content-type': String(answer.headers['content-type']) },
            { text: () => Promise.resolve(bytes.toString('utf8')), binary: () => Promise.resolve(bytes) },
          );
        },
      }),
    open: async (path, token, signal) => {
      const { statusCode, headers, body } = await streams.request({ method: 'GET', path, headers: { accept: 'application/json', authorization: `Bearer ${token}` }, signal });
      return { status: statusCode, retryAfter: seconds(headers['retry-after']), body };
    },
    close: async () => {
      await Promise.all([pool.close(), streams.close()]);
    },
  };
}

function seconds(header: string | string[] | undefined): number | undefined {
  return typeof header === 'string' && /^\d+$/.test(header) ? Number(header) : undefined;
}

function readCertificates(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigError(`The file named by kubernetes.caFile cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
