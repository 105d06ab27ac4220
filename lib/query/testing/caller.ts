/** Calls the query handler as someone with a given scope, for tests. */
import { readFileSync } from 'node:fs';
import type { Scope } from '../../access/scope';
import type { AnsweredQuery } from '../../audit/recorded-query';
import { configSchema, type DatasourceConfig, type Limits } from '../../config/schema';
import { errorResponse, isAppError } from '../../errors/app-error';
import type { IdentityHandler } from '../../http/with-identity';
import type { Identity } from '../../identity/identity';
import { createLogger } from '../../telemetry/logger';
import { createMetrics, type Metrics } from '../../telemetry/metrics';
import type { Credential } from '../../tokens/credential';
import { createQueryHandler } from '../handler';
import { createUpstream, type Upstream } from '../upstream';

const defaultLimits: Limits = configSchema.shape.limits.parse({});

export const someone: Identity = { subject: 'u1', name: 'Test', claims: {}, token: 'secret-token', expiresAt: Number.MAX_SAFE_INTEGER };

export interface Setup {
  readonly url: string;
  readonly limits?: Partial<Limits>;
  readonly credential?: Credential;
  /** What differs from the simplest datasource. */
  readonly datasource?: Partial<DatasourceConfig>;
  readonly answered?: (query: AnsweredQuery) => void;
}

export interface Callers {
  readonly upstream: Upstream;
  readonly datasource: DatasourceConfig;
  readonly metrics: Metrics;
  /** Answers for whoever the claim `scope` says. */
  readonly handler: IdentityHandler;
  /** Sends `path` below the datasource; with a form it is a POST. Errors come as the router would answer them. */
  readonly send: (scope: Scope, path: string, form?: Record<string, string> | string, init?: RequestInit) => Promise<Response>;
  /** The same as a person of one's own. */
  readonly sendAs: (subject: string, ...request: Parameters<Callers['send']>) => Promise<Response>;
}

export function callersOf({ url, limits, credential, datasource: settings, answered }: Setup): Callers {
  const datasource: DatasourceConfig = { name: 'prometheus', default: true, url, scopeLabel: 'namespace', credential: { type: 'none' }, ...settings };
  const allLimits = { ...defaultLimits, ...limits };
  const metrics = createMetrics('test');
  const now = (): number => performance.now();
  const upstream = createUpstream({
    datasources: [datasource],
    limits: allLimits,
    metrics,
    credential: credential ?? (() => Promise.resolve(undefined)),
    readFile: (path) => readFileSync(path, 'utf8'),
    now,
  });
  // Each scope is another person's; the identity carries it to the access decision below.
  const handler = createQueryHandler({
    resolveScope: (identity) => Promise.resolve(identity.claims['scope'] as Scope),
    datasources: [datasource],
    limits: allLimits,
    metrics,
    forward: upstream.forward,
    now,
    date: Date.now,
    ...(answered === undefined ? {} : { answered }),
  });
  const log = createLogger('error');
  const sendAs: Callers['sendAs'] = async (subject, scope, path, form, init) => {
    const request = new Request(`http://app.test/api/proxy/globaldatasources/prometheus/${path}`, {
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
      ...init,
    });
    const rest = decodeURIComponent(path.split('?', 1)[0] ?? '');
    const context = { params: { datasource: 'prometheus', '*': rest }, requestId: 'test', log, responseHeaders: new Headers() };
    try {
      return await handler(request, context, { ...someone, subject, claims: { scope } });
    } catch (error) {
      if (isAppError(error)) return errorResponse(error);
      throw error;
    }
  };
  return { upstream, datasource, metrics, handler, sendAs, send: (...request) => sendAs(someone.subject, ...request) };
}
