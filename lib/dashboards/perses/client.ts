/**
 * The API of a Perses server (https://perses.dev/perses/docs/api/dashboard/), as far as dashboards go. Redirects are not
 * followed, because requests carry somebody's token. Knows no source and no access rule.
 */
import { readFileSync } from 'node:fs';
import { Pool } from 'undici';
import { z } from 'zod';
import { ConfigError } from '../../config/problems';
import type { Config } from '../../config/schema';
import { describeError } from '../../telemetry/describe-error';

/** The server did not do what it was asked to. */
export class PersesRefusal extends Error {
  /**
   * @param status of its answer
   * @param reason in its words
   */
  constructor(
    readonly status: number,
    readonly reason: string,
  ) {
    super(`the Perses server answered ${status} ${reason}`.trim());
    this.name = 'PersesRefusal';
  }
}

export interface PersesRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api/v1`. */
  readonly path: string;
  readonly token: string | undefined;
  readonly body?: unknown;
}

export interface PersesClient {
  /**
   * The parsed answer; undefined where there is none.
   *
   * @throws PersesRefusal for every other status than success, and Error when the server cannot be asked
   */
  readonly ask: (request: PersesRequest) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

const timeout = 10_000;
/** Hundreds of dashboards in one list. */
const maxResponseSize = 64 * 1024 * 1024;
const refusal = z.object({ message: z.string() });
const longestReason = 500;

/** @throws ConfigError when the certificates of the server cannot be read */
export function createPersesClient({ url, caFile }: NonNullable<Config['dashboards']['perses']>): PersesClient {
  const { origin, pathname } = new URL(url);
  const prefix = `${pathname.replace(/\/+$/, '')}/api/v1`;
  const ca = caFile === undefined ? {} : { ca: readCertificates(caFile) };
  const pool = new Pool(origin, { connections: 8, maxResponseSize, connect: { timeout: 5_000, ...ca } });

  return {
    ask: async ({ method, path, token, body }) => {
      const answer = await pool.request({
        method,
        path: prefix + path,
        headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.timeout(timeout),
      });
      const text = await answer.body.text();
      if (answer.statusCode >= 200 && answer.statusCode < 300) return text === '' ? undefined : (JSON.parse(text) as unknown);
      throw new PersesRefusal(answer.statusCode, reasonOf(text));
    },
    close: () => pool.close(),
  };
}

function reasonOf(text: string): string {
  try {
    return refusal.parse(JSON.parse(text)).message.slice(0, longestReason);
  } catch {
    return '';
  }
}

function readCertificates(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigError(`The file named by dashboards.perses.caFile cannot be read: ${describeError(error).message}`);
  }
}
