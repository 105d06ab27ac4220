/** A closed-loop load generator: a fixed number of connections, each sending its next request when the last one ended. */
import { Pool } from 'undici';
import { median } from './statistics';

export interface Load {
  /** Origin, path and headers of the one request that is repeated. */
  origin: string;
  path: string;
  headers: Record<string, string>;
  connections: number;
  seconds: number;
}

export interface LoadResult {
  requestsPerSecond: number;
  medianMilliseconds: number;
  p99Milliseconds: number;
}

/** @throws Error when a request is not answered with 200: a refusal is quick and would look like speed */
export async function load({ origin, path, headers, connections, seconds }: Load): Promise<LoadResult> {
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const latencies: number[] = [];
  const begin = performance.now();
  const end = begin + seconds * 1000;
  const connection = async () => {
    while (performance.now() < end) {
      const sent = performance.now();
      const { statusCode, body } = await pool.request({ method: 'GET', path, headers });
      const text = await body.text();
      if (statusCode !== 200) throw new Error(`${origin}${path} answered ${statusCode}: ${text}`);
      latencies.push(performance.now() - sent);
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, connection));
  } finally {
    await pool.close();
  }
  const sorted = latencies.sort((a, b) => a - b);
  return {
    requestsPerSecond: sorted.length / ((performance.now() - begin) / 1000),
    medianMilliseconds: median(sorted),
    p99Milliseconds: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
  };
}
