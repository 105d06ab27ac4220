/** One call of the API: what it answers is parsed, what fails is an ApiError. Knows no address. */
import type { z } from 'zod';
import type { ErrorCode } from '../../lib/contracts/errors';
import { ApiError } from './api-error';
import { apiErrorSchema } from './schemas';

type Init = Omit<RequestInit, 'headers'> & { readonly headers?: Readonly<Record<string, string>> };

export interface Versioned {
  /** Entity tag (RFC 9110 section 8.8.3). */
  readonly tag: string;
  readonly body: unknown;
}

/**
 * @param mismatch what it means when the answer is not of the schema's shape
 * @param known answers that are not sent again while they are the same
 */
export async function read<Schema extends z.ZodType>(
  url: string,
  schema: Schema,
  signal: AbortSignal | undefined,
  mismatch: ErrorCode = 'ERR_DATA_001',
  init: Init = {},
  known = new Map<string, Versioned>(),
): Promise<z.output<Schema>> {
  const before = known.get(url);
  const response = await send(url, signal, before === undefined ? init : { ...init, headers: { ...init.headers, 'if-none-match': before.tag } });
  if (response.status === 304 && before !== undefined) {
    return schema.parse(before.body);
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    throw failureOf(response, body);
  }
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    throw new ApiError(mismatch, { cause: parsed.error });
  }
  const tag = response.headers.get('etag');
  if (tag !== null) {
    known.set(url, { tag, body });
  }
  return parsed.data;
}

/** What an answer that is no success says, in the catalogue's words. */
export function failureOf({ status, url }: Response, body: unknown): ApiError {
  const failure = apiErrorSchema.safeParse(body);
  return failure.success
    ? new ApiError(failure.data.code, { body: failure.data })
    : new ApiError(status === 401 ? 'ERR_AUTH_001' : 'ERR_DATA_001', { cause: `${url} answered ${status}` });
}

async function send(url: string, signal: AbortSignal | undefined, init: Init): Promise<Response> {
  try {
    return await fetch(url, { ...init, headers: { accept: 'application/json', ...init.headers }, ...(signal === undefined ? {} : { signal }) });
  } catch (cause) {
    if (signal?.aborted === true) {
      throw cause;
    }
    throw new ApiError('ERR_DATA_001', { cause });
  }
}
