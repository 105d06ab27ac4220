/**
 * Calls of the API, typed. Knows addresses and shapes; knows no cache and no React.
 */
import type { z } from 'zod';
import type { ErrorCode } from '../../lib/contracts/errors';
import type { Dashboard } from '../../lib/contracts/dashboard';
import type { Me } from '../../lib/contracts/identity';
import { ApiError } from './api-error';
import {
  apiErrorSchema,
  dashboardSchema,
  dashboardsSchema,
  globalDatasourcesSchema,
  meSchema,
  type GlobalDatasource,
} from './schemas';

export interface ApiClient {
  me(signal?: AbortSignal): Promise<Me>;
  dashboards(signal?: AbortSignal): Promise<Dashboard[]>;
  dashboard(project: string, name: string, signal?: AbortSignal): Promise<Dashboard>;
  globalDatasources(signal?: AbortSignal): Promise<GlobalDatasource[]>;
}

/**
 * Client for the API below a base address. Every call rejects with ApiError.
 *
 * @param apiBase such as `/api`, without a slash at the end
 */
export function createApiClient(apiBase: string): ApiClient {
  return {
    me: (signal) => read(`${apiBase}/me`, meSchema, signal),
    dashboards: (signal) => read(`${apiBase}/v1/dashboards`, dashboardsSchema, signal),
    dashboard: (project, name, signal) =>
      read(
        `${apiBase}/v1/projects/${encodeURIComponent(project)}/dashboards/${encodeURIComponent(name)}`,
        dashboardSchema,
        signal,
        'ERR_DASH_002',
      ),
    globalDatasources: (signal) => read(`${apiBase}/v1/globaldatasources`, globalDatasourcesSchema, signal),
  };
}

/** @param mismatch what it means when the answer is not of the schema's shape */
async function read<Schema extends z.ZodType>(
  url: string,
  schema: Schema,
  signal: AbortSignal | undefined,
  mismatch: ErrorCode = 'ERR_DATA_001',
): Promise<z.output<Schema>> {
  const response = await send(url, signal);
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    const failure = apiErrorSchema.safeParse(body);
    if (failure.success) {
      throw new ApiError(failure.data.code, { body: failure.data });
    }
    throw new ApiError(response.status === 401 ? 'ERR_AUTH_001' : 'ERR_DATA_001', { cause: `${url} answered ${response.status}` });
  }
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    throw new ApiError(mismatch, { cause: parsed.error });
  }
  return parsed.data;
}

async function send(url: string, signal: AbortSignal | undefined): Promise<Response> {
  try {
    return await fetch(url, { headers: { accept: 'application/json' }, ...(signal === undefined ? {} : { signal }) });
  } catch (cause) {
    if (signal?.aborted === true) {
      throw cause;
    }
    throw new ApiError('ERR_DATA_001', { cause });
  }
}
