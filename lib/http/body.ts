/** Reads a request's body up to a limit. Knows no route. */
import type { z } from 'zod';
import { isTooDeep } from '../config/depth';
import { AppError } from '../errors/app-error';

/**
 * The body as text; an empty one when there is none.
 *
 * @param maxBytes more is not read
 * @returns undefined when the body is larger than that
 * @throws the reason of the signal when it is aborted meanwhile, or was before: what is left of such a body never comes
 */
export async function readText(body: ReadableStream<Uint8Array> | null, maxBytes: number, signal: AbortSignal): Promise<string | undefined> {
  signal.throwIfAborted();
  if (body === null) return '';
  const reader = body.getReader();
  const stop = (): void => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', stop, { once: true });
  try {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      bytes += chunk.value.byteLength;
      if (bytes > maxBytes) {
        stop();
        return undefined;
      }
      chunks.push(chunk.value);
    }
    signal.throwIfAborted();
    return Buffer.concat(chunks).toString('utf8');
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/**
 * The body in JSON, parsed by a schema.
 *
 * @param maxBytes more is not read
 * @throws AppError `ERR_QUERY_003` for a body that is too large, `ERR_QUERY_001` for one of another shape
 */
export async function readJson<Schema extends z.ZodType>(request: Request, schema: Schema, maxBytes: number): Promise<z.output<Schema>> {
  const text = await readText(request.body, maxBytes, request.signal);
  if (text === undefined) throw new AppError('ERR_QUERY_003', { detail: `The body is larger than the ${maxBytes} bytes allowed.` });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw unexpected();
  }
  const parsed = isTooDeep(value) ? undefined : schema.safeParse(value);
  if (parsed?.success !== true) {
    throw unexpected();
  }
  return parsed.data;
}

function unexpected(): AppError {
  return new AppError('ERR_QUERY_001', { detail: 'The body is not what is expected here.' });
}
