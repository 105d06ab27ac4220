/** What an error answer of a metrics backend means to the caller. Its text is for the log only. */
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { ErrorCode } from '../contracts/errors';
import { AppError } from '../errors/app-error';

/** Prometheus's error format (https://prometheus.io/docs/prometheus/latest/querying/api/#format-overview). */
const prometheusError = z.object({ errorType: z.string(), error: z.string() });

/** Enough of a text to find the mistake; a gateway's error page can be long. */
const maxTextLength = 2000;

export interface FailureContext {
  /** Whether the body is compressed. */
  readonly gzip: boolean;
  /** Whether the backend was asked with a credential of the caller: a refusal is then about them, not about the app. */
  readonly asCaller: boolean;
}

export function failureOf(status: number, body: Uint8Array, { gzip, asCaller }: FailureContext): AppError {
  const text = textOf(body, gzip);
  const { errorType, error } = parseError(text) ?? { errorType: undefined, error: text };
  const code = (asCaller ? refusalOf(status) : undefined) ?? codeOf(status, errorType, error);
  return new AppError(code, {
    cause: new Error(`upstream answered ${status} ${errorType ?? ''}: ${error.slice(0, maxTextLength)}`),
    ...(code === 'ERR_ACCESS_002' ? { detail: 'The metrics backend does not give you what was asked for.' } : {}),
    ...(code === 'ERR_QUERY_004' ? { headers: { 'retry-after': '5' } } : {}),
  });
}

/** Never a 401: the session is as good as before, and signing in again would not help. */
function refusalOf(status: number): ErrorCode | undefined {
  if (status === 401) return 'ERR_AUTH_003';
  return status === 403 ? 'ERR_ACCESS_002' : undefined;
}

function codeOf(status: number, errorType: string | undefined, error: string): ErrorCode {
  if (errorType === 'timeout' || status === 504) return 'ERR_QUERY_002';
  if (errorType === 'bad_data') return 'ERR_QUERY_001';
  // Too many samples is an execution error like any other; only its text tells (promql.ErrTooManySamples).
  if (errorType === 'execution') return error.includes('too many samples') ? 'ERR_QUERY_003' : 'ERR_QUERY_001';
  if (status === 429) return 'ERR_QUERY_004';
  // An older Prometheus, or a backend that serves a part of its API.
  if (status === 404 || status === 405 || status === 501) return 'ERR_DATA_002';
  return 'ERR_DATA_001';
}

function textOf(body: Uint8Array, gzip: boolean): string {
  try {
    return Buffer.from(gzip ? gunzipSync(body, { maxOutputLength: 1024 * 1024 }) : body).toString('utf8');
  } catch {
    return 'an unreadable body';
  }
}

function parseError(text: string): z.infer<typeof prometheusError> | undefined {
  try {
    return prometheusError.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
