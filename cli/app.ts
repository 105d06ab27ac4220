/** The running app, asked through its API with the caller's token. */
import { dashboardSchema, type Dashboard } from '../lib/contracts/dashboard';
import { apiErrorSchema } from '../lib/contracts/errors';
import { z } from '../lib/contracts/zod';
import { describeError } from '../lib/telemetry/describe-error';
import { UsageError, type Terminal } from './terminal';

export interface App {
  /** @param project undefined for all that the caller may see */
  readonly list: (project: string | undefined) => Promise<readonly Dashboard[]>;
  /** Undefined when there is none for the caller. */
  readonly get: (project: string, name: string) => Promise<Dashboard | undefined>;
}

const timeout = 30_000;

/**
 * @param address of the app, with the path under which it is served
 * @throws UsageError for an address that is none; each function throws it when the app does not answer as expected
 */
export function appAt(address: string, { environment, fetch }: Pick<Terminal, 'environment' | 'fetch'>): App {
  const base = address.replace(/\/+$/, '');
  if (!/^https?:\/\//.test(base) || !URL.canParse(base)) throw new UsageError(`--from is "${address}"; expected an http or https address.`);
  const token = environment['OBSERVABILITY_TOKEN'];
  if (token === undefined || token === '') throw new UsageError('OBSERVABILITY_TOKEN is not set. Set it to a token that the app accepts, for example the output of "oc whoami --show-token".');

  async function ask<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema> | undefined> {
    try {
      const response = await fetch(`${base}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` }, signal: AbortSignal.timeout(timeout) });
      const body: unknown = await response.json();
      if (response.ok) return schema.parse(body);
      const error = apiErrorSchema.safeParse(body).data;
      if (error?.code === 'ERR_DASH_001') return undefined;
      throw new Error(error === undefined ? `it answers ${response.status}` : `${error.code}: ${error.error} ${error.remedy}`);
    } catch (error) {
      throw new UsageError(`${base} did not answer as expected: ${describeError(error).message}`);
    }
  }

  return {
    list: async (project) => (await ask(project === undefined ? '/dashboards' : `/projects/${encodeURIComponent(project)}/dashboards`, z.array(dashboardSchema))) ?? [],
    get: (project, name) => ask(`/projects/${encodeURIComponent(project)}/dashboards/${encodeURIComponent(name)}`, dashboardSchema),
  };
}
